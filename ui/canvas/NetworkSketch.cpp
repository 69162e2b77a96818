#include "ui/canvas/NetworkSketch.h"

#include <QPainter>
#include <QPolygonF>
#include <algorithm>

#include "engine/layers/Layer.h"
#include "engine/network/NetworkSpec.h"
#include "ui/canvas/LayeredLayout.h"
#include "ui/widgets/Theme.h"

namespace perceptory::canvas {

using widgets::ColourRole;
using widgets::themed;

namespace {

constexpr QSizeF learning(12, 30), other(12, 16);
constexpr double alongGap = 8, acrossGap = 8;
constexpr double mostStretch = 1.2;  // of short networks, so that their bars stay bars
constexpr double thinnest = 1;       // pixels, of a bar
constexpr double wireWidth = 1, margin = 6, corner = 3;

bool learns(const network::NodeSpec& node) {
    const layers::LayerType* type = layers::shelf().find(node.type);
    return type && type->weights;
}

LayoutRequest requestOf(const network::NetworkSpec& spec) {
    LayoutRequest request{{}, {}, Direction::LeftToRight, alongGap, acrossGap};
    for (std::size_t to = 0; to < spec.nodes.size(); ++to) {
        request.sizes.push_back(learns(spec.nodes[to]) ? learning : other);
        for (const std::string& input : spec.nodes[to].inputs)
            if (const network::NodeSpec* from = spec.find(input))
                request.edges.push_back({static_cast<std::size_t>(from - spec.nodes.data()), to});
    }
    return request;
}

// From the layout into the middle of the room. The flow fills its width; what lies across keeps to its height.
QTransform intoRoom(const QRectF& all, const QRectF& room) {
    const double x = std::min(mostStretch, room.width() / all.width());
    const double y = std::min(mostStretch, room.height() / all.height());
    return QTransform::fromTranslate(-all.center().x(), -all.center().y()) * QTransform::fromScale(x, y) *
           QTransform::fromTranslate(room.center().x(), room.center().y());
}

}  // namespace

QPixmap networkSketch(const base::Json& network, QSize size, double ratio) {
    base::Problems ignored;
    const network::NetworkSpec spec = network::NetworkSpec::fromJson(network, ignored);
    if (spec.nodes.empty()) return {};
    const LayoutRequest request = requestOf(spec);
    const Layout layout = layeredLayout(request);
    std::vector<QRectF> boxes;
    QRectF all;
    for (std::size_t i = 0; i < spec.nodes.size(); ++i) all |= boxes.emplace_back(layout.places[i], request.sizes[i]);
    for (const std::vector<QPointF>& route : layout.routes)
        for (const QPointF point : route) all |= QRectF(point, QSizeF(1, 1));
    const QTransform map = intoRoom(all, QRectF(QPointF(), size).adjusted(margin, margin, -margin, -margin));

    QPixmap pixmap(size * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    // A ground of its own, so that it can be seen where it is selected too.
    painter.setPen(themed(ColourRole::Border));
    painter.setBrush(themed(ColourRole::Base));
    painter.drawRoundedRect(QRectF(QPointF(), size).adjusted(0.5, 0.5, -0.5, -0.5), corner, corner);
    painter.setPen(QPen(themed(ColourRole::Wire), wireWidth));
    painter.setBrush(Qt::NoBrush);
    for (std::size_t i = 0; i < request.edges.size(); ++i) {
        QPolygonF line{boxes[request.edges[i].from].center()};
        for (const QPointF point : layout.routes[i]) line << point;
        painter.drawPolyline(map.map(line << boxes[request.edges[i].to].center()));
    }
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        QRectF bar = map.mapRect(boxes[i]);
        bar.setWidth(std::max(thinnest, bar.width()));
        painter.setBrush(themed(learns(spec.nodes[i]) ? ColourRole::Accent : ColourRole::MutedText));
        painter.drawRect(bar);
    }
    return pixmap;
}

}  // namespace perceptory::canvas
