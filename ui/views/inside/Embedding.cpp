// What a layer takes for alike: samples as places in a plane, by its outputs. Worked out once when it is asked for,
// aside.

#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <optional>

#include "engine/training/probes/Embed.h"
#include "ui/document/Aside.h"
#include "ui/views/inside/InsideView.h"
#include "ui/widgets/ColourLegend.h"
#include "ui/widgets/HeatmapView.h"

namespace perceptory::views {

namespace {

using training::ProbeResult;

constexpr std::int64_t neighbours = 8;
constexpr std::array<int, 4> amounts{500, 1000, 2000, 5000};
constexpr double reach = 12;  // pixels from the mouse to a point

// What was asked for, and what came of it.
struct Embedded {
    std::string layer;
    quint64 step = 0;
    std::shared_ptr<const data::Dataset> dataset;
    std::vector<std::uint32_t> rows;
    std::vector<float> places;        // [rows][2]
    std::vector<std::uint32_t> near;  // [rows][neighbours], by the layer's outputs
    std::optional<double> alike;      // share whose nearest neighbour in the plane is of their class
};

class Embedding : public InsideView {
    Q_DECLARE_TR_FUNCTIONS(Embedding)

public:
    Embedding()
        : m_method(new QComboBox),
          m_amount(new QComboBox),
          m_button(new QPushButton),
          m_progress(new QProgressBar),
          m_map(new widgets::HeatmapView),
          m_legend(new widgets::ClassLegend),
          m_facts(new QLabel) {
        m_method->addItems({tr("t-SNE"), tr("Principal components")});
        m_method->setAccessibleName(tr("Method"));
        for (const int amount : amounts) m_amount->addItem(tr("%L1 samples").arg(amount), amount);
        m_amount->setCurrentIndex(1);
        m_amount->setAccessibleName(tr("How many samples"));
        m_progress->setRange(0, 100);
        m_progress->setAccessibleName(tr("Progress"));
        m_map->setAxesVisible(false);
        m_map->setAccessibleName(tr("Samples in the plane"));
        m_legend->setRimsExplained(false);
        m_facts->setTextFormat(Qt::PlainText);
        m_facts->setWordWrap(true);
        auto* row = new QHBoxLayout;
        row->addWidget(m_method, 1);
        row->addWidget(m_amount, 1);
        auto* second = new QHBoxLayout;
        second->addWidget(m_button);
        second->addWidget(m_progress, 1);
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->addLayout(row);
        column->addLayout(second);
        column->addWidget(m_map, 1);
        column->addWidget(m_legend);
        column->addWidget(m_facts);
        connect(m_button, &QPushButton::clicked, this, [this] { isBusy() ? stop() : start(); });
        connect(m_map, &widgets::HeatmapView::clicked, this, [this](QPointF plane) { choose(plane); });
        showState();
    }
    ~Embedding() override { stop(); }

    std::vector<training::ProbeRequest> wanted(const Look& look) const override {
        if (!m_asking) return {};
        return {{"layer_outputs", {{"node", look.layer}, {"samples", m_amount->currentData().toInt()}}}};
    }
    bool asksAboutSample() const override { return false; }
    QWidget* picture() override { return m_map; }
    std::vector<ShownArray> numbers(const training::Snapshot&, const Look&) const override {
        if (m_shown.rows.empty()) return {};
        return {{"embedding", {std::ssize(m_shown.rows), 2}, m_shown.places}};
    }

    void show(const training::Snapshot& snapshot, const Look& look) override {
        if (m_asking) take(snapshot, look);
        showState();
    }

private:
    bool isBusy() const { return m_asking || m_stop; }

    void start() {
        m_asking = true;
        m_fault.clear();
        m_progress->setValue(0);
        emit wantedChanged();
        showState();
    }

    void stop() {
        m_asking = false;
        if (m_stop) *m_stop = true;
        m_stop.reset();
        showState();
    }

