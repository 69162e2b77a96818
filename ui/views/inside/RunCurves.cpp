// A metric of the run that goes on and of any number of kept ones over each other, by step, epoch or time, and the
// learning rate below on an axis of its own.

#include <QComboBox>
#include <QCoreApplication>
#include <QDoubleSpinBox>
#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <set>

#include "engine/training/History.h"
#include "ui/views/inside/InsideView.h"
#include "ui/views/inside/RunSource.h"
#include "ui/views/inside/RunWords.h"
#include "ui/widgets/CurvePlot.h"
#include "ui/widgets/Numbers.h"

namespace perceptory::views {

namespace {

using training::MetricsLog;
using widgets::shortNumber;

constexpr const char* rateSeries = "learning_rate";
// Places on the axis are whole: millionths of an epoch, or microseconds.
constexpr double fine = 1e6;
constexpr std::size_t mostPoints = 4096;  // of a curve; more than there are pixels
constexpr qint64 redrawMilliseconds = 400;
constexpr int rateHeight = 80;
constexpr std::int64_t forEver = std::numeric_limits<std::int64_t>::max();

enum Axis { BySteps, ByEpochs, ByTime };

// Steps, and the seconds of training until then.
using Times = std::vector<std::pair<double, double>>;

Times timesOf(const base::Json& noted) {
    Times times;
    for (const base::Json& at : noted)
        if (at.is_array() && at.size() == 2 && at[0].is_number() && at[1].is_number())
            times.emplace_back(at[0].get<double>(), at[1].get<double>());
    return times;
}

// Between the moments that were noted.
double secondsAt(const Times& times, double step) {
    const auto after = std::ranges::lower_bound(times, step, {}, &std::pair<double, double>::first);
    if (after == times.end()) return times.empty() ? 0 : times.back().second;
    if (after == times.begin()) return after->second;
    const auto& [from, before] = *(after - 1);
    return before + (step - from) / std::max(1.0, after->first - from) * (after->second - before);
}

// One of the runs that are shown.
struct Shown {
    std::string id;
    QString name;
    std::shared_ptr<MetricsLog> kept;  // null: it goes on
    const MetricsLog* log = nullptr;
    Times times;

    quint64 placeOf(double step, Axis axis) const {
        if (axis == BySteps) return static_cast<quint64>(std::max(0.0, step));
        const double place = axis == ByEpochs ? log->epochs().epochAt(step) : secondsAt(times, step);
        return static_cast<quint64>(std::llround(std::max(0.0, place) * fine));
    }
    std::vector<widgets::CurveBucket> curve(const std::string& series, Axis axis) const {
        std::vector<widgets::CurveBucket> result;
        for (const MetricsLog::Bucket& bucket : log->buckets(series, 0, forEver, mostPoints)) {
            const quint64 first = placeOf(static_cast<double>(bucket.firstStep), axis),
                          end = placeOf(static_cast<double>(bucket.firstStep + bucket.count), axis);
            result.push_back({first, std::max<quint64>(1, end > first ? end - first : 1),
                              static_cast<float>(bucket.minimum), static_cast<float>(bucket.maximum),
                              static_cast<float>(bucket.mean), static_cast<float>(bucket.last)});
        }
        return result;
    }
};

class RunCurves : public InsideView {
    Q_DECLARE_TR_FUNCTIONS(RunCurves)

public:
    RunCurves()
        : m_series(new QComboBox),
          m_axis(new QComboBox),
          m_smooth(new QDoubleSpinBox),
          m_plots(new QWidget),
          m_plot(new widgets::CurvePlot),
          m_rate(new widgets::CurvePlot),
          m_legend(new QLabel) {
        m_series->setAccessibleName(tr("Metric"));
        m_axis->setAccessibleName(tr("Along"));
        m_axis->addItems({tr("by step"), tr("by epoch"), tr("by time")});
        m_smooth->setAccessibleName(tr("Smoothing"));
        m_smooth->setToolTip(tr("Weight of the past in the mean that is drawn; the pale line is what was measured"));
        m_smooth->setPrefix(tr("Smooth "));
        m_smooth->setRange(0, 0.999);
        m_smooth->setSingleStep(0.1);
        m_plot->setAccessibleName(tr("Curves of runs"));
        m_rate->setAccessibleName(tr("Learning rate"));
        m_rate->setAxisNames({}, tr("learning rate"));
        m_rate->setFixedHeight(rateHeight);
        m_rate->setLogScale(true);
        m_legend->setWordWrap(true);
        m_legend->setTextFormat(Qt::PlainText);
        auto* pictures = new QVBoxLayout(m_plots);
        pictures->setContentsMargins(0, 0, 0, 0);
        pictures->addWidget(m_plot, 1);
        pictures->addWidget(m_rate);
        auto* row = new QHBoxLayout;
        row->addWidget(m_axis, 1);
        row->addWidget(m_smooth, 1);
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->addWidget(m_series);
        column->addLayout(row);
        column->addWidget(m_plots, 1);
        column->addWidget(m_legend);
        connect(m_series, &QComboBox::activated, this, [this] {
            m_wanted = m_series->currentData().toString().toStdString();
            draw();
        });
        connect(m_axis, &QComboBox::currentIndexChanged, this, [this] { draw(); });
        connect(m_smooth, &QDoubleSpinBox::valueChanged, m_plot, &widgets::CurvePlot::setSmoothing);
        connect(m_plot, &widgets::CurvePlot::smoothingChanged, m_smooth, &QDoubleSpinBox::setValue);
    }

