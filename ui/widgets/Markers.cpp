#include "ui/widgets/Markers.h"

#include <QPainter>
#include <cmath>
#include <numbers>

#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

QPolygonF regular(int corners, double radius, double turn, double innerRadius = 0) {
    QPolygonF polygon;
    const int points = innerRadius > 0 ? 2 * corners : corners;
    for (int i = 0; i < points; ++i) {
        const double angle = turn + 2 * std::numbers::pi * i / points;
        const double r = innerRadius > 0 && i % 2 == 1 ? innerRadius : radius;
        polygon << QPointF(r * std::cos(angle), r * std::sin(angle));
    }
    return polygon;
}

QPolygonF plus(double arm, double half) {
    return QPolygonF({{-half, -arm},
                      {half, -arm},
                      {half, -half},
                      {arm, -half},
                      {arm, half},
                      {half, half},
                      {half, arm},
                      {-half, arm},
                      {-half, half},
                      {-arm, half},
                      {-arm, -half},
                      {-half, -half}});
}

QPolygonF turned(const QPolygonF& polygon, double degrees) { return QTransform().rotate(degrees).map(polygon); }

QPolygonF outline(Marker marker, double r) {
    constexpr double up = -std::numbers::pi / 2;
    switch (marker) {
        case Marker::Square:
            return regular(4, 1.25 * r, std::numbers::pi / 4);
        case Marker::Triangle:
            return regular(3, 1.4 * r, up);
        case Marker::Diamond:
            return regular(4, 1.3 * r, up);
        case Marker::TriangleDown:
            return regular(3, 1.4 * r, -up);
        case Marker::Cross:
            return turned(plus(1.3 * r, 0.45 * r), 45);
        case Marker::Plus:
            return plus(1.3 * r, 0.45 * r);
        case Marker::Star:
            return regular(5, 1.5 * r, up, 0.65 * r);
        case Marker::Circle:
            break;
    }
    return {};
}

}  // namespace

Marker markerOfClass(int index) {
    const auto number = static_cast<unsigned>(index);
    return static_cast<Marker>((number + number / kClassHues) % 8);
}

void drawMarker(QPainter& painter, Marker marker, QPointF at, double radius, const MarkerLook& look) {
    painter.setBrush(look.fill);
    painter.setPen(look.rimWidth > 0 ? QPen(look.rim, look.rimWidth) : QPen(Qt::NoPen));
    if (marker == Marker::Circle) {
        painter.drawEllipse(at, radius, radius);
    } else {
        painter.drawPolygon(outline(marker, radius).translated(at));
    }
}

}  // namespace perceptory::widgets
