#pragma once
// Data points over the plane: class colour and marker shape, training and test told apart by their rim.

#include <QHash>
#include <QPixmap>
#include <QTransform>
#include <vector>

#include "ui/widgets/ColourMap.h"

class QPainter;

namespace perceptory::widgets {

struct PlanePoint {
    float x = 0;
    float y = 0;
    int cls = 0;  ///< class index; negative: a number, coloured by `label`
    bool test = false;
    float label = 0;
};

struct PointStyle {
    ColourMap map = ColourMap::of(ColourMap::Kind::BlueOrange);  ///< for points with a number
    ValueRange range;
    double radius = 3.5;  ///< logical pixels
};

/// Draws points fast: each look is painted once and stamped.
class PointPainter {
public:
    /// Forget painted looks; call when theme or style changed.
    void clear() { m_stamps.clear(); }
    void paint(QPainter& painter, const std::vector<PlanePoint>& points, const QTransform& toPixel,
               const PointStyle& style);

private:
    const QPixmap& stamp(const PlanePoint& point, const PointStyle& style, double devicePixelRatio);

    QHash<quint32, QPixmap> m_stamps;
};

}  // namespace perceptory::widgets
