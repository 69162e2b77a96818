#include "ui/canvas/NetworkView.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTimer>
#include <algorithm>
#include <cmath>

#include "ui/canvas/AccessibleEvents.h"
#include "ui/canvas/CanvasEdits.h"
#include "ui/canvas/NodeItem.h"
#include "ui/canvas/QuickAdd.h"
#include "ui/canvas/WireItem.h"
#include "ui/document/commands/GraphClipboard.h"
#include "ui/document/commands/LayerValues.h"
#include "ui/widgets/Theme.h"

namespace perceptory::canvas {

namespace {

constexpr double leastZoom = 0.05, mostZoom = 3, readable = 0.8, wheelZoom = 1.2, room = 24;
constexpr QPointF pasteOffset(32, 32);

QString typeOf(const QMimeData* data) { return QString::fromUtf8(data->data(QString::fromLatin1(layerMimeType))); }

}  // namespace

NetworkView::NetworkView(NetworkScene& scene, QWidget* parent)
    : QGraphicsView(&scene, parent), m_scene(scene), m_quickAdd(new QuickAdd(this)) {
    setAcceptDrops(true);
    setDragMode(RubberBandDrag);
    setRubberBandSelectionMode(Qt::IntersectsItemShape);
    setTransformationAnchor(AnchorUnderMouse);
    setViewportUpdateMode(SmartViewportUpdate);
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Network"));
    new AccessibleEvents(*this);
    viewport()->setMouseTracking(true);
    connect(m_quickAdd, &QuickAdd::chosen, this, &NetworkView::addAsked);
    connect(&scene, &NetworkScene::shown, this, [this] { viewport()->update(); });
    connect(&scene.document(), &document::Document::openBlockChanged, this, &NetworkView::showStart);
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

NetworkView::~NetworkView() = default;

void NetworkView::fitAll() {
    QRectF all;
    for (const NodeItem* node : m_scene.nodes()) all |= node->sceneBoundingRect();
    if (all.isEmpty()) return;
    fitInView(all.adjusted(-room, -room, room, room), Qt::KeepAspectRatio);
    if (zoom() <= 1) return;
    zoomToFull();
    centerOn(all.center());
}

void NetworkView::showStart() {
    fitAll();
    if (zoom() >= readable || m_scene.nodes().empty()) return;
    scale(readable / zoom(), readable / zoom());
    const NodeItem* first = m_scene.nodes().front();
    for (const NodeItem* node : m_scene.nodes())
        if (node->x() + node->y() < first->x() + first->y()) first = node;
    const QRectF seen = mapToScene(viewport()->rect()).boundingRect();
    const QPointF corner = first->sceneBoundingRect().topLeft();
    const bool down = m_scene.direction() == Direction::TopToBottom;
    centerOn(down ? QPointF(first->sceneBoundingRect().center().x(), corner.y() - room + seen.height() / 2)
                  : QPointF(corner.x() - room + seen.width() / 2, first->sceneBoundingRect().center().y()));
}

void NetworkView::fitChosen() {
    QRectF all;
    for (const std::string& id : m_scene.chosen()) all |= m_scene.node(id)->sceneBoundingRect();
    if (all.isEmpty()) return fitAll();
    fitInView(all.adjusted(-room, -room, room, room), Qt::KeepAspectRatio);
    if (zoom() <= 1) return;
    zoomToFull();
    centerOn(all.center());
}

void NetworkView::zoomBy(double factor) {
    const double wanted = std::clamp(zoom() * factor, leastZoom, mostZoom);
    scale(wanted / zoom(), wanted / zoom());
}

void NetworkView::zoomToFull() { scale(1 / zoom(), 1 / zoom()); }

void NetworkView::openQuickAdd() {
    const std::string behind = m_scene.lastChosen();
    QPoint place = viewport()->rect().center();
    if (const NodeItem* node = m_scene.node(behind)) {
        ensureVisible(node, 80, 80);
        place = mapFromScene(node->sceneBoundingRect().topRight());
    }
    askFor({behind, {}, {}, {}}, viewport()->mapToGlobal(place));
}

void NetworkView::askFor(Spot spot, QPoint global) {
    m_spot = std::move(spot);
    std::string source = m_spot.behind;
    if (m_spot.wire) source = m_scene.sight().nodes[m_spot.wire->from].id;
    const QString behind = source.empty() ? QString() : tr("behind %1").arg(QString::fromStdString(source));
    m_quickAdd->openAt(global, m_scene.outputOf(source), behind);
}

void NetworkView::addAsked(const QString& type) {
    const std::string id = type.toStdString();
    if (m_spot.wire)
        addOnWire(m_scene, id, *m_spot.wire);
    else if (m_spot.place && !m_spot.behind.empty())
        addAtWireEnd(m_scene, id, m_spot.behind, m_spot.port, *m_spot.place);
    else if (m_spot.place)
        addAt(m_scene, id, *m_spot.place);
    else
        addBehind(m_scene, id, m_spot.behind);
    setFocus();
    showChosen();
}

void NetworkView::showChosen() {
    for (const std::string& id : m_scene.chosen()) ensureVisible(m_scene.node(id), 60, 60);
}

void NetworkView::deleteChosen(bool heal) {
    std::vector<document::Wire> wires;
    for (const WireItem* wire : m_scene.wires())
        if (wire->isSelected()) wires.push_back(wireOf(m_scene, wire->wire()));
    const std::vector<std::string> chosen = m_scene.chosen();
    m_scene.document().beginGesture();
    // From behind, since an input taken away moves those that follow.
    for (auto wire = wires.rbegin(); wire != wires.rend(); ++wire)
        document::disconnectLayers(m_scene.document(), *wire);
    if (!chosen.empty()) document::removeLayers(m_scene.document(), chosen, heal);
    m_scene.document().endGesture();
}

void NetworkView::copy() {
    const std::vector<std::string> chosen = m_scene.chosen();
    if (!chosen.empty()) QGuiApplication::clipboard()->setText(document::copyText(m_scene.document(), chosen));
}

void NetworkView::cut() {
    copy();
    deleteChosen(false);
}

void NetworkView::paste(bool keepInputs) {
    const std::vector<std::string> added =
        document::pasteText(m_scene.document(), QGuiApplication::clipboard()->text(), keepInputs, pasteOffset);
    if (added.empty()) return emit refused(tr("What was copied holds no layers that could be put here."));
    m_scene.choose(added);
    showChosen();
}

void NetworkView::duplicate() {
    m_scene.choose(document::duplicateLayers(m_scene.document(), m_scene.chosen(), pasteOffset));
    showChosen();
}

void NetworkView::toggleBypass() {
    const std::vector<std::string> chosen = m_scene.chosen();
    const bool all = std::ranges::all_of(chosen, [&](const auto& id) { return m_scene.node(id)->node().bypassed; });
    if (!chosen.empty()) document::setBypass(m_scene.document(), chosen, !all);
}

void NetworkView::toggleFrozen() {
    const std::vector<std::string> chosen = m_scene.chosen();
    const bool all = std::ranges::all_of(chosen, [&](const auto& id) { return m_scene.node(id)->node().frozen; });
    if (!chosen.empty()) document::setTrainable(m_scene.document(), chosen, all);
}

void NetworkView::joinChosen() {
    const QString reason = document::joinLayers(m_scene.document(), m_scene.chosen());
    if (!reason.isEmpty()) emit refused(reason);
}

void NetworkView::fold() {
    emit refused(foldChosen(m_scene));
    showChosen();
}

void NetworkView::unfold() {
    emit refused(unfoldChosen(m_scene));
    showChosen();
}

bool NetworkView::openChosen() {
    const std::vector<std::string> chosen = m_scene.chosen();
    return chosen.size() == 1 && openBlock(m_scene, chosen.front());
}

void NetworkView::turn() {
    canvas::turn(m_scene);
    fitAll();
}

void NetworkView::mousePressEvent(QMouseEvent* event) {
    stopConnecting();  // by keys
    if (event->button() == Qt::MiddleButton) {
        m_panFrom = event->pos();
        viewport()->setCursor(Qt::ClosedHandCursor);
        return;
    }
    if (event->button() == Qt::LeftButton) beginGesture(event);
    if (!m_gesture && !event->isAccepted()) QGraphicsView::mousePressEvent(event);
}

void NetworkView::beginGesture(QMouseEvent* event) {
    event->ignore();
    const QPointF place = mapToScene(event->pos());
    NodeItem* node = m_scene.nodeAt(place);
    if (!node) return;
    event->accept();
    press(*node, place, event->modifiers());
}

void NetworkView::press(NodeItem& node, QPointF place, Qt::KeyboardModifiers modifiers) {
    if (const auto port = portAt(node, place)) {
        const WireTalk talk{[this](const QString& reason) { emit refused(reason); },
                            [this](const std::string& from, const std::string& output, QPointF where) {
                                askFor({from, output, where, {}}, viewport()->mapToGlobal(mapFromScene(where)));
                            }};
        if (port->isOutput) {
            m_gesture = wireGesture(m_scene, node, port->port, {}, talk);
            return;
        }
        for (const WireItem* wire : m_scene.wires())
            if (wire->to() == &node && wire->wire().input == port->input) {
                m_gesture = wireGesture(m_scene, *wire->from(), wire->wire().port, wire->wire(), talk);
                return;
            }
    }
    if (node.freezeMark().contains(node.mapFromScene(place)))
        return document::setTrainable(m_scene.document(), {node.node().id}, node.node().frozen);
    const bool more = modifiers & (Qt::ShiftModifier | Qt::ControlModifier);
    if (more) {
        node.setSelected(!node.isSelected());
        return;
    }
    if (!node.isSelected()) m_scene.choose({node.node().id});
    m_gesture = moveGesture(m_scene, node, place);
}

void NetworkView::mouseMoveEvent(QMouseEvent* event) {
    if (m_panFrom) {
        const QPoint step = event->pos() - *m_panFrom;
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - step.x());
        verticalScrollBar()->setValue(verticalScrollBar()->value() - step.y());
        m_panFrom = event->pos();
    } else if (m_gesture) {
        m_gesture->move(mapToScene(event->pos()), event->modifiers() & Qt::AltModifier);
    } else {
        const NodeItem* node = m_scene.nodeAt(mapToScene(event->pos()));
        const bool onPort = node && portAt(*node, mapToScene(event->pos()));
        viewport()->setCursor(onPort ? Qt::CrossCursor : Qt::ArrowCursor);
        QGraphicsView::mouseMoveEvent(event);
    }
}

void NetworkView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::MiddleButton && m_panFrom) {
        m_panFrom.reset();
        viewport()->unsetCursor();
        return;
    }
    if (!m_gesture) return QGraphicsView::mouseReleaseEvent(event);
    const auto gesture = std::move(m_gesture);  // finishing may begin something else
    gesture->finish(mapToScene(event->pos()));
}

