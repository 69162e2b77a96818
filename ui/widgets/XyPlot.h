#pragma once
// A few curves or clouds of points over two axes that are named and bear numbers: ROC, calibration, predicted against
// true. A curve has a colour and a dash of its own. GUI thread only.
//
// Keys: left and right go from point to point of the first series, up and down from series to series; what they reach
// is told. Return chooses it, as a click does.

#include <QPointF>
#include <QRectF>
#include <QStringList>
#include <QWidget>
#include <optional>
#include <vector>

#include "ui/widgets/Gestures.h"

namespace perceptory::widgets {

struct XySeries {
    QString name;
    std::vector<QPointF> points;
    bool joined = true;  // by a line; else points alone
};

struct XyAxes {
    QString x, y;
    std::optional<QRectF> range{};  // bottom left and size; none: what holds all points
    bool diagonal = false;          // a dashed line where x = y
};

class XyPlot : public QWidget {
    Q_OBJECT

public:
    explicit XyPlot(QWidget* parent = nullptr);

    void setSeries(std::vector<XySeries> series, XyAxes axes);
    const std::vector<XySeries>& series() const { return m_series; }
    QPointF placeOf(QPointF point) const;  // in pixels
    QString textOf(std::size_t series, std::size_t point) const;

    static std::vector<Gesture> gestures();

    QSize sizeHint() const override { return {280, 240}; }
    QSize minimumSizeHint() const override { return {160, 140}; }

signals:
    void told(const QString& text);
    void pointChosen(int series, int point);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Place {
        std::size_t series = 0, point = 0;
    };
    QRect room() const;
    void findRange();
    std::optional<Place> nearest(QPointF pixel) const;
    void paintAxes(QPainter& painter) const;
    void paintSeries(QPainter& painter, std::size_t index) const;
    void paintLegend(QPainter& painter) const;
    void tellPlace();

    std::vector<XySeries> m_series;
    XyAxes m_axes;
    QRectF m_range{0, 0, 1, 1};
    Place m_place;  // of the keyboard
};

}  // namespace perceptory::widgets
