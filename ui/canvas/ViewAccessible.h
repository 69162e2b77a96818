#pragma once
// The canvas for screen readers: a list with a row for every node, and the menu of layers while it is open. GUI thread
// only.

#include <QAccessibleWidget>
#include <map>
#include <string>

#include "ui/canvas/AccessibleActions.h"
#include "ui/canvas/NetworkView.h"

namespace perceptory::canvas {

// Views and their menus of layers are this to screen readers from here on. Any number of calls.
void installAccessible();

class ViewAccessible : public QAccessibleWidget {
public:
    explicit ViewAccessible(NetworkView& view) : QAccessibleWidget(&view, QAccessible::List) {}

    // Of a node of the network; it stays the same while the node has its id.
    QAccessibleInterface* interfaceOf(const std::string& id) const;
    void rename(const std::string& before, const std::string& now);
    void forget(const std::string& id);

    int childCount() const override;
    QAccessibleInterface* child(int index) const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QAccessibleInterface* focusChild() const override;
    QString text(QAccessible::Text kind) const override;

    QStringList actionNames() const override;
    QString localizedActionName(const QString& name) const override;
    QString localizedActionDescription(const QString& name) const override;
    void doAction(const QString& name) override;
    QStringList keyBindingsForAction(const QString& name) const override;

protected:
    ~ViewAccessible() override;

private:
    NetworkView& view() const { return *static_cast<NetworkView*>(widget()); }
    AccessibleActions actions() const;

    mutable std::map<std::string, QAccessible::Id> m_nodes;  // as far as somebody asked
};

}  // namespace perceptory::canvas
