#pragma once
// A few curves without controls, as small as a line of a form or two: what a function looks like. GUI thread only.

#include <QPointF>
#include <QString>
#include <QWidget>
#include <vector>

namespace perceptory::widgets {

class CurveSketch : public QWidget {
    Q_OBJECT

public:
    struct Curve {
        QString name;  // of the legend; empty: none
        std::vector<QPointF> points;
        bool filled = false;  // down to y = 0, as a histogram is
        bool operator==(const Curve&) const = default;
    };

    explicit CurveSketch(QWidget* parent = nullptr);

    // The second curve is dashed, the third dotted. What is not finite leaves a gap.
    void setCurves(std::vector<Curve> curves);
    const std::vector<Curve>& curves() const { return m_curves; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QRectF plane() const;
    void paintAxes(QPainter& painter, const QRectF& plane) const;
    void paintCurve(QPainter& painter, const QRectF& plane, std::size_t index) const;
    void paintNames(QPainter& painter, const QRectF& plane) const;
    QPen penOf(std::size_t index) const;
    QPointF onScreen(QPointF point, const QRectF& plane) const;

    std::vector<Curve> m_curves;
    QRectF m_range{0, 0, 1, 1};  // of all curves; y up
};

}  // namespace perceptory::widgets
