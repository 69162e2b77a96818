#include "ui/canvas/NodeAccessible.h"

#include <QWindow>

#include "engine/layers/Layer.h"
#include "ui/canvas/CanvasEdits.h"
#include "ui/canvas/NodeItem.h"
#include "ui/canvas/NodeWords.h"
#include "ui/canvas/ViewAccessible.h"
#include "ui/document/EngineText.h"

namespace perceptory::canvas {

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(NodeAccessible)
};

void chooseOne(NetworkView& view, const std::string& id) {
    view.scene().choose({id});
    if (const NodeItem* node = view.scene().node(id)) view.ensureVisible(node, 60, 60);
}

// What is chosen is read, in the order of the network.
void readChosen(NetworkView& view, const std::string& id) {
    document::Document& document = view.scene().document();
    const std::vector<std::string> sources = view.scene().chosen();
    QString reason;
    if (sources.empty())
        reason = Words::tr("Choose the layer that %1 is to read first.").arg(QString::fromStdString(id));
    document.beginGesture();
    for (const std::string& source : sources)
        if (reason.isEmpty()) reason = document::connectLayers(document, source, {}, id);
    document.endGesture();
    emit view.refused(reason);
}

QString helpOf(const NodeSight& node) {
    const layers::LayerType* type = layers::shelf().find(node.type);
    return type ? document::shelfText(type->help) : QString();
}

}  // namespace

QWindow* NodeAccessible::window() const { return m_view ? m_view->window()->windowHandle() : nullptr; }

QAccessibleInterface* NodeAccessible::parent() const { return QAccessible::queryAccessibleInterface(m_view.data()); }

QList<QPair<QAccessibleInterface*, QAccessible::Relation>> NodeAccessible::relations(
    QAccessible::Relation match) const {
    QList<QPair<QAccessibleInterface*, QAccessible::Relation>> found;
    const auto* list = dynamic_cast<ViewAccessible*>(parent());
    if (!list || !node()) return found;
    const GraphSight& sight = m_view->scene().sight();
    for (const WireSight& wire : sight.wires) {
        const std::string &from = sight.nodes[wire.from].id, &to = sight.nodes[wire.to].id;
        if (to == m_id && match.testFlag(QAccessible::Controller))
            found.append({list->interfaceOf(from), QAccessible::Controller});
        if (from == m_id && match.testFlag(QAccessible::Controlled))
            found.append({list->interfaceOf(to), QAccessible::Controlled});
    }
    return found;
}

QString NodeAccessible::text(QAccessible::Text kind) const {
    const auto index = m_view ? m_view->scene().sight().find(m_id) : std::nullopt;
    if (!index) return {};
    const GraphSight& sight = m_view->scene().sight();
    switch (kind) {
        case QAccessible::Name:
            return QString::fromStdString(m_id);
        case QAccessible::Description:
            return nodeWords(sight, *index);
        case QAccessible::Value:
            return sight.nodes[*index].shape;
        case QAccessible::Help:
            return helpOf(sight.nodes[*index]);
        default:
            return {};
    }
}

void NodeAccessible::setText(QAccessible::Text kind, const QString& text) {
    if (kind != QAccessible::Name || !node()) return;
    emit m_view->refused(document::renameLayer(m_view->scene().document(), m_id, text.trimmed().toStdString()));
}

QRect NodeAccessible::rect() const {
    const NodeItem* item = node();
    if (!item) return {};
    const QRect card = m_view->mapFromScene(item->mapRectToScene(item->card())).boundingRect();
    return {m_view->viewport()->mapToGlobal(card.topLeft()), card.size()};
}

QAccessible::State NodeAccessible::state() const {
    QAccessible::State state;
    const NodeItem* item = node();
    state.invalid = !item;
    if (!item) return state;
    const QRect seen(m_view->viewport()->mapToGlobal(QPoint(0, 0)), m_view->viewport()->size());
    state.focusable = state.selectable = state.extSelectable = true;
    state.selected = item->isSelected();
    state.focused = m_view->hasFocus() && m_view->current() == m_id;
    state.invisible = !m_view->isVisible();
    state.offscreen = !seen.intersects(rect());
    return state;
}

void* NodeAccessible::interface_cast(QAccessible::InterfaceType type) {
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
}

AccessibleActions NodeAccessible::actions() const {
    if (!node()) return std::vector<AccessibleAction>();
    NetworkView* view = m_view;
    const std::string id = m_id;
    const QString name = QString::fromStdString(id);
    return {{
        {pressAction(), Words::tr("Choose"), Words::tr("Chooses this layer alone"), {}, [=] { chooseOne(*view, id); }},
        {toggleAction(),
         Words::tr("Choose too"),
         Words::tr("Chooses this layer too, or no longer"),
         {},
         [=] { view->scene().node(id)->setSelected(!view->scene().node(id)->isSelected()); }},
        {setFocusAction(),
         Words::tr("Go there"),
         Words::tr("Takes the keyboard to this layer"),
         {},
         [=] {
             chooseOne(*view, id);
             view->setFocus(Qt::OtherFocusReason);
         }},
        {QStringLiteral("connect"), Words::tr("Read the chosen layer"),
         Words::tr("Connects what is chosen with this layer"), QStringLiteral("C"), [=] { readChosen(*view, id); }},
        {QStringLiteral("addBehind"), Words::tr("Add a layer behind"),
         Words::tr("Asks for a layer that reads this one"), QStringLiteral("Space"),
         [=] {
             chooseOne(*view, id);
             view->openQuickAdd();
         }},
        {QStringLiteral("settings"), Words::tr("Settings"), Words::tr("Takes the keyboard to the form of this layer"),
         QStringLiteral("Alt+Return"),
         [=] {
             chooseOne(*view, id);
             emit view->settingsWanted();
         }},
        {QStringLiteral("rename"), Words::tr("Rename"), Words::tr("Takes the keyboard to the name of this layer"),
         QStringLiteral("F2"),
         [=] {
             chooseOne(*view, id);
             emit view->renameWanted(name);
         }},
        {showMenuAction(), Words::tr("Menu"), Words::tr("Opens the menu of this layer"), QStringLiteral("Menu"),
         [=] { view->openMenu(id); }},
        {QStringLiteral("delete"), Words::tr("Delete"), Words::tr("Takes this layer and its connections away"),
         QStringLiteral("Del"), [=] { document::removeLayers(view->scene().document(), {id}, false); }},
        {QStringLiteral("deleteAndClose"), Words::tr("Delete and close the gap"),
         Words::tr("What reads this layer reads what it read"), QStringLiteral("Ctrl+Del"),
         [=] { document::removeLayers(view->scene().document(), {id}, true); }},
    }};
}

QString NodeAccessible::localizedActionName(const QString& name) const {
    const AccessibleActions all = actions();
    return all.find(name) ? all.find(name)->label : QString();
}

QString NodeAccessible::localizedActionDescription(const QString& name) const {
    const AccessibleActions all = actions();
    return all.find(name) ? all.find(name)->help : QString();
}

void NodeAccessible::doAction(const QString& name) {
    const AccessibleActions all = actions();
    if (all.find(name)) all.find(name)->run();
}

QStringList NodeAccessible::keyBindingsForAction(const QString& name) const {
    const AccessibleActions all = actions();
    const AccessibleAction* found = all.find(name);
    return found && !found->key.isEmpty() ? QStringList{found->key} : QStringList();
}

}  // namespace perceptory::canvas
