#include "ui/canvas/ViewAccessible.h"

#include "ui/canvas/CanvasEdits.h"
#include "ui/canvas/NodeAccessible.h"
#include "ui/canvas/QuickAdd.h"

namespace perceptory::canvas {

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(ViewAccessible)
};

// Typing is done in its field; this takes the layer that is lit.
class QuickAddAccessible : public QAccessibleWidget {
public:
    explicit QuickAddAccessible(QuickAdd& menu) : QAccessibleWidget(&menu, QAccessible::Dialog), m_menu(menu) {}

    QStringList actionNames() const override { return {pressAction()}; }
    QString localizedActionDescription(const QString&) const override {
        return Words::tr("Adds the layer that is lit");
    }
    void doAction(const QString& name) override {
        if (name == pressAction()) m_menu.take();
    }
    QStringList keyBindingsForAction(const QString&) const override { return {QStringLiteral("Return")}; }

private:
    QuickAdd& m_menu;
};

QAccessibleInterface* make(const QString& type, QObject* object) {
    if (type == QLatin1String(NetworkView::staticMetaObject.className()))
        return new ViewAccessible(*static_cast<NetworkView*>(object));
    if (type == QLatin1String(QuickAdd::staticMetaObject.className()))
        return new QuickAddAccessible(*static_cast<QuickAdd*>(object));
    return nullptr;
}

}  // namespace

void installAccessible() {
    QAccessible::removeFactory(make);
    QAccessible::installFactory(make);
}

ViewAccessible::~ViewAccessible() {
    for (const auto& [id, number] : m_nodes) QAccessible::deleteAccessibleInterface(number);
}

QAccessibleInterface* ViewAccessible::interfaceOf(const std::string& id) const {
    QAccessible::Id& number = m_nodes[id];
    if (number == 0) number = QAccessible::registerAccessibleInterface(new NodeAccessible(view(), id));
    return QAccessible::accessibleInterface(number);
}

void ViewAccessible::rename(const std::string& before, const std::string& now) {
    forget(now);
    static_cast<NodeAccessible*>(interfaceOf(before))->rename(now);
    m_nodes[now] = m_nodes[before];
    m_nodes.erase(before);
}

void ViewAccessible::forget(const std::string& id) {
    const auto found = m_nodes.find(id);
    if (found == m_nodes.end()) return;
    QAccessible::deleteAccessibleInterface(found->second);
    m_nodes.erase(found);
}

int ViewAccessible::childCount() const {
    return static_cast<int>(view().scene().sight().nodes.size()) + (view().quickAdd()->isVisible() ? 1 : 0);
}

QAccessibleInterface* ViewAccessible::child(int index) const {
    const auto& nodes = view().scene().sight().nodes;
    if (index < 0 || index >= childCount()) return nullptr;
    if (index == static_cast<int>(nodes.size())) return QAccessible::queryAccessibleInterface(view().quickAdd());
    return interfaceOf(nodes[static_cast<std::size_t>(index)].id);
}

int ViewAccessible::indexOfChild(const QAccessibleInterface* child) const {
    const GraphSight& sight = view().scene().sight();
    if (child && child->object() == view().quickAdd()) return static_cast<int>(sight.nodes.size());
    const auto* node = dynamic_cast<const NodeAccessible*>(child);
    const auto index = node ? sight.find(node->id()) : std::nullopt;
    return index ? static_cast<int>(*index) : -1;
}

QAccessibleInterface* ViewAccessible::focusChild() const {
    const std::string current = view().current();
    return view().hasFocus() && !current.empty() ? interfaceOf(current) : QAccessibleWidget::focusChild();
}

QString ViewAccessible::text(QAccessible::Text kind) const {
    if (kind != QAccessible::Description) return QAccessibleWidget::text(kind);
    const auto layers = static_cast<int>(view().scene().sight().nodes.size());
    return layers == 0 ? Words::tr("No layers yet") : Words::tr("%n layers", nullptr, layers);
}

AccessibleActions ViewAccessible::actions() const {
    NetworkView* shown = &view();
    return {{
        {QStringLiteral("addLayer"), Words::tr("Add a layer"),
         Words::tr("Asks for a layer, which reads the chosen one"), QStringLiteral("Space"),
         [=] { shown->openQuickAdd(); }},
        {QStringLiteral("paste"), Words::tr("Paste"), Words::tr("Adds the layers that were copied"),
         QStringLiteral("Ctrl+V"), [=] { shown->paste(); }},
        {QStringLiteral("tidy"), Words::tr("Tidy"), Words::tr("Lays the network out anew"), QStringLiteral("Ctrl+L"),
         [=] { tidy(shown->scene()); }},
        {QStringLiteral("turn"), Words::tr("Turn"), Words::tr("From left to right, or from top to bottom"),
         QStringLiteral("T"), [=] { shown->turn(); }},
        {QStringLiteral("showAll"), Words::tr("Show all"), Words::tr("As large as it fits"), QStringLiteral("Home"),
         [=] { shown->fitAll(); }},
    }};
}

QStringList ViewAccessible::actionNames() const { return QAccessibleWidget::actionNames() + actions().names(); }

QString ViewAccessible::localizedActionName(const QString& name) const {
    const AccessibleActions all = actions();
    return all.find(name) ? all.find(name)->label : QAccessibleWidget::localizedActionName(name);
}

QString ViewAccessible::localizedActionDescription(const QString& name) const {
    const AccessibleActions all = actions();
    return all.find(name) ? all.find(name)->help : QAccessibleWidget::localizedActionDescription(name);
}

void ViewAccessible::doAction(const QString& name) {
    const AccessibleActions all = actions();
    if (all.find(name)) return all.find(name)->run();
    QAccessibleWidget::doAction(name);
}

QStringList ViewAccessible::keyBindingsForAction(const QString& name) const {
    const AccessibleActions all = actions();
    return all.find(name) ? QStringList{all.find(name)->key} : QAccessibleWidget::keyBindingsForAction(name);
}

}  // namespace perceptory::canvas