    void take(const training::Snapshot& snapshot, const Look& look) {
        const ProbeResult* result = snapshot.probe(wanted(look).front());
        if (!result || !snapshot.dataset) return;
        m_asking = false;
        if (result->facts.contains("error")) {
            m_fault = QString::fromStdString(result->facts["error"].get<std::string>());
        } else {
            Embedded wish{look.layer, snapshot.progress.step, snapshot.dataset, result->facts["rows"], {}, {}, {}};
            workOut(std::move(wish), result->values);
        }
        emit wantedChanged();
    }

    void workOut(Embedded wish, std::vector<float> values) {
        m_stop = std::make_shared<std::atomic<bool>>(false);
        const bool components = m_method->currentIndex() == 1;
        const auto stop = m_stop;
        new document::Aside(this,
                            [this, stop, components, wish = std::move(wish), values = std::move(values)]() mutable {
                                const auto samples = static_cast<std::int64_t>(wish.rows.size());
                                const auto told = [&](double share, std::span<const float> places) {
                                    if (*stop) return false;
                                    // The newest one wins; the window shows it when it comes to it.
                                    QMetaObject::invokeMethod(
                                        this,
                                        [this, stop, share, soFar = with(wish, {places.begin(), places.end()})] {
                                            if (*stop) return;
                                            m_progress->setValue(static_cast<int>(100 * share));
                                            showPlaces(soFar);
                                        },
                                        Qt::QueuedConnection);
                                    return true;
                                };
                                wish.places = components ? training::principalComponents(values, samples, 2)
                                                         : training::tsne(values, samples, {}, told);
                                wish.near = training::nearestNeighbours(values, samples, neighbours);
                                wish.alike = shareOfAlike(wish);
                                return std::function<void()>([this, stop, done = std::move(wish)] {
                                    if (*stop) return;
                                    m_stop.reset();
                                    showPlaces(done);
                                    showState();
                                });
                            });
    }

    static Embedded with(const Embedded& wish, std::vector<float> places) {
        Embedded result = wish;
        result.places = std::move(places);
        return result;
    }

    static std::optional<double> shareOfAlike(const Embedded& done) {
        const auto& labels = done.dataset->labels;
        if (labels.size() != done.dataset->count || done.rows.size() < 2) return {};
        const auto nearest = training::nearestNeighbours(done.places, static_cast<std::int64_t>(done.rows.size()), 1);
        double same = 0;
        for (std::size_t i = 0; i < done.rows.size(); ++i)
            same += labels[done.rows[i]] == labels[done.rows[nearest[i]]];
        return same / static_cast<double>(done.rows.size());
    }

    void showPlaces(const Embedded& shown) {
        m_shown = shown;
        const auto& labels = shown.dataset->labels;
        const bool classes = labels.size() == shown.dataset->count;
        std::vector<widgets::PlanePoint> points;
        double most = 1e-9;
        for (std::size_t i = 0; i < shown.rows.size(); ++i) {
            const float x = shown.places[2 * i], y = shown.places[2 * i + 1];
            most = std::max({most, double{std::abs(x)}, double{std::abs(y)}});
            points.push_back({x, y, classes ? labels[shown.rows[i]] : 0});
        }
        QStringList names;
        for (const std::string& name : shown.dataset->classNames) names << QString::fromStdString(name);
        m_map->setClassNames(names);
        m_legend->setClassNames(names);
        m_map->setExtent({-1.05 * most, 1.05 * most, -1.05 * most, 1.05 * most});
        m_map->setMarkedPlace(std::nullopt);
        m_map->setPoints(std::move(points));
        m_chosen.reset();
    }

