#pragma once
// Help ▸ Keys: what the menus, the fields and the pictures do by key and mouse, as one table that can be searched.

#include <QDialog>
#include <vector>

#include "ui/widgets/Gestures.h"

class QLineEdit;
class QMenuBar;
class QTreeWidget;

namespace perceptory::window {

// Every action of the menus that has a key, one group a menu.
std::vector<widgets::GestureGroup> menuKeys(const QMenuBar& bar);
// Every field and button below `page` that an underlined letter leads to.
widgets::GestureGroup fieldKeys(const QWidget& page);

class KeysDialog : public QDialog {
    Q_OBJECT

public:
    explicit KeysDialog(const std::vector<widgets::GestureGroup>& groups, QWidget* parent = nullptr);

    QTreeWidget* table() const { return m_table; }
    QLineEdit* searchField() const { return m_search; }

private:
    void addGroup(const widgets::GestureGroup& group);
    void search(const QString& text);

    QLineEdit* m_search;
    QTreeWidget* m_table;
};

}  // namespace perceptory::window
