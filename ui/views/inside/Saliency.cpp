// Which numbers of a sample the predicted class rests on, as several methods see it, side by side.

#include <QCoreApplication>
#include <algorithm>
#include <array>

#include "ui/views/inside/SheetView.h"

namespace perceptory::views {

namespace {

using training::ProbeRequest;
using widgets::Maps;

struct Method {
    const char* name;
    const char* probe;
    const char* setting;  // a switch that is on; null: none
};

constexpr std::array methods{
    Method{QT_TRANSLATE_NOOP("InsideView", "gradient"), "saliency", nullptr},
    Method{QT_TRANSLATE_NOOP("InsideView", "gradient × input"), "saliency", "times_input"},
    Method{QT_TRANSLATE_NOOP("InsideView", "SmoothGrad"), "smoothgrad", nullptr},
    Method{QT_TRANSLATE_NOOP("InsideView", "integrated gradients"), "integrated_gradients", nullptr}};

// Over the channels, with its sign.
std::vector<float> sumOfChannels(const training::ProbeResult& result) {
    const auto channels = static_cast<std::size_t>(result.shape[1]), pixels = result.values.size() / channels;
    std::vector<float> sums(pixels, 0.0f);
    for (std::size_t i = 0; i < result.values.size(); ++i) sums[i % pixels] += result.values[i];
    return sums;
}

class Saliency : public SheetView {
    Q_DECLARE_TR_FUNCTIONS(Saliency)

public:
    Saliency() { setOwnRanges(); }

    std::vector<ProbeRequest> wanted(const Look& look) const override {
        std::vector<ProbeRequest> requests;
        for (const Method& method : methods) {
            base::Json settings{{"row", look.row}};
            if (method.setting) settings[method.setting] = true;
            requests.push_back({method.probe, std::move(settings)});
        }
        return requests;
    }

    void show(const training::Snapshot& snapshot, const Look& look) override {
        std::vector<const training::ProbeResult*> results;
        for (const ProbeRequest& request : wanted(look)) results.push_back(snapshot.probe(request));
        if (std::ranges::count(results, nullptr) > 0) return;
        for (const training::ProbeResult* result : results)
            if (result->facts.contains("error"))
                return showNothing(QString::fromStdString(result->facts["error"].get<std::string>()));
        const QString facts = factsOf(snapshot, *results.back());
        if (results.front()->shape.size() != 4) return showBars(results[1]->values, facts);
        Maps maps{.count = static_cast<int>(methods.size()),
                  .height = static_cast<int>(results.front()->shape[2]),
                  .width = static_cast<int>(results.front()->shape[3])};
        for (std::size_t i = 0; i < methods.size(); ++i) {
            const std::vector<float> sums = sumOfChannels(*results[i]);
            maps.values.insert(maps.values.end(), sums.begin(), sums.end());
            maps.names << insideText(methods[i].name);
        }
        showMaps(std::move(maps), widgets::ColourMap::Kind::BlueOrange, facts);
    }

private:
    static QString factsOf(const training::Snapshot& snapshot, const training::ProbeResult& integrated) {
        const auto number = [&](const char* key) {
            return QString::number(integrated.facts[key].get<double>(), 'g', 3);
        };
        const int index = integrated.facts["class"];
        const bool named =
            snapshot.dataset && index >= 0 && static_cast<std::size_t>(index) < snapshot.dataset->classNames.size();
        const QString name = named
                                 ? QString::fromStdString(snapshot.dataset->classNames[static_cast<std::size_t>(index)])
                                 : QString::number(index);
        return tr("For the predicted class \"%1\", score %2. The integrated gradients add up to %3 of %4.")
            .arg(name, number("score"), number("sum"), number("difference"));
    }
};

}  // namespace

const InsideViewType SaliencyView{
    "saliency", QT_TRANSLATE_NOOP("InsideView", "Saliency"),
    QT_TRANSLATE_NOOP(
        "InsideView",
        "What the class rests on: ∂score/∂x, that times x, its mean over noisy copies, and its mean on the way "
        "from 0 to x, times x. Blue speaks for the class, orange against it."),
    [] { return static_cast<InsideView*>(new Saliency); }};

}  // namespace perceptory::views
