// The keys of the canvas.

#include <QKeyEvent>
#include <algorithm>
#include <iterator>

#include "ui/canvas/CanvasEdits.h"
#include "ui/canvas/NetworkView.h"
#include "ui/canvas/NodeItem.h"
#include "ui/canvas/WireItem.h"
#include "ui/document/commands/GraphJson.h"

namespace perceptory::canvas {

namespace {

constexpr double wideStep = 20, fineStep = 2;

bool isArrow(int key) {
    return key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
}

QPointF stepOf(int key, double length) {
    switch (key) {
        case Qt::Key_Left:
            return {-length, 0};
        case Qt::Key_Right:
            return {length, 0};
        case Qt::Key_Up:
            return {0, -length};
        default:
            return {0, length};
    }
}

// The nearest of the nodes in the direction of the key, seen from `from`; null: none.
const NodeItem* nearestTowards(const std::vector<NodeItem*>& nodes, const NodeItem& from, int key) {
    const QPointF middle = from.sceneBoundingRect().center(), towards = stepOf(key, 1);
    const NodeItem* best = nullptr;
    double least = 0;
    for (const NodeItem* node : nodes) {
        const QPointF way = node->sceneBoundingRect().center() - middle;
        const double ahead = QPointF::dotProduct(way, towards);
        if (node == &from || ahead <= 1) continue;
        const QPointF aside = way - ahead * towards;
        const double far = ahead + 2 * (std::abs(aside.x()) + std::abs(aside.y()));
        if (!best || far < least) {
            best = node;
            least = far;
        }
    }
    return best;
}

}  // namespace

std::vector<widgets::GestureGroup> NetworkView::gestures() {
    return {{tr("Network of the Studio"),
             {{tr("Space, Shift+A, double-click"), tr("add a layer by its name")},
              {tr("Drag from an output"), tr("connect, or add a layer where you let go")},
              {tr("Drag an input"), tr("take the connection elsewhere, or away")},
              {tr("Drag a layer"), tr("move it; on a wire, put it there")},
              {tr("Alt while dragging"), tr("neither snap nor put on a wire")},
              {tr("Drag on the empty canvas"), tr("choose layers")},
              {tr("Shift+click, Ctrl+click"), tr("choose one more, or one less")},
              {tr("Click on the ice crystal"), tr("freeze the weights of a layer, or let them learn again")},
              {tr("Middle button"), tr("move the canvas")},
              {tr("Ctrl+wheel"), tr("zoom at the mouse")},
              {tr("← →, ↑ ↓"), tr("walk along the wires, among neighbours; with Shift choose more")},
              {tr("Alt+arrows, Alt+Shift+arrows"), tr("move the chosen layers, finely")},
              {tr("C, arrows, Enter"),
               tr("connect the chosen layer with another one, or no longer; C again: another output")},
              {tr("Del, Ctrl+Del"), tr("delete; and close the gap")},
              {tr("Ctrl+C, X, V, Shift+V, D"), tr("copy, cut, paste, paste with inputs, duplicate")},
              {tr("Ctrl+A, Ctrl+J, Ctrl+B"), tr("choose all, join the chosen in order, bypass")},
              {tr("Ctrl+G, Ctrl+Shift+G"), tr("fold the chosen layers into a block; unfold it")},
              {tr("Enter, double-click on a block"), tr("open it; Esc leaves it")},
              {tr("F2, Alt+Enter"), tr("rename; go to the settings")},
              {tr("Esc beside the canvas"), tr("back to it")},
              {tr("Ctrl+L, T"), tr("tidy; turn the direction")},
              {tr("Home, F, Ctrl+0, Ctrl++, Ctrl+−"), tr("show all, the chosen, 100 %, nearer, farther")},
              {tr("M"), tr("show or hide the overview")}}}};
}

// Keys of the canvas come before those of the menus while it has the keyboard.
bool NetworkView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool ctrl = key->modifiers() & Qt::ControlModifier;
        const bool shift = key->modifiers() & Qt::ShiftModifier;
        static constexpr int withCtrl[] = {Qt::Key_C,    Qt::Key_X,     Qt::Key_V,     Qt::Key_D, Qt::Key_A,
                                           Qt::Key_J,    Qt::Key_B,     Qt::Key_L,     Qt::Key_G, Qt::Key_0,
                                           Qt::Key_Plus, Qt::Key_Minus, Qt::Key_Delete};
        static constexpr int alone[] = {Qt::Key_Space, Qt::Key_C,    Qt::Key_F,      Qt::Key_M,
                                        Qt::Key_F2,    Qt::Key_Home, Qt::Key_Delete, Qt::Key_T};
        // With Shift these are of the menus.
        const bool menus = shift && (key->key() == Qt::Key_D || key->key() == Qt::Key_L);
        const bool ours =
            ctrl ? std::ranges::count(withCtrl, key->key()) > 0 && !menus : std::ranges::count(alone, key->key()) > 0;
        if (ours) {
            event->accept();
            return true;
        }
    }
    return QGraphicsView::event(event);
}

