#include "ui/canvas/WireItem.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QGraphicsView>
#include <QPainter>
#include <QStyleOptionGraphicsItem>
#include <algorithm>

#include "ui/canvas/NodeItem.h"
#include "ui/widgets/Theme.h"

namespace perceptory::canvas {

using widgets::ColourRole;
using widgets::themed;

namespace {

constexpr double grip = 8, rim = 60, wordsAbove = 3;
constexpr double gripPixels = 8;  // of the screen: a hand meets it from afar, too

QFont shapeFont() {
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * 0.85);
    return font;
}

}  // namespace

WireItem::WireItem(NodeItem* from, NodeItem* to) : m_from(from), m_to(to) {
    setFlags(ItemIsSelectable);
    setZValue(0);
}

void WireItem::showWire(const WireSight& wire) {
    m_wire = wire;
    follow();
    update();
}

void WireItem::setRoute(std::vector<QPointF> route, bool topToBottom) {
    m_route = std::move(route);
    m_down = topToBottom;
    follow();
}

void WireItem::follow() {
    const QPointF begin = m_from->pos() + m_from->outputPoint(m_wire.port),
                  end = m_to->pos() + m_to->inputPoint(m_wire.input);
    const QPainterPath now = curve(begin, m_route, end, m_down);
    if (now == path()) return;
    setPath(now);
    m_middle = now.pointAtPercent(0.5);
}

void WireItem::setTarget(bool target) {
    if (target == m_target) return;
    m_target = target;
    update();
}

QPainterPath WireItem::curve(QPointF from, const std::vector<QPointF>& through, QPointF to, bool topToBottom) {
    QPainterPath path(from);
    QPointF last = from;
    const auto bend = [&](QPointF next) {
        const double way = topToBottom ? next.y() - last.y() : next.x() - last.x();
        // A wire that has to go back leaves and arrives in wide bows.
        const double reach = way > 0 ? std::max(way / 2, 16.0) : std::min(40 - way / 2, 160.0);
        const QPointF along = topToBottom ? QPointF(0, reach) : QPointF(reach, 0);
        path.cubicTo(last + along, next - along, next);
        last = next;
    };
    for (const QPointF& point : through) bend(point);
    bend(to);
    return path;
}

QRectF WireItem::boundingRect() const { return path().boundingRect().adjusted(-rim, -24, rim, 24); }

QPainterPath WireItem::shape() const {
    QPainterPathStroker stroker;
    double zoom = 0;
    for (const QGraphicsView* view : scene()->views()) zoom = std::max(zoom, view->transform().m11());
    stroker.setWidth(zoom > 0 ? std::max(grip, gripPixels / zoom) : grip);
    return stroker.createStroke(path());
}

void WireItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    const double zoom = option->levelOfDetailFromTransform(painter->worldTransform());
    const bool strong = m_target || (option->state & QStyle::State_Selected);
    const ColourRole role = !m_wire.fits ? ColourRole::Error : strong ? ColourRole::Accent : ColourRole::Wire;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(themed(role), strong ? 2.5 : 1.4, m_wire.fits ? Qt::SolidLine : Qt::DashLine));
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(path());
    if (zoom < detailsFrom || m_wire.shape.isEmpty()) return;
    const QString words = m_wire.fits ? m_wire.shape : m_wire.shape + QStringLiteral(" ≠");
    const QFontMetricsF metrics(shapeFont());
    QRectF box = metrics.boundingRect(words);
    box.moveCenter(m_middle);
    if (!m_down) box.moveBottom(m_middle.y() - wordsAbove);
    painter->setFont(shapeFont());
    painter->setPen(Qt::NoPen);
    painter->setBrush(themed(ColourRole::Canvas));
    painter->drawRect(box.adjusted(-2, 0, 2, 0));
    painter->setPen(themed(m_wire.fits ? ColourRole::MutedText : ColourRole::Error));
    painter->drawText(box.adjusted(-4, -2, 4, 2), Qt::AlignCenter, words);
}

}  // namespace perceptory::canvas
