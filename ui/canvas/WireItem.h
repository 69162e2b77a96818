#pragma once
// A wire on the canvas, with the shape of what passes. Only paints. GUI thread only.

#include <QGraphicsPathItem>

#include "ui/canvas/GraphSight.h"

namespace perceptory::canvas {

class NodeItem;

class WireItem : public QGraphicsPathItem {
public:
    enum { Type = UserType + 2 };

    WireItem(NodeItem* from, NodeItem* to);

    int type() const override { return Type; }
    QRectF boundingRect() const override;
    QPainterPath shape() const override;  // as wide as a finger of the mouse
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

    void showWire(const WireSight& wire);
    const WireSight& wire() const { return m_wire; }
    NodeItem* from() const { return m_from; }
    NodeItem* to() const { return m_to; }

    // Where it passes the layers between its ends, in the scene's coordinates.
    void setRoute(std::vector<QPointF> route, bool topToBottom);
    // One of its ends has moved.
    void follow();
    // Something is about to be put on it.
    void setTarget(bool target);

    // From one end to the other through the points between, leaving and arriving along the flow.
    static QPainterPath curve(QPointF from, const std::vector<QPointF>& through, QPointF to, bool topToBottom);

private:
    WireSight m_wire;
    NodeItem *m_from, *m_to;
    std::vector<QPointF> m_route;
    QPointF m_middle;
    bool m_down = false, m_target = false;
};

}  // namespace perceptory::canvas
