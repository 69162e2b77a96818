#include "ui/views/playground/LossCurves.h"

#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace perceptory::views {

namespace {

std::vector<widgets::CurveBucket> converted(const std::vector<training::MetricsLog::Bucket>& buckets) {
    std::vector<widgets::CurveBucket> result;
    result.reserve(buckets.size());
    for (const auto& b : buckets)
        result.push_back({static_cast<quint64>(b.firstStep), static_cast<quint64>(b.count),
                          static_cast<float>(b.minimum), static_cast<float>(b.maximum), static_cast<float>(b.mean),
                          static_cast<float>(b.last)});
    return result;
}

}  // namespace

LossCurves::LossCurves(QWidget* parent) : QWidget(parent), m_tabs(new QTabBar), m_stack(new QStackedWidget) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_tabs);
    column->addWidget(m_stack, 1);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("Curve shown"));
    m_tabs->addTab(tr("Loss"));
    m_tabs->addTab({});
    for (std::size_t i = 0; i < m_plots.size(); ++i) {
        m_plots[i] = new widgets::CurvePlot;
        m_stack->addWidget(m_plots[i]);
    }
    nameCurves();
    m_plots[1]->setLowerIsBetter(false);
    connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    m_plots[0]->setAccessibleName(tr("Loss over epochs"));
    m_plots[0]->setPictureNames(tr("epoch"), tr("loss"));
    m_series = {{"train_loss", 0, 0, {}}, {"test_loss", 0, 1, {}}, {"validation_loss", 0, 2, {}}};
    setScore(nullptr, {});
}

void LossCurves::nameCurves() {
    std::vector<widgets::Curve> curves{{tr("training"), 0, false}, {tr("test"), 1, true}};
    if (m_hasValidation) curves.push_back({tr("validation"), 2, true});
    for (widgets::CurvePlot* plot : m_plots) plot->setCurves(curves);
}

void LossCurves::restart() {
    for (Series& series : m_series) series.cursor = {};
    for (widgets::CurvePlot* plot : m_plots) plot->clearValues();
    m_marks = 0;
}

void LossCurves::readEpochs(const training::MetricsLog& log) {
    const training::EpochMap map = log.epochs();
    std::vector<widgets::StepUnits::Knot> knots;
    for (const auto& knot : map.knots()) knots.push_back({static_cast<double>(knot.step), knot.epoch});
    const widgets::StepUnits epochs(knots);
    for (widgets::CurvePlot* plot : m_plots) plot->setStepUnits(epochs, tr("epoch"));
}

void LossCurves::setScore(const metrics::MetricType* score, const QString& label) {
    m_tabs->setTabVisible(1, score);
    m_tabs->setTabText(1, label);
    m_plots[1]->setAccessibleName(tr("%1 over epochs").arg(label));
    m_plots[1]->setPictureNames(tr("epoch"), label);
    if (!score) m_tabs->setCurrentIndex(0);
    if (score == m_score) return;
    m_score = score;
    m_series.resize(3);
    if (score) {
        m_plots[1]->setValueRange(widgets::AxisRange{0, 1});
        m_plots[1]->setValueFloor(-1);  // no score that is worth a look is lower
        for (int curve = 0; const char* part : {"train_", "test_", "validation_"})
            m_series.push_back({part + score->id, 1, curve++, {}});
    }
    restart();
}

bool LossCurves::read(const training::MetricsLog& log) {
    for (Series& series : m_series) {
        const training::MetricsLog::News news = log.readSince(series.name, series.cursor, 1 << 16);
        const bool again = news.reload && series.cursor.generation != 0;
        if (again) return false;
        series.cursor = news.next;
        if (news.buckets.empty()) continue;
        widgets::CurvePlot* plot = m_plots[static_cast<std::size_t>(series.plot)];
        if (series.curve == 2 && !m_hasValidation) {
            m_hasValidation = true;
            nameCurves();
            return false;
        }
        plot->append(series.curve, converted(news.buckets));
    }
    return true;
}

void LossCurves::showLog(const training::MetricsLog& log) {
    if (!read(log)) {
        restart();
        read(log);
    }
    readEpochs(log);
    const std::vector<training::MetricsLog::Mark> marks = log.marks();
    if (marks.size() == m_marks) return;
    m_marks = marks.size();
    std::vector<widgets::EventMark> events;
    for (const auto& mark : marks)
        events.push_back({static_cast<quint64>(mark.step), QString::fromStdString(mark.text)});
    for (widgets::CurvePlot* plot : m_plots) plot->setEvents(events);
}

}  // namespace perceptory::views
