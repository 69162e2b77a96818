#include "ui/widgets/CurveAxes.h"

#include <QChart>
#include <QLogValueAxis>
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

double grainOf(AxisRange range, double pixels, double labelPixels) {
    return niceStep(range.length() / std::clamp(std::floor(pixels / labelPixels), 1.0, 20.0));
}

// One number alone says nothing about a scale.
double grainForTwoLabels(AxisRange range, double grain) {
    const auto labels = [&] { return std::floor(range.high / grain + 1e-9) - std::ceil(range.low / grain - 1e-9) + 1; };
    while (labels() < 2) {
        grain = niceStep(grain * 0.4);
    }
    return grain;
}

void takeThemeFor(QAbstractAxis& axis) {
    axis.setLabelsColor(themed(ColourRole::MutedText));
    axis.setTitleBrush(themed(ColourRole::MutedText));
    axis.setLinePen(QPen(themed(ColourRole::Border), 1));
    axis.setGridLinePen(QPen(themed(ColourRole::Grid), 1));
    // Opaque: Qt hands long translucent lines to the global thread pool and waits for it.
    axis.setMinorGridLinePen(QPen(themed(ColourRole::MinorGrid), 1));
    QFont font = axis.labelsFont();
    axis.setTitleFont(font);
}

}  // namespace

CurveAxes::CurveAxes(QChart& chart)
    : m_chart(chart),
      m_steps(new QValueAxis(&chart)),
      m_linear(new QValueAxis(&chart)),
      m_log(new QLogValueAxis(&chart)) {
    m_log->setBase(10);
    m_log->setLabelFormat(QStringLiteral("%g"));
    m_log->setMinorTickCount(8);
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
        const auto series = m_chart.series();
        QAbstractAxis* old = valueAxis();
        for (QAbstractSeries* one : series) {
            one->detachAxis(old);
        }
        m_chart.removeAxis(old);
        old->setParent(&m_chart);  // removing gives the ownership back
        m_logarithmic = map.logarithmic();
        m_chart.addAxis(valueAxis(), Qt::AlignLeft);
        for (QAbstractSeries* one : series) {
            one->attachAxis(valueAxis());
        }
        takeTheme();
        applyNames();
        m_valuesShown.reset();
    }
    if (m_logarithmic) {
        if (map.range() != m_valuesShown) {
            m_valuesShown = map.range();
            m_log->setRange(map.range().low, map.range().high);
        }
        return;
    }
    const double grain = grainForTwoLabels(map.range(), grainOf(map.range(), pixels, kValueLabelPixels));
    if (grain != m_valueGrain) {
        m_valueGrain = grain;
        m_linear->setLabelFormat(formatFor(grain, std::max(std::abs(map.range().low), std::abs(map.range().high))));
        m_linear->setTickInterval(grain);
    }
    if (map.range() != m_valuesShown) {
        m_valuesShown = map.range();
        m_linear->setRange(map.range().low, map.range().high);
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
