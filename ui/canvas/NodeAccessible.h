#pragma once
// A node of the canvas for screen readers: a row of the list that the view is for them. Valid as long as the network
// has the node. Made and kept by ViewAccessible. GUI thread only.

#include <QAccessible>
#include <QPointer>
#include <string>

#include "ui/canvas/AccessibleActions.h"
#include "ui/canvas/NetworkView.h"

namespace perceptory::canvas {

class NodeAccessible : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    NodeAccessible(NetworkView& view, std::string id) : m_view(&view), m_id(std::move(id)) {}

    const std::string& id() const { return m_id; }
    void rename(std::string id) { m_id = std::move(id); }

    bool isValid() const override { return node(); }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override;
    // What it reads controls it, and it controls what reads it.
    QList<QPair<QAccessibleInterface*, QAccessible::Relation>> relations(QAccessible::Relation match) const override;
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override;
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text kind, const QString& text) override;  // a new name
    QRect rect() const override;
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override;
    void* interface_cast(QAccessible::InterfaceType type) override;

    QStringList actionNames() const override { return actions().names(); }
    QString localizedActionName(const QString& name) const override;
    QString localizedActionDescription(const QString& name) const override;
    void doAction(const QString& name) override;
    QStringList keyBindingsForAction(const QString& name) const override;

private:
    NodeItem* node() const { return m_view ? m_view->scene().node(m_id) : nullptr; }
    AccessibleActions actions() const;

    QPointer<NetworkView> m_view;
    std::string m_id;
};

}  // namespace perceptory::canvas