    std::vector<training::ProbeRequest> wanted(const Look&) const override { return {}; }
    bool asksAboutSample() const override { return false; }
    QWidget* picture() override { return m_plots; }

    void useRuns(const RunSource& source) override {
        m_source = &source;
        connect(&source, &RunSource::changed, this, [this] {
            m_runs.clear();
            if (isVisible()) draw();
        });
    }

    // While a run goes on, a curve moves as often as the eye wants to read it.
    void show(const training::Snapshot& snapshot, const Look&) override {
        const bool runs = snapshot.state == training::RunState::Running;
        if (runs && m_sinceDrawn.isValid() && m_sinceDrawn.elapsed() < redrawMilliseconds) return;
        m_sinceDrawn.start();
        draw();
    }

    std::vector<ShownArray> numbers(const training::Snapshot&, const Look&) const override {
        std::vector<ShownArray> arrays;
        for (const Shown& run : m_runs) {
            ShownArray array{run.name.toStdString() + '.' + m_drawn, {0, 5}, {}};
            for (const MetricsLog::Bucket& bucket : run.log->buckets(m_drawn, 0, forEver, mostPoints)) {
                const auto step = static_cast<double>(bucket.firstStep);
                for (const double number :
                     {step, run.log->epochs().epochAt(step), secondsAt(run.times, step), bucket.mean, bucket.last})
                    array.values.push_back(static_cast<float>(number));
                ++array.shape[0];
            }
            if (!array.values.empty()) arrays.push_back(std::move(array));
        }
        return arrays;
    }

private:
    // The run that goes on comes first; of a kept one its curves are taken out once.
    void findRuns() {
        if (!m_source) return;
        std::vector<Shown> runs;
        const project::Run* now = m_source->now();
        if (now)
            runs.push_back(
                {now->id, QString::fromStdString(now->name), nullptr, &m_source->log(), timesOf(now->times)});
        for (const auto& run : m_source->chosen()) {
            if (now && run->id == now->id) continue;
            const auto known =
                std::ranges::find_if(m_runs, [&](const Shown& shown) { return shown.kept && shown.id == run->id; });
            if (known != m_runs.end()) {
                runs.push_back(*known);
                continue;
            }
            Shown shown{run->id, QString::fromStdString(run->name), std::make_shared<MetricsLog>(), nullptr,
                        timesOf(run->times)};
            training::addHistory(run->history, *shown.kept);
            shown.log = shown.kept.get();
            runs.push_back(std::move(shown));
        }
        m_runs = std::move(runs);
    }

