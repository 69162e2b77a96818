#include "ui/widgets/PlanePoints.h"

#include <QPainter>
#include <cmath>

#include "ui/widgets/Markers.h"
#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

constexpr int kMargin = 3;
constexpr quint32 kClassLooks = 8 * kClassHues;

quint32 keyOf(const PlanePoint& point, const PointStyle& style) {
    const auto look = point.cls >= 0
                          ? static_cast<quint32>(point.cls) % kClassLooks
                          : kClassLooks + static_cast<quint32>(ColourMap::index(point.label, style.range) / 8);
    return 2 * look + (point.test ? 1 : 0);
}

QColor fillOf(const PlanePoint& point, const PointStyle& style) {
    return point.cls >= 0 ? Theme::instance().classColour(point.cls)
                          : QColor::fromRgb(style.map.at(point.label, style.range));
}

}  // namespace

const QPixmap& PointPainter::stamp(const PlanePoint& point, const PointStyle& style, double devicePixelRatio) {
    QPixmap& pixmap = m_stamps[keyOf(point, style)];
    if (pixmap.isNull() || pixmap.devicePixelRatio() != devicePixelRatio) {
        const int side = 2 * static_cast<int>(std::ceil(1.5 * style.radius)) + 2 * kMargin + 1;
        pixmap = QPixmap(QSize(side, side) * devicePixelRatio);
        pixmap.setDevicePixelRatio(devicePixelRatio);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        const Marker marker = point.cls >= 0 ? markerOfClass(point.cls) : Marker::Circle;
        const QColor rim = themed(point.test ? ColourRole::TestRim : ColourRole::TrainRim);
        const QColor outer = themed(point.test ? ColourRole::TrainRim : ColourRole::TestRim);
        const QPointF centre(side / 2.0, side / 2.0);
        // The colour of a number is all it shows: a rim as wide as that of a class would hide it.
        const double weight = point.cls >= 0 ? 1 : 0.55;
        drawMarker(painter, marker, centre, style.radius + 1.2 * weight,
                   {faded(outer, 0.35), faded(outer, 0.35), 0.8 * weight});
        drawMarker(painter, marker, centre, style.radius,
                   {fillOf(point, style), rim, (point.test ? 1.6 : 1.2) * weight});
    }
    return pixmap;
}

void PointPainter::paint(QPainter& painter, const std::vector<PlanePoint>& points, const QTransform& toPixel,
                         const PointStyle& style) {
    const double ratio = painter.device()->devicePixelRatioF();
    for (const PlanePoint& point : points) {
        const QPointF at = toPixel.map(QPointF(point.x, point.y));
        if (!std::isfinite(at.x()) || !std::isfinite(at.y())) {
            continue;
        }
        const QPixmap& look = stamp(point, style, ratio);
        const double half = look.width() / (2 * ratio);
        const QPointF corner(std::round((at.x() - half) * ratio) / ratio, std::round((at.y() - half) * ratio) / ratio);
        painter.drawPixmap(corner, look);
    }
}

}  // namespace perceptory::widgets
