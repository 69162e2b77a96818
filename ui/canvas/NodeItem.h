#pragma once
// A node on the canvas: a card with name, kind, what it is set to, its parameters and a badge for what is wrong. Only
// paints; edits are the document's. GUI thread only.

#include <QGraphicsItem>

#include "ui/canvas/GraphSight.h"

namespace perceptory::canvas {

// Sizes in canvas units, pixels at 100 %.
inline constexpr double nodeWidth = 148, portReach = 12, portRadius = 4.5;
inline constexpr double layerGap = 60;  // along the flow, with room for a shape on the wire
inline constexpr double nameFrom = 0.12, wordsFrom = 0.4, detailsFrom = 0.6;  // zoom below which words cannot be read

class NodeItem : public QGraphicsItem {
public:
    enum { Type = UserType + 1 };

    NodeItem();

    int type() const override { return Type; }
    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

    // `inputs`: how many wires come in; `free`: whether one more could.
    void showNode(const NodeSight& node, std::size_t inputs, bool free);
    const NodeSight& node() const { return m_node; }
    QString name() const { return QString::fromStdString(m_node.id); }
    static QString title(const NodeSight& node);  // the name, and of a block how often it is repeated

    static QSizeF sizeFor(const NodeSight& node);
    QSizeF size() const { return m_size; }
    QStringList cutWords() const;  // its lines that have not enough room; the tool tip has them whole
    QRectF card() const { return {QPointF(0, 0), m_size}; }

    // Where a click freezes its weights or lets them learn again; empty where there are none.
    QRectF freezeMark() const;

    // In the item's coordinates. A free input is the one behind those taken.
    QPointF inputPoint(std::size_t input) const;
    QPointF outputPoint(const std::string& port = {}) const;
    std::size_t inputs() const { return m_inputs; }
    bool takesMore() const { return m_free; }
    const std::vector<std::string>& ports() const { return m_node.ports; }  // the main output is not among them

    // A wire that is being drawn may end here, or may not: shown as a rim.
    enum class Welcome { None, Yes, No };
    void setWelcome(Welcome welcome);
    void setTopToBottom(bool down);

private:
    QPointF along(double share, bool output) const;
    void paintCard(QPainter& painter, bool selected) const;
    void paintStack(QPainter& painter) const;
    void paintFarAway(QPainter& painter, bool selected) const;
    void paintWords(QPainter& painter) const;
    void paintNameAlone(QPainter& painter, double zoom) const;
    void paintBadge(QPainter& painter) const;
    void paintNote(QPainter& painter) const;
    void paintFreezeMark(QPainter& painter, bool offered) const;
    void paintPorts(QPainter& painter) const;
    void paintNamedOutput(QPainter& painter, const std::string& port) const;
    void paintExit(QPainter& painter) const;

    NodeSight m_node;
    QSizeF m_size;
    std::size_t m_inputs = 0;
    bool m_free = false, m_down = false;
    Welcome m_welcome = Welcome::None;
};

}  // namespace perceptory::canvas
