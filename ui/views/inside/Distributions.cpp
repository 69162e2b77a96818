// How activations, weights, gradients or updates are spread in every layer: layer by layer, one number for each down
// the depth, or the layer that is chosen over time.

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/views/inside/InsideView.h"
#include "ui/widgets/DepthDots.h"
#include "ui/widgets/HistogramRows.h"
#include "ui/widgets/Numbers.h"
#include "ui/widgets/QuantileBands.h"

namespace perceptory::views {

namespace {

using base::Json;
using widgets::shortNumber;

constexpr std::size_t mostMoments = 1000;

struct Quantity {
    const char* id;  // as the probe calls it
    const char* label;
    const char* key;  // the fact of a layer that is followed down the depth
    const char* along;
};

constexpr std::array quantities{
    Quantity{"activations", QT_TRANSLATE_NOOP("InsideView", "Activations"), "deviation",
             QT_TRANSLATE_NOOP("InsideView", "Standard deviation of what each layer puts out.")},
    Quantity{"weights", QT_TRANSLATE_NOOP("InsideView", "Weights"), "deviation",
             QT_TRANSLATE_NOOP("InsideView", "Standard deviation of each layer's weights.")},
    Quantity{"gradients", QT_TRANSLATE_NOOP("InsideView", "Gradients"), "norm",
             QT_TRANSLATE_NOOP("InsideView", "Norm of the loss's gradient by each layer's weights.")},
    Quantity{"updates", QT_TRANSLATE_NOOP("InsideView", "Updates"), "share",
             QT_TRANSLATE_NOOP("InsideView", "Norm of the update by the norm of the weights; dashed: 0.001.")}};

enum Form { LayerByLayer, ByDepth, OverTime };

double numberIn(const Json& layer, const char* key) {
    if (std::string_view(key) == "share") {
        const double weights = layer.value("weight_norm", 0.0);
        return weights > 0 ? layer.value("norm", 0.0) / weights : 0;
    }
    return layer.value(key, 0.0);
}

QLabel* words() {
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QScrollArea* scrolled(QWidget* widget) {
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(widget);
    return area;
}

class Distributions : public InsideView {
    Q_DECLARE_TR_FUNCTIONS(Distributions)

public:
    Distributions()
        : m_quantity(new QComboBox),
          m_form(new QComboBox),
          m_shared(new QCheckBox(tr("One range for all"))),
          m_pages(new QStackedWidget),
          m_rows(new widgets::HistogramRows),
          m_depth(new widgets::DepthDots),
          m_bands(new widgets::QuantileBands),
          m_reason(words()),
          m_told(words()),
          m_facts(words()) {
        for (const Quantity& quantity : quantities) m_quantity->addItem(insideText(quantity.label));
        m_form->addItems({tr("Layer by layer"), tr("By depth"), tr("Over time")});
        m_quantity->setAccessibleName(tr("Quantity"));
        m_form->setAccessibleName(tr("Form"));
        m_rows->setAccessibleName(tr("Histograms"));
        m_depth->setAccessibleName(tr("By depth"));
        m_bands->setAccessibleName(tr("Over time"));
        m_shared->setChecked(true);
        m_shared->setToolTip(tr("Off: each layer from its own least to its own largest value"));
        m_reason->setAlignment(Qt::AlignCenter);
        m_reason->setForegroundRole(QPalette::PlaceholderText);
        auto* area = scrolled(m_rows);
        for (QWidget* page : std::initializer_list<QWidget*>{area, scrolled(m_depth), m_bands, m_reason})
            m_pages->addWidget(page);
        auto* row = new QHBoxLayout;
        row->addWidget(m_quantity, 1);
        row->addWidget(m_form, 1);
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->addLayout(row);
        column->addWidget(m_pages, 1);
        column->addWidget(m_told);
        column->addWidget(m_shared);
        column->addWidget(m_facts);
        // Two lines, also while there is nothing to tell: the picture above keeps its size.
        m_told->setFixedHeight(2 * m_told->fontMetrics().height() + 2);
        connect(m_quantity, &QComboBox::currentIndexChanged, this, &InsideView::wantedChanged);
        connect(m_form, &QComboBox::currentIndexChanged, this, [this] { showForm(); });
        connect(m_shared, &QCheckBox::toggled, m_rows, &widgets::HistogramRows::setSharedRange);
        connect(m_rows, &widgets::HistogramRows::told, m_told, &QLabel::setText);
        connect(m_bands, &widgets::QuantileBands::told, m_told, &QLabel::setText);
        connect(m_rows, &widgets::HistogramRows::reached, area, [area](QRect where) {
            area->ensureVisible(where.center().x(), where.center().y(), 0, where.height());
        });
        showForm();
    }

    std::vector<training::ProbeRequest> wanted(const Look&) const override {
        return {{"distributions", {{"of", quantity().id}}}};
    }
    bool asksAboutSample() const override { return false; }
    QWidget* picture() override {  // also what is scrolled out of sight
        const std::array<QWidget*, 3> pictures{m_rows, m_depth, m_bands};
        const int page = m_pages->currentIndex();
        return page < static_cast<int>(pictures.size()) ? pictures[static_cast<std::size_t>(page)] : m_reason;
    }

    void show(const training::Snapshot& snapshot, const Look& look) override {
        const training::ProbeResult* result = snapshot.probe(wanted(look).front());
        if (!result) return;
        const bool failed = result->facts.contains("error");
        m_layers = failed ? Json::array() : result->facts["layers"];
        m_reason->setText(failed ? QString::fromStdString(result->facts["error"].get<std::string>())
                                 : tr("No layer has any of these. Choose another quantity above."));
        showRows(*result, look);
        showDepth();
        follow(snapshot.progress.step, look);
        showForm();
    }

private:
    const Quantity& quantity() const { return quantities[static_cast<std::size_t>(m_quantity->currentIndex())]; }

    static QString wordsOf(const Json& layer) {
        QString text =
            tr("%1 ± %2").arg(shortNumber(numberIn(layer, "mean"), 2), shortNumber(numberIn(layer, "deviation"), 3));
        const auto percent = [&](const char* key) { return QString::number(100 * numberIn(layer, key), 'f', 0); };
        if (numberIn(layer, "dead") > 0) text += tr(", %1 % dead").arg(percent("dead"));
        if (numberIn(layer, "saturated") > 0) text += tr(", %1 % saturated").arg(percent("saturated"));
        if (numberIn(layer, "not_finite") > 0)
            text += tr(", %1 not finite").arg(numberIn(layer, "not_finite"), 0, 'f', 0);
        return text;
    }

    void showRows(const training::ProbeResult& result, const Look& look) {
        std::vector<widgets::HistogramRow> rows;
        m_marked = -1;
        const std::size_t bins = m_layers.empty() ? 0 : static_cast<std::size_t>(result.shape[1]);
        for (const Json& layer : m_layers) {
            const auto counts = std::span(result.values).subspan(rows.size() * bins, bins);
            if (layer["id"] == look.layer) m_marked = static_cast<int>(rows.size());
            rows.push_back({QString::fromStdString(layer["id"]),
                            wordsOf(layer),
                            {layer["low"].get<float>(), layer["high"].get<float>()},
                            {counts.begin(), counts.end()}});
        }
        m_rows->setRows(std::move(rows));
        m_rows->setMarkedRow(m_marked);
    }

    void showDepth() {
        std::vector<widgets::DepthDot> dots;
        for (const Json& layer : m_layers)
            dots.push_back({QString::fromStdString(layer["id"]), numberIn(layer, quantity().key)});
        const bool updates = std::string_view(quantity().id) == "updates";
        m_depth->setDots(std::move(dots), updates && !m_layers.empty() ? std::optional(0.001) : std::nullopt);
        m_depth->setMarkedRow(m_marked);
    }

    // The chosen layer, as long as it is looked at; what is looked at begins anew with another run, layer or quantity.
    void follow(quint64 step, const Look& look) {
        const std::string key = quantity().id + ("/" + look.layer);
        if (key != m_followed || (!m_moments.empty() && step < m_moments.back().step)) m_moments.clear();
        m_followed = key;
        if (m_marked < 0) return m_moments.clear();
        if (!m_moments.empty() && m_moments.back().step == step) m_moments.pop_back();
        m_moments.push_back({step, m_layers[static_cast<std::size_t>(m_marked)]["quantiles"]});
        if (m_moments.size() > mostMoments) thinOut();
    }

    // Every second one; the last stays.
    void thinOut() {
        std::vector<widgets::QuantileBands::Moment> kept;
        for (std::size_t i = (m_moments.size() - 1) % 2; i < m_moments.size(); i += 2) kept.push_back(m_moments[i]);
        m_moments = std::move(kept);
    }

    void showForm() {
        const int form = m_form->currentIndex();
        m_bands->setMoments(m_moments);
        m_shared->setVisible(form == LayerByLayer);
        m_shared->setEnabled(!m_layers.empty());
        m_told->setVisible(form != ByDepth);
        m_told->clear();
        const bool unfollowed = form == OverTime && !m_layers.empty() && m_marked < 0;
        if (unfollowed) m_reason->setText(tr("The chosen layer has none of these. Choose another one."));
        m_pages->setCurrentIndex(m_layers.empty() || unfollowed ? m_pages->count() - 1 : form);
        m_facts->setText(factsOf(form));
    }

    QString factsOf(int form) const {
        if (m_layers.empty()) return {};
        if (form == ByDepth) return insideText(quantity().along) + ' ' + trend();
        if (form == OverTime)
            return m_moments.empty() ? QString()
                                     : tr("%1: median, and bands of 50, 90 and 100 %; as long as it was looked at.")
                                           .arg(QString::fromStdString(m_followed.substr(m_followed.find('/') + 1)));
        return tr("Mean ± standard deviation.") + ' ' + trend();
    }

    // What becomes of the quantity on the way through the network.
    QString trend() const {
        std::vector<double> numbers;
        for (const Json& layer : m_layers)
            if (const double number = numberIn(layer, quantity().key); number > 0) numbers.push_back(number);
        if (numbers.size() < 2) return {};
        // Gradients come from the end.
        const bool backward = std::string_view(quantity().id) == "gradients";
        const double from = backward ? numbers.back() : numbers.front(),
                     to = backward ? numbers.front() : numbers.back();
        constexpr double much = 100;
        const QString change = tr("%1 → %2").arg(shortNumber(from, 3), shortNumber(to, 3));
        const QString way = backward ? tr("From the last to the first layer: %1").arg(change)
                                     : tr("From the first to the last layer: %1").arg(change);
        if (to * much < from) return tr("%1, it vanishes.").arg(way);
        if (from * much < to) return tr("%1, it explodes.").arg(way);
        return tr("%1.").arg(way);
    }

    QComboBox *m_quantity, *m_form;
    QCheckBox* m_shared;
    QStackedWidget* m_pages;
    widgets::HistogramRows* m_rows;
    widgets::DepthDots* m_depth;
    widgets::QuantileBands* m_bands;
    QLabel *m_reason, *m_told, *m_facts;
    Json m_layers = Json::array();
    int m_marked = -1;  // the row of the chosen layer
    std::string m_followed;
    std::vector<widgets::QuantileBands::Moment> m_moments;
};

}  // namespace

const InsideViewType DistributionsView{
    "distributions", QT_TRANSLATE_NOOP("InsideView", "Distributions"),
    QT_TRANSLATE_NOOP("InsideView",
                      "How the numbers of each layer are spread, for the first 64 training samples. A dead unit puts "
                      "out 0 alone, a saturated one stays at an end of its activation."),
    [] { return static_cast<InsideView*>(new Distributions); },
    [] {
        std::vector<widgets::Gesture> all = widgets::HistogramRows::gestures();
        for (widgets::Gesture& gesture : widgets::QuantileBands::gestures()) all.push_back(std::move(gesture));
        return all;
    }};

}  // namespace perceptory::views
