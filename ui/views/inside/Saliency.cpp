// Which numbers of a sample a class rests on, as several methods see it, side by side and over the sample.

#include <QComboBox>
#include <QCoreApplication>
#include <algorithm>
#include <array>

#include "engine/training/probes/ClassActivation.h"
#include "ui/views/SampleImage.h"
#include "ui/views/inside/SheetView.h"

namespace perceptory::views {

namespace {

using training::ProbeRequest;
using training::ProbeResult;
using widgets::Maps;

struct Method {
    const char* name;
    const char* probe;
    const char* setting = nullptr;  // a switch that is on
};

constexpr std::array methods{Method{QT_TRANSLATE_NOOP("InsideView", "gradient"), "saliency"},
                             Method{QT_TRANSLATE_NOOP("InsideView", "gradient × input"), "saliency", "times_input"},
                             Method{QT_TRANSLATE_NOOP("InsideView", "SmoothGrad"), "smoothgrad"},
                             Method{QT_TRANSLATE_NOOP("InsideView", "integrated gradients"), "integrated_gradients"},
                             Method{QT_TRANSLATE_NOOP("InsideView", "guided backprop"), "guided_backprop"},
                             Method{QT_TRANSLATE_NOOP("InsideView", "Grad-CAM"), "grad_cam"},
                             Method{QT_TRANSLATE_NOOP("InsideView", "guided Grad-CAM"), "guided_grad_cam"},
                             Method{QT_TRANSLATE_NOOP("InsideView", "occlusion"), "occlusion"}};
constexpr std::size_t timesInput = 1, integrated = 3;

// Over the channels, with its sign, in as many pixels as the sample has.
std::vector<float> placesOf(const ProbeResult& result, std::int64_t height, std::int64_t width) {
    const auto channels = static_cast<std::size_t>(result.shape[1]), pixels = result.values.size() / channels;
    training::ClassActivation sums{{}, result.shape[2], result.shape[3], std::vector<float>(pixels, 0.0f)};
    for (std::size_t i = 0; i < result.values.size(); ++i) sums.values[i % pixels] += result.values[i];
    return sums.resized(height, width);
}

class Saliency : public SheetView {
    Q_DECLARE_TR_FUNCTIONS(Saliency)

public:
    Saliency() : m_class(new QComboBox) {
        setOwnRanges();
        m_class->setAccessibleName(tr("Class that is asked about"));
        m_class->addItem(tr("The predicted class"));
        addAbove(m_class);
        connect(m_class, &QComboBox::currentIndexChanged, this, &InsideView::wantedChanged);
    }

    std::vector<ProbeRequest> wanted(const Look& look) const override {
        std::vector<ProbeRequest> requests;
        for (const Method& method : methods) {
            base::Json settings{{"row", look.row}};
            if (m_class->currentIndex() > 0) settings["class"] = m_class->currentIndex() - 1;
            if (method.setting) settings[method.setting] = true;
            requests.push_back({method.probe, std::move(settings)});
        }
        return requests;
    }

    void show(const training::Snapshot& snapshot, const Look& look) override {
        if (snapshot.dataset) offerClasses(*snapshot.dataset);
        std::vector<const ProbeResult*> results;
        for (const ProbeRequest& request : wanted(look)) results.push_back(snapshot.probe(request));
        if (std::ranges::count(results, nullptr) > 0 || !snapshot.dataset) return;
        const ProbeResult& gradient = *results.front();
        if (gradient.facts.contains("error"))
            return showNothing(QString::fromStdString(gradient.facts["error"].get<std::string>()));
        const QString facts = factsOf(snapshot, *results[integrated]);
        if (gradient.shape.size() != 4) return showBars(results[timesInput]->values, facts);
        Maps maps{.height = static_cast<int>(gradient.shape[2]), .width = static_cast<int>(gradient.shape[3])};
        for (std::size_t i = 0; i < methods.size(); ++i) {
            if (results[i]->facts.contains("error")) continue;  // some need a convolution
            const std::vector<float> places = placesOf(*results[i], maps.height, maps.width);
            maps.values.insert(maps.values.end(), places.begin(), places.end());
            maps.names << insideText(methods[i].name);
            ++maps.count;
        }
        setUnderlay(imageOf(*snapshot.dataset, static_cast<std::uint32_t>(look.row)));
        showMaps(std::move(maps), widgets::ColourMap::Kind::BlueOrange, facts);
    }

private:
    void offerClasses(const data::Dataset& dataset) {
        const int count = static_cast<int>(dataset.classNames.size());
        m_class->setVisible(count > 0);
        QStringList names;
        for (const std::string& name : dataset.classNames)
            names << tr("Class \"%1\"").arg(QString::fromStdString(name));
        if (names == m_offered) return;
        m_offered = names;
        while (m_class->count() > 1) m_class->removeItem(m_class->count() - 1);
        m_class->addItems(names);
    }

    static QString factsOf(const training::Snapshot& snapshot, const ProbeResult& shares) {
        const auto number = [&](const char* key) { return QString::number(shares.facts[key].get<double>(), 'g', 3); };
        const int index = shares.facts["class"];
        const bool named =
            snapshot.dataset && index >= 0 && static_cast<std::size_t>(index) < snapshot.dataset->classNames.size();
        const QString name = named
                                 ? QString::fromStdString(snapshot.dataset->classNames[static_cast<std::size_t>(index)])
                                 : QString::number(index);
        return tr("For the class \"%1\", score %2. The integrated gradients add up to %3 of %4.")
            .arg(name, number("score"), number("sum"), number("difference"));
    }

    QComboBox* m_class;
    QStringList m_offered;
};

}  // namespace

const InsideViewType SaliencyView{
    "saliency", QT_TRANSLATE_NOOP("InsideView", "Saliency"),
    QT_TRANSLATE_NOOP("InsideView",
                      "What the class rests on: slopes of its score by each pixel, relu(Σ α·a) of the last image "
                      "(Grad-CAM), and what "
                      "the score loses where a square is covered. Blue speaks for the class, orange against it."),
    [] { return static_cast<InsideView*>(new Saliency); }};

}  // namespace perceptory::views