    // The sample below the mouse, with the samples that the layer takes for most alike.
    void choose(QPointF plane) {
        if (m_shown.near.empty()) return;
        const auto away = [&](std::size_t i) {
            const QPointF d = m_map->toPixel({double{m_shown.places[2 * i]}, double{m_shown.places[2 * i + 1]}}) -
                              m_map->toPixel(plane);
            return std::hypot(d.x(), d.y());
        };
        std::size_t best = 0;
        for (std::size_t i = 1; i < m_shown.rows.size(); ++i)
            if (away(i) < away(best)) best = i;
        if (away(best) > reach) return;
        if (m_chosen == best) return openChosen();
        m_chosen = best;
        m_map->setMarkedPlace(QPointF(double{m_shown.places[2 * best]}, double{m_shown.places[2 * best + 1]}));
        showState();
    }

    std::vector<std::uint32_t> chosenRows() const {
        std::vector<std::uint32_t> rows{m_shown.rows[*m_chosen]};
        for (std::int64_t k = 0; k < neighbours; ++k)
            rows.push_back(m_shown.rows[m_shown.near[*m_chosen * neighbours + static_cast<std::size_t>(k)]]);
        return rows;
    }

    void openChosen() {
        std::vector<std::uint32_t> rows = chosenRows();
        std::ranges::sort(rows);
        emit samplesChosen(rows);
    }

    QString nameOf(std::uint32_t row) const {
        const data::Dataset& dataset = *m_shown.dataset;
        const bool named = row < dataset.labels.size() && dataset.labels[row] >= 0 &&
                           static_cast<std::size_t>(dataset.labels[row]) < dataset.classNames.size();
        return named ? tr("%1 (%2)").arg(row).arg(
                           QString::fromStdString(dataset.classNames[static_cast<std::size_t>(dataset.labels[row])]))
                     : QString::number(row);
    }

    void showState() {
        m_button->setText(isBusy() ? tr("Stop") : tr("Work it out"));
        m_progress->setVisible(isBusy());
        m_legend->setVisible(!m_shown.rows.empty() && !m_shown.dataset->classNames.empty());
        m_facts->setText(sentence());
    }

    QString sentence() const {
        if (!m_fault.isEmpty()) return m_fault;
        if (m_shown.rows.empty())
            return isBusy() ? tr("Working it out …")
                            : tr("Choose a layer on the canvas and press the button: its outputs become places.");
        if (m_chosen) {
            const std::vector<std::uint32_t> rows = chosenRows();
            QStringList names;
            for (const std::uint32_t row : std::span(rows).subspan(1)) names << nameOf(row);
            return tr("Sample %1; nearest to it: %2. Click it again to look at them.")
                .arg(nameOf(rows[0]), names.join(QStringLiteral(", ")));
        }
        QString text = tr("\"%1\" at step %L2.").arg(QString::fromStdString(m_shown.layer)).arg(m_shown.step);
        if (m_shown.alike)
            text += ' ' + tr("The nearest neighbour in the plane is of the same class for %1 % of the samples.")
                              .arg(100 * *m_shown.alike, 0, 'f', 1);
        return text;
    }

    QComboBox *m_method, *m_amount;
    QPushButton* m_button;
    QProgressBar* m_progress;
    widgets::HeatmapView* m_map;
    widgets::ClassLegend* m_legend;
    QLabel* m_facts;
    bool m_asking = false;                      // for the outputs of the layer
    std::shared_ptr<std::atomic<bool>> m_stop;  // of what is worked out; null: nothing is
    QString m_fault;
    Embedded m_shown;
    std::optional<std::size_t> m_chosen;
};

}  // namespace

const InsideViewType EmbeddingView{
    "embedding", QT_TRANSLATE_NOOP("InsideView", "Embedding"),
    QT_TRANSLATE_NOOP(
        "InsideView",
        "Samples of the test part as places, by what the layer puts out for them: what it takes for alike lies "
        "close together. t-SNE keeps neighbours, principal components the directions of most variance."),
    [] { return static_cast<InsideView*>(new Embedding); }, widgets::HeatmapView::gestures};

}  // namespace perceptory::views
