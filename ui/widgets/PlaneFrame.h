#pragma once
// Where a rectangle of the plane lies on a widget, and its axes with ticks in data units.

#include <QRectF>
#include <QString>
#include <QTransform>
#include <vector>

class QPainter;
class QFontMetrics;

namespace perceptory::widgets {

/// A piece of the plane in data units; y grows upwards.
struct PlaneExtent {
    double left = -6;
    double right = 6;
    double bottom = -6;
    double top = 6;
    bool operator==(const PlaneExtent&) const = default;
};

class PlaneFrame {
public:
    struct Look {
        bool axes = true;
        bool square = true;
        QString xName;
        QString yName;
    };

    /// Lays the picture out inside `room` (logical pixels); the picture is on whole pixels.
    void layOut(const QRect& room, const QFontMetrics& metrics, const PlaneExtent& extent, const Look& look);

    QRect picture() const { return m_picture; }
    const PlaneExtent& extent() const { return m_extent; }
    QPointF toPixel(QPointF plane) const { return m_toPixel.map(plane); }
    QPointF toPlane(QPointF pixel) const { return m_toPixel.inverted().map(pixel); }
    const QTransform& transform() const { return m_toPixel; }

    void paintAxes(QPainter& painter) const;

private:
    QRect m_picture;
    PlaneExtent m_extent;
    Look m_look;
    QTransform m_toPixel;
};

/// Round numbers inside [low, high], about `wanted` of them.
std::vector<double> ticksWithin(double low, double high, int wanted);

}  // namespace perceptory::widgets
