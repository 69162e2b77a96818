#include "ui/widgets/CurveAxes.h"

#include <QCategoryAxis>
#include <QChart>
#include <QFontMetricsF>
#include <QLegend>
#include <QPen>
#include <QValueAxis>
#include <algorithm>
#include <cmath>

#include "ui/widgets/Numbers.h"
#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

constexpr double kStepLabelPixels = 90;
constexpr double kValueLabelPixels = 34;

// As many decimals as the distance of two ticks needs.
QString formatFor(double grain, double largest) {
    if (largest >= 1e7 || grain < 1e-5) {
        return QStringLiteral("%.4g");
    }
    return QStringLiteral("%.%1f").arg(std::max(0, static_cast<int>(std::ceil(-std::log10(grain) - 1e-9))));
}

double labelsIn(double pixels, double labelPixels) { return std::clamp(std::floor(pixels / labelPixels), 1.0, 20.0); }

double grainOf(AxisRange range, double pixels, double labelPixels) {
    return niceStep(range.length() / labelsIn(pixels, labelPixels));
}

// Digits that tell neighbours apart.
int digitsFor(const std::vector<double>& ticks) {
    double ratio = 1;
    for (std::size_t i = 1; i < ticks.size(); ++i) {
        ratio = std::max(ratio, ticks[i] / (ticks[i] - ticks[i - 1]));
    }
    return std::clamp(static_cast<int>(std::ceil(std::log10(ratio))) + 1, 4, 15);
}

void takeThemeFor(QAbstractAxis& axis) {
    axis.setLabelsColor(themed(ColourRole::MutedText));
    axis.setTitleBrush(themed(ColourRole::MutedText));
    axis.setLinePen(QPen(themed(ColourRole::Border), 1));
    // Opaque: Qt hands long translucent lines to the global thread pool and waits for it.
    axis.setGridLinePen(QPen(themed(ColourRole::Grid), 1));
    QFont font = axis.labelsFont();
    axis.setTitleFont(font);
}

}  // namespace

CurveAxes::CurveAxes(QChart& chart)
    : m_chart(chart),
      m_steps(new QValueAxis(&chart)),
      m_linear(new QValueAxis(&chart)),
      m_log(new QCategoryAxis(&chart)) {
    // Qt's own logarithmic axis names every decade, each as "…" where they have not all room, and none in between.
    m_log->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    for (QValueAxis* axis : {m_steps, m_linear}) {
        axis->setTickType(QValueAxis::TicksDynamic);
        axis->setTickAnchor(0);
    }
    m_chart.addAxis(m_steps, Qt::AlignBottom);
    m_chart.addAxis(m_linear, Qt::AlignLeft);
    takeTheme();
}

QAbstractAxis* CurveAxes::valueAxis() const {
    return m_logarithmic ? static_cast<QAbstractAxis*>(m_log) : static_cast<QAbstractAxis*>(m_linear);
}

void CurveAxes::showSteps(AxisRange range, double pixels) {
    const double grain = std::max(grainForTwoLabels(range, grainOf(range, pixels, kStepLabelPixels)), 1e-6);
    if (grain != m_stepGrain) {
        m_stepGrain = grain;
        m_steps->setLabelFormat(formatFor(grain, std::abs(range.high)));
        m_steps->setTickInterval(grain);
    }
    if (range != m_stepsShown) {
        m_stepsShown = range;
        m_steps->setRange(range.low, range.high);
    }
}

void CurveAxes::showValues(const ValueMap& map, double pixels) {
    if (map.logarithmic() != m_logarithmic) {
        changeKind(map.logarithmic());
    }
    m_logarithmic ? showLogarithmic(map.range(), pixels) : showLinear(map.range(), pixels);
}

void CurveAxes::changeKind(bool logarithmic) {
    const auto series = m_chart.series();
    QAbstractAxis* old = valueAxis();
    for (QAbstractSeries* one : series) {
        one->detachAxis(old);
    }
    m_chart.removeAxis(old);
    old->setParent(&m_chart);  // removing gives the ownership back
    m_logarithmic = logarithmic;
    m_chart.addAxis(valueAxis(), Qt::AlignLeft);
    for (QAbstractSeries* one : series) {
        one->attachAxis(valueAxis());
    }
    takeTheme();
    applyNames();
    m_valuesShown.reset();
}

void CurveAxes::showLinear(AxisRange range, double pixels) {
    const double grain = grainForTwoLabels(range, grainOf(range, pixels, kValueLabelPixels));
    if (grain != m_valueGrain) {
        m_valueGrain = grain;
        m_linear->setLabelFormat(formatFor(grain, std::max(std::abs(range.low), std::abs(range.high))));
        m_linear->setTickInterval(grain);
    }
    if (range != m_valuesShown) {
        m_valuesShown = range;
        m_linear->setRange(range.low, range.high);
    }
}

void CurveAxes::showLogarithmic(AxisRange range, double pixels) {
    // Without the legend above it the edge of the chart would cut a label at the very top in half.
    const bool roomAbove = m_chart.legend()->alignment() == Qt::AlignTop;
    const double cut = roomAbove ? 0 : QFontMetricsF(m_log->labelsFont()).height() / 2 / std::max(pixels, 1.0);
    const AxisRange named{range.low, range.high * std::pow(range.low / range.high, std::min(cut, 0.5))};
    std::vector<double> ticks = logTicks(named, std::max(2, static_cast<int>(labelsIn(pixels, kValueLabelPixels))));
    if (range == m_valuesShown && ticks == m_logTicks) {
        return;
    }
    m_valuesShown = range;
    m_logTicks = std::move(ticks);
    m_log->setRange(std::log10(range.low), std::log10(range.high));
    for (const QString& label : m_log->categoriesLabels()) {
        m_log->remove(label);
    }
    m_log->setStartValue(std::log10(range.low) - 1);  // has a tick of its own, which is not to be seen
    const int digits = digitsFor(m_logTicks);
    for (const double value : m_logTicks) {
        m_log->append(shortNumber(value, digits), std::log10(value));
    }
}

void CurveAxes::setNames(const QString& x, const QString& y) {
    m_xName = x;
    m_yName = y;
    applyNames();
}

void CurveAxes::setNamesVisible(bool visible) {
    if (visible != m_namesVisible) {
        m_namesVisible = visible;
        applyNames();
    }
}

void CurveAxes::applyNames() {
    m_steps->setTitleText(m_namesVisible ? m_xName : QString());
    valueAxis()->setTitleText(m_namesVisible ? m_yName : QString());
}

void CurveAxes::takeTheme() {
    takeThemeFor(*m_steps);
    takeThemeFor(*valueAxis());
}

void CurveAxes::attach(QAbstractSeries& series) {
    series.attachAxis(m_steps);
    series.attachAxis(valueAxis());
}

}  // namespace perceptory::widgets