void NetworkView::mouseDoubleClickEvent(QMouseEvent* event) {
    const QPointF place = mapToScene(event->pos());
    if (const NodeItem* node = m_scene.nodeAt(place)) {
        if (!openBlock(m_scene, std::string(node->node().id))) emit settingsWanted();
        return;
    }
    if (const WireItem* wire = m_scene.wireAt(place))
        return askFor({{}, {}, {}, wire->wire()}, event->globalPosition().toPoint());
    askFor({{}, {}, place, {}}, event->globalPosition().toPoint());
}

void NetworkView::wheelEvent(QWheelEvent* event) {
    if (!(event->modifiers() & Qt::ControlModifier)) return QGraphicsView::wheelEvent(event);
    zoomBy(std::pow(wheelZoom, event->angleDelta().y() / 120.0));
    event->accept();
}

void NetworkView::contextMenuEvent(QContextMenuEvent* event) {
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QPointF place = mapToScene(byKey ? viewport()->rect().center() : event->pos());
    const NodeItem* node =
        byKey && !m_scene.chosen().empty() ? m_scene.node(m_scene.chosen().front()) : m_scene.nodeAt(place);
    const WireItem* wire = node ? nullptr : m_scene.wireAt(place);
    const QPointF below = node ? node->sceneBoundingRect().bottomLeft() : place;
    const QPoint where = byKey ? viewport()->mapToGlobal(mapFromScene(below)) : event->globalPos();
    QMenu menu(this);
    if (node) {
        if (!node->isSelected()) m_scene.choose({node->node().id});
        menu.addAction(tr("&Add a layer behind…"), this, &NetworkView::openQuickAdd);
        menu.addAction(tr("Re&name…"), this, [this, name = node->name()] { emit renameWanted(name); });
        menu.addSeparator();
        QAction* bypass = menu.addAction(tr("&Bypass"), this, &NetworkView::toggleBypass);
        bypass->setCheckable(true);
        bypass->setChecked(node->node().bypassed);
        QAction* frozen = menu.addAction(tr("&Freeze its weights"), this, &NetworkView::toggleFrozen);
        frozen->setCheckable(true);
        frozen->setChecked(node->node().frozen);
        menu.addSeparator();
        menu.addAction(tr("Cu&t"), this, &NetworkView::cut);
        menu.addAction(tr("&Copy"), this, &NetworkView::copy);
        menu.addAction(tr("D&uplicate"), this, &NetworkView::duplicate);
        if (node->node().repeat > 0) {
            menu.addAction(tr("&Open the block"), this, &NetworkView::openChosen);
            menu.addAction(tr("Unfold th&e block"), this, &NetworkView::unfold);
        } else {
            menu.addAction(tr("Fold &into a block"), this, &NetworkView::fold);
        }
        menu.addSeparator();
        menu.addAction(tr("&Delete"), this, [this] { deleteChosen(false); });
        menu.addAction(tr("Delete and c&lose the gap"), this, [this] { deleteChosen(true); });
    } else if (wire) {
        menu.addAction(tr("&Put a layer on it…"), this, [this, sight = wire->wire(), where] {
            askFor({{}, {}, {}, sight}, where);
        });
        menu.addAction(tr("&Delete"), this, [this, gone = wireOf(m_scene, wire->wire())] {
            document::disconnectLayers(m_scene.document(), gone);
        });
    } else {
        menu.addAction(tr("&Add a layer here…"), this, [this, place, where] { askFor({{}, {}, place, {}}, where); });
        menu.addAction(tr("&Paste"), this, [this] { paste(); });
        if (!m_scene.document().openBlock().empty())
            menu.addAction(tr("&Leave the block"), this, [this] { leaveBlock(m_scene); });
        menu.addSeparator();
        menu.addAction(tr("&Tidy"), this, [this] { tidy(m_scene); });
        menu.addAction(tr("Turn the &direction"), this, &NetworkView::turn);
        menu.addAction(tr("&Show all"), this, &NetworkView::fitAll);
    }
    menu.exec(where);
}

