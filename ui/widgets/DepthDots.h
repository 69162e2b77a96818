#pragma once
// A positive number for each layer, down the depth of the network, on a logarithmic axis: whether it vanishes or
// explodes is the slope of the line. Put it into a scroll area. GUI thread only.

#include <QWidget>
#include <optional>
#include <vector>

#include "ui/widgets/CurveScale.h"

namespace perceptory::widgets {

struct DepthDot {
    QString name;
    double value = 0;  // 0 has no place on the axis: it stands at its left end, hollow
};

class DepthDots : public QWidget {
    Q_OBJECT

public:
    explicit DepthDots(QWidget* parent = nullptr);

    // `guide`: a value that is marked by a line, with what it is.
    void setDots(std::vector<DepthDot> dots, std::optional<double> guide = {});
    const std::vector<DepthDot>& dots() const { return m_dots; }
    void setMarkedRow(int row);  // −1: none
    AxisRange axis() const { return m_axis; }

    QSize sizeHint() const override { return minimumSizeHint() + QSize(60, 0); }
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int pitch() const;
    int nameWidth() const;
    QRect room() const;
    QPointF placeOf(int row) const;
    void paintAxis(QPainter& painter) const;

    std::vector<DepthDot> m_dots;
    std::optional<double> m_guide;
    AxisRange m_axis{0.1, 10};
    int m_marked = -1;
};

}  // namespace perceptory::widgets
