#pragma once
// The axes of a CurvePlot: Qt Charts draws them, we decide range and ticks. Each change costs a label layout, so equal
// values are never set twice. Owned by the chart's plot; GUI thread.

#include <QString>
#include <optional>
#include <vector>

#include "ui/widgets/CurveScale.h"

class QAbstractAxis;
class QAbstractSeries;
class QCategoryAxis;
class QChart;
class QValueAxis;

namespace perceptory::widgets {

class CurveAxes {
public:
    explicit CurveAxes(QChart& chart);

    /// Range in the units shown (steps or epochs) on an axis of that many pixels.
    void showSteps(AxisRange range, double pixels);
    void showValues(const ValueMap& map, double pixels);
    void setNames(const QString& x, const QString& y);
    void setNamesVisible(bool visible);
    void takeTheme();
    /// Gives a new series both axes; Qt Charts draws no axis without one.
    void attach(QAbstractSeries& series);

private:
    QAbstractAxis* valueAxis() const;
    void changeKind(bool logarithmic);
    void showLinear(AxisRange range, double pixels);
    void showLogarithmic(AxisRange range, double pixels);
    void applyNames();

    QChart& m_chart;
    QValueAxis* m_steps;
    QValueAxis* m_linear;
    QCategoryAxis* m_log;  ///< of the logarithms
    std::optional<AxisRange> m_stepsShown;
    std::optional<AxisRange> m_valuesShown;
    double m_stepGrain = 0;
    double m_valueGrain = 0;
    std::vector<double> m_logTicks;
    bool m_logarithmic = false;
    bool m_namesVisible = true;
    QString m_xName;
    QString m_yName;
};

}  // namespace perceptory::widgets