    void offerSeries() {
        std::set<std::string> names;
        for (const Shown& run : m_runs)
            for (const std::string& name : run.log->series())
                if (name != rateSeries) names.insert(name);
        if (names == m_offered) return;
        m_offered = names;
        m_series->clear();
        for (const std::string& name : names) m_series->addItem(seriesText(name), QString::fromStdString(name));
        for (const std::string& wish : {m_wanted, std::string("test_loss"), std::string("loss")})
            if (const int place = m_series->findData(QString::fromStdString(wish)); place >= 0) {
                m_series->setCurrentIndex(place);
                return;
            }
    }

    void draw() {
        findRuns();
        offerSeries();
        m_drawn = m_series->currentData().toString().toStdString();
        const auto axis = static_cast<Axis>(m_axis->currentIndex());
        m_plots->setVisible(!m_runs.empty());
        if (m_runs.empty())
            return m_legend->setText(
                tr("No run is shown. Press Play, or tick kept runs in the panel Runs (Train ▸ Runs)."));
        nameCurves(axis);
        std::vector<widgets::EventMark> events;
        QStringList words;
        for (std::size_t i = 0; i < m_runs.size(); ++i) {
            const Shown& run = m_runs[i];
            const std::vector<widgets::CurveBucket> curve = run.curve(m_drawn, axis);
            m_plot->append(static_cast<int>(i), curve);
            m_rate->append(static_cast<int>(i), run.curve(rateSeries, axis));
            for (const MetricsLog::Mark& mark : run.log->marks())
                events.push_back({run.placeOf(static_cast<double>(mark.step), axis),
                                  tr("%1: %2").arg(run.name, QString::fromStdString(mark.text))});
            words << (curve.empty() ? tr("%1: not measured").arg(run.name)
                                    : tr("%1: %2").arg(run.name, shortNumber(curve.back().last, 4)));
        }
        m_plot->setEvents(std::move(events));
        m_legend->setText(words.join(QStringLiteral("  ·  ")));
    }

    // New curves where other runs are shown; else their values anew.
    void nameCurves(Axis axis) {
        std::vector<widgets::Curve> curves;
        QStringList names;
        for (const Shown& run : m_runs) {
            const int index = static_cast<int>(curves.size());
            curves.push_back({run.name, index, index % 2 == 1});
            names << run.name;
        }
        const QString unit = axis == ByEpochs ? tr("epoch") : axis == ByTime ? tr("second") : tr("step");
        for (widgets::CurvePlot* plot : {m_plot, m_rate}) {
            if (names != m_names)
                plot->setCurves(curves);
            else if (axis != m_drawnAxis || m_drawn != m_drawnSeries)
                plot->clearValues();
            else
                plot->replaceValues();
            plot->setStepUnits(axis == BySteps ? widgets::StepUnits() : widgets::StepUnits::every(fine), unit,
                               axis == BySteps);
        }
        m_plot->setAxisNames(unit, seriesText(m_drawn));
        m_plot->setLowerIsBetter(m_drawn.find("loss") != std::string::npos ||
                                 m_drawn.find("error") != std::string::npos);
        m_names = names;
        m_drawnAxis = axis;
        m_drawnSeries = m_drawn;
    }

    QComboBox *m_series, *m_axis;
    QDoubleSpinBox* m_smooth;
    QWidget* m_plots;
    widgets::CurvePlot *m_plot, *m_rate;
    QLabel* m_legend;
    const RunSource* m_source = nullptr;
    std::vector<Shown> m_runs;
    std::set<std::string> m_offered;
    std::string m_wanted, m_drawn, m_drawnSeries;
    QStringList m_names;
    QElapsedTimer m_sinceDrawn;
    Axis m_drawnAxis = BySteps;
};

}  // namespace

const InsideViewType RunCurvesView{
    "runs", QT_TRANSLATE_NOOP("InsideView", "Curves of runs"),
    QT_TRANSLATE_NOOP("InsideView",
                      "A metric of the run that goes on and of the runs ticked in the panel Runs. Marks on the axis "
                      "are what was changed on the way. Smoothing: m ← w m + (1 − w) x, divided by 1 − wⁿ."),
    [] { return static_cast<InsideView*>(new RunCurves); }};

}  // namespace perceptory::views