void NetworkView::keyPressEvent(QKeyEvent* event) {
    if (m_gesture && event->key() == Qt::Key_Escape) {
        m_gesture->cancel();
        m_gesture.reset();
        return;
    }
    if (!pressKey(*event)) QGraphicsView::keyPressEvent(event);
}

bool NetworkView::pressKey(const QKeyEvent& event) {
    const int key = event.key();
    const bool ctrl = event.modifiers() & Qt::ControlModifier, shift = event.modifiers() & Qt::ShiftModifier;
    const bool alt = event.modifiers() & Qt::AltModifier;
    if (!m_connectFrom.empty() && connectByKey(key)) return true;
    if (isArrow(key)) return walk(key, event.modifiers());
    const std::vector<std::string> chosen = m_scene.chosen();
    const QString one = chosen.size() == 1 ? QString::fromStdString(chosen.front()) : QString();
    if (ctrl) {
        switch (key) {
            case Qt::Key_C:
                return copy(), true;
            case Qt::Key_X:
                return cut(), true;
            case Qt::Key_V:
                return paste(shift), true;
            case Qt::Key_D:
                return duplicate(), true;
            case Qt::Key_A:
                for (NodeItem* node : m_scene.nodes()) node->setSelected(true);
                return true;
            case Qt::Key_J:
                return joinChosen(), true;
            case Qt::Key_B:
                return toggleBypass(), true;
            case Qt::Key_G:
                return shift ? unfold() : fold(), true;
            case Qt::Key_L:
                return tidy(m_scene), true;
            case Qt::Key_0:
                return zoomToFull(), true;
            case Qt::Key_Plus:
            case Qt::Key_Equal:
                return zoomBy(1.2), true;
            case Qt::Key_Minus:
                return zoomBy(1 / 1.2), true;
            case Qt::Key_Delete:
                return deleteChosen(true), true;
            default:
                return false;
        }
    }
    switch (key) {
        case Qt::Key_Space:
            return openQuickAdd(), true;
        case Qt::Key_A:
            if (shift) openQuickAdd();
            return shift;
        case Qt::Key_Delete:
            return deleteChosen(false), true;
        case Qt::Key_Home:
            return fitAll(), true;
        case Qt::Key_F:
            return fitChosen(), true;
        case Qt::Key_T:
            return turn(), true;
        case Qt::Key_M:
            emit mapWanted();
            return true;
        case Qt::Key_F2:
            if (!one.isEmpty()) emit renameWanted(one);
            return true;
        case Qt::Key_C:
            if (one.isEmpty()) return true;
            m_connectFrom = chosen.front();
            return tellTarget(), true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (!alt) return openChosen();
            emit settingsWanted();
            return true;
        case Qt::Key_Escape:
            if (chosen.empty()) return leaveBlock(m_scene);
            return m_scene.choose({}), true;
        default:
            return false;
    }
}

std::string NetworkView::current() const {
    if (m_scene.node(m_connectTo)) return m_connectTo;
    const NodeItem* walker = m_scene.node(m_walker);
    if (walker && walker->isSelected()) return m_walker;
    const std::vector<std::string> chosen = m_scene.chosen();
    return chosen.empty() ? std::string() : chosen.back();
}