// A menu has a loop of its own, and who asked waits for an answer.
void NetworkView::openMenu(const std::string& id) {
    m_scene.choose({id});
    showChosen();
    QTimer::singleShot(0, this, [this] {
        QContextMenuEvent asked(QContextMenuEvent::Keyboard, {}, {});
        contextMenuEvent(&asked);
    });
}

void NetworkView::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasFormat(QString::fromLatin1(layerMimeType))) event->acceptProposedAction();
}

void NetworkView::dragMoveEvent(QDragMoveEvent* event) {
    aimUnder(*event);
    event->acceptProposedAction();
}

// On a wire, on a layer, or beside them.
void NetworkView::aimUnder(const QDropEvent& event) {
    const QPointF place = mapToScene(event.position().toPoint());
    NodeItem* node = m_scene.nodeAt(place);
    const bool free = event.modifiers() & Qt::AltModifier;
    m_scene.aimAt(node || free ? nullptr : m_scene.wireAt(place), node);
}

void NetworkView::dragLeaveEvent(QDragLeaveEvent*) { m_scene.aimAt(nullptr); }

void NetworkView::dropEvent(QDropEvent* event) {
    const std::string type = typeOf(event->mimeData()).toStdString();
    aimUnder(*event);  // on a busy machine the last move was elsewhere
    const WireItem* wire = m_scene.aimedWire();
    const NodeItem* node = m_scene.aimedNode();
    if (wire)
        addOnWire(m_scene, type, WireSight(wire->wire()));
    else if (node)
        addBehind(m_scene, type, std::string(node->node().id));
    else
        addAt(m_scene, type, mapToScene(event->position().toPoint()));
    m_scene.aimAt(nullptr);
    event->acceptProposedAction();
    setFocus();
    showChosen();
}

void NetworkView::drawBackground(QPainter* painter, const QRectF& rect) {
    painter->fillRect(rect, widgets::themed(widgets::ColourRole::Canvas));
    if (m_scene.nodes().empty()) showEmpty(*painter);
}

void NetworkView::showEmpty(QPainter& painter) const {
    painter.save();
    painter.resetTransform();
    painter.setPen(widgets::themed(widgets::ColourRole::MutedText));
    painter.drawText(
        viewport()->rect(), Qt::AlignCenter,
        tr("No layers yet.\nDrag one from the list, double-click here, or press Space and type its name."));
    painter.restore();
}

}  // namespace perceptory::canvas
