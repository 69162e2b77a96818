#include "ui/canvas/CanvasGesture.h"

#include <QLineF>
#include <QPen>
#include <algorithm>

#include "ui/canvas/CanvasEdits.h"
#include "ui/canvas/NodeItem.h"
#include "ui/canvas/WireItem.h"
#include "ui/widgets/Theme.h"

namespace perceptory::canvas {

namespace {

constexpr double snapReach = 8, portGrip = 11;

class MoveGesture : public CanvasGesture {
public:
    MoveGesture(NetworkScene& scene, NodeItem& grip, QPointF from)
        : m_scene(scene), m_grip(grip.node().id), m_from(from) {
        for (const std::string& id : scene.chosen()) m_before[id] = scene.node(id)->pos();
        const auto touches = [&](const WireSight& wire) {
            return scene.sight().nodes[wire.from].id == m_grip || scene.sight().nodes[wire.to].id == m_grip;
        };
        m_isLoose =
            m_before.size() == 1 && grip.node().type != "input" && std::ranges::none_of(scene.sight().wires, touches);
    }

    void move(QPointF place, bool free) override {
        QPointF step = place - m_from;
        if (!free) step += snap(m_before[m_grip] + step);
        for (const auto& [id, before] : m_before)
            if (NodeItem* node = m_scene.node(id)) m_scene.drag(*node, before + step);
        m_hasMoved = m_hasMoved || QLineF({}, step).length() > 0;
        m_scene.aimAt(free || !m_isLoose ? nullptr : wireBelow());
    }

    void finish(QPointF) override {
        if (!m_hasMoved) return;
        const std::map<std::string, QPointF> now = m_scene.places();
        const WireItem* wire = m_scene.aimedWire();
        const std::optional<document::Wire> target = wire ? std::optional(wireOf(m_scene, wire->wire())) : std::nullopt;
        m_scene.aimAt(nullptr);
        m_scene.document().beginGesture();
        document::moveLayers(m_scene.document(), now);
        if (target) document::insertNode(m_scene.document(), m_grip, *target);
        m_scene.document().endGesture();
    }

    void cancel() override {
        m_scene.aimAt(nullptr);
        for (const auto& [id, before] : m_before)
            if (NodeItem* node = m_scene.node(id)) m_scene.drag(*node, before);
    }

private:
    // To the column or row of another layer that is near.
    QPointF snap(QPointF place) const {
        QPointF best;
        double x = snapReach, y = snapReach;
        for (const NodeItem* node : m_scene.nodes()) {
            if (m_before.contains(node->node().id)) continue;
            const QPointF way = node->pos() - place;
            if (std::abs(way.x()) < x) x = std::abs(way.x()), best.setX(way.x());
            if (std::abs(way.y()) < y) y = std::abs(way.y()), best.setY(way.y());
        }
        return best;
    }

    WireItem* wireBelow() const {
        const NodeItem* node = m_scene.node(m_grip);
        return node ? m_scene.wireAt(node->pos() + node->card().center()) : nullptr;
    }

    NetworkScene& m_scene;
    std::string m_grip;
    QPointF m_from;
    std::map<std::string, QPointF> m_before;
    bool m_isLoose = false, m_hasMoved = false;
};

class WireGesture : public CanvasGesture {
public:
    WireGesture(NetworkScene& scene, NodeItem& from, std::string port, std::optional<WireSight> taken, WireTalk talk)
        : m_scene(scene), m_from(from.node().id), m_port(std::move(port)), m_taken(taken), m_talk(std::move(talk)) {
        m_line.setPen(QPen(widgets::themed(widgets::ColourRole::Accent), 2, Qt::DashLine));
        m_line.setZValue(2);
        scene.addItem(&m_line);
        if (m_taken) m_wireThere = wireOf(scene, *m_taken);
    }
    ~WireGesture() override { m_scene.removeItem(&m_line); }

    void move(QPointF place, bool) override {
        const NodeItem* from = m_scene.node(m_from);
        if (!from) return;
        m_line.setPath(WireItem::curve(from->pos() + from->outputPoint(m_port), {}, place,
                                       m_scene.direction() == Direction::TopToBottom));
        NodeItem* target = m_scene.nodeAt(place);
        welcome(target && target->node().id != m_from ? target : nullptr);
    }

    void finish(QPointF place) override {
        const std::string to = m_target;
        const QString reason = to.empty() ? QString() : reasonAgainst(to);
        welcome(nullptr);
        if (to.empty()) return letGo(place);
        if (!reason.isEmpty()) return m_talk.refused(reason);
        if (m_wireThere && m_wireThere->to == to) return;
        m_scene.document().beginGesture();
        if (m_wireThere) document::disconnectLayers(m_scene.document(), *m_wireThere);
        document::connectLayers(m_scene.document(), m_from, m_port, to);
        m_scene.document().endGesture();
    }

    void cancel() override { welcome(nullptr); }

private:
    // A wire that was taken up goes; a new one asks for a layer.
    void letGo(QPointF place) {
        if (m_wireThere) return document::disconnectLayers(m_scene.document(), *m_wireThere);
        const NodeItem* from = m_scene.node(m_from);
        if (from && !from->sceneBoundingRect().contains(place)) m_talk.openEnd(m_from, m_port, place);
    }

    QString reasonAgainst(const std::string& to) const {
        if (m_wireThere && m_wireThere->to == to) return {};
        return document::whyNotConnect(m_scene.document(), m_from, m_port, to);
    }

    void welcome(NodeItem* target) {
        const std::string id = target ? target->node().id : std::string();
        if (id == m_target) return;
        if (NodeItem* last = m_scene.node(m_target)) last->setWelcome(NodeItem::Welcome::None);
        m_target = id;
        const QString reason = target ? reasonAgainst(id) : QString();
        if (target) target->setWelcome(reason.isEmpty() ? NodeItem::Welcome::Yes : NodeItem::Welcome::No);
        m_talk.refused(reason);
    }

    NetworkScene& m_scene;
    std::string m_from, m_port, m_target;
    std::optional<WireSight> m_taken;
    std::optional<document::Wire> m_wireThere;
    WireTalk m_talk;
    QGraphicsPathItem m_line;
};

}  // namespace

std::unique_ptr<CanvasGesture> moveGesture(NetworkScene& scene, NodeItem& grip, QPointF from) {
    return std::make_unique<MoveGesture>(scene, grip, from);
}

std::unique_ptr<CanvasGesture> wireGesture(NetworkScene& scene, NodeItem& from, std::string port,
                                           std::optional<WireSight> taken, WireTalk talk) {
    return std::make_unique<WireGesture>(scene, from, std::move(port), taken, std::move(talk));
}

std::optional<PortAt> portAt(const NodeItem& node, QPointF place) {
    const QPointF inside = place - node.pos();
    const auto near = [&](QPointF port) { return QLineF(port, inside).length() <= portGrip; };
    for (const std::string& port : node.ports())
        if (near(node.outputPoint(port))) return PortAt{true, port, 0};
    if (near(node.outputPoint())) return PortAt{true, {}, 0};
    for (std::size_t i = 0; i < node.inputs(); ++i)
        if (near(node.inputPoint(i))) return PortAt{false, {}, i};
    return {};
}

}  // namespace perceptory::canvas