// Along the flow to what is read or reads, across it to the nearest one.
bool NetworkView::walk(int key, Qt::KeyboardModifiers modifiers) {
    const std::vector<std::string> chosen = m_scene.chosen();
    if (modifiers & Qt::AltModifier) {
        moveChosen(m_scene, stepOf(key, modifiers & Qt::ShiftModifier ? fineStep : wideStep));
        return true;
    }
    if (chosen.empty()) {
        if (!m_scene.nodes().empty()) m_scene.choose({m_scene.sight().nodes.front().id});
        showChosen();
        return true;
    }
    const NodeItem* from = m_scene.node(current());
    const bool down = m_scene.direction() == Direction::TopToBottom;
    const bool forwards = key == (down ? Qt::Key_Down : Qt::Key_Right);
    const bool backwards = key == (down ? Qt::Key_Up : Qt::Key_Left);
    std::vector<NodeItem*> wired;
    for (const WireItem* wire : m_scene.wires()) {
        if (forwards && wire->from() == from) wired.push_back(wire->to());
        if (backwards && wire->to() == from) wired.push_back(wire->from());
    }
    const NodeItem* next = wired.empty() ? nearestTowards(m_scene.nodes(), *from, key) : wired.front();
    if (!next) return true;
    m_walker = next->node().id;
    std::vector<std::string> now{m_walker};
    if (modifiers & Qt::ShiftModifier) now.insert(now.end(), chosen.begin(), chosen.end());
    m_scene.choose(now);
    ensureVisible(next, 60, 60);
    emit currentChanged();
    return true;
}

// The one that reads is chosen as long as it is looked for, with the rim of a welcome or of a refusal.
void NetworkView::stopConnecting() {
    if (m_connectFrom.empty()) return;
    if (NodeItem* last = m_scene.node(m_connectTo)) last->setWelcome(NodeItem::Welcome::None);
    m_connectFrom.clear();
    m_connectPort.clear();
    m_connectTo.clear();
    emit refused({});
    emit currentChanged();
}

bool NetworkView::connectByKey(int key) {
    const NodeItem* from = m_scene.node(m_connectFrom);
    const NodeItem* target = m_scene.node(m_connectTo.empty() ? m_connectFrom : m_connectTo);
    if (!from || !target || key == Qt::Key_Escape) return stopConnecting(), true;
    document::Document& document = m_scene.document();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        const std::string to = m_connectTo, source = m_connectFrom, port = m_connectPort;
        const std::optional<document::Wire> wire = wireToTarget();
        stopConnecting();
        if (wire) return document::disconnectLayers(document, *wire), true;
        const QString reason = to.empty() ? QString() : document::connectLayers(document, source, port, to);
        if (!reason.isEmpty()) emit refused(reason);
        return true;
    }
    if (key == Qt::Key_C) {
        takeNextPort();
        return tellTarget(), true;
    }
    if (!isArrow(key)) return false;
    const NodeItem* next = nearestTowards(m_scene.nodes(), *target, key);
    if (!next || next == from) return true;
    if (NodeItem* last = m_scene.node(m_connectTo)) last->setWelcome(NodeItem::Welcome::None);
    m_connectTo = next->node().id;
    ensureVisible(next, 60, 60);
    tellTarget();
    emit currentChanged();
    return true;
}

// That there is already.
std::optional<document::Wire> NetworkView::wireToTarget() const {
    for (const document::Wire& wire : document::wiresOf(m_scene.document()))
        if (wire.from == m_connectFrom && wire.port == m_connectPort && wire.to == m_connectTo) return wire;
    return {};
}

void NetworkView::takeNextPort() {
    const document::Nodes* nodes = document::nodesOf(m_scene.document().graph());
    const base::Json* node = nodes ? document::nodeOf(*nodes, m_connectFrom) : nullptr;
    std::vector<std::string> ports{""};
    if (node) std::ranges::copy(document::portsOf(*node), std::back_inserter(ports));
    const auto now = std::ranges::find(ports, m_connectPort);
    m_connectPort = now == ports.end() || now + 1 == ports.end() ? ports.front() : *(now + 1);
}

void NetworkView::tellTarget() {
    const QString source = QString::fromStdString(document::Source{m_connectFrom, m_connectPort}.text());
    NodeItem* target = m_scene.node(m_connectTo);
    if (!target)
        return emit refused(
            tr("Arrows choose what reads %1, C another output, Enter connects, Esc gives up.").arg(source));
    const bool there = wireToTarget().has_value();
    const QString reason =
        there ? QString() : document::whyNotConnect(m_scene.document(), m_connectFrom, m_connectPort, m_connectTo);
    target->setWelcome(reason.isEmpty() ? NodeItem::Welcome::Yes : NodeItem::Welcome::No);
    emit refused(there ? tr("%1 reads %2: Enter takes the connection away.").arg(target->name(), source) : reason);
}

}  // namespace perceptory::canvas
