#pragma once
// Every action of the menu bar with its key. The window and tests find them by name.

#include <QAction>
#include <QMenuBar>
#include <functional>
#include <map>

namespace perceptory::window {

// The text of an action, button or label as it is read: without the mark of the underlined letter.
QString plainText(QString text);

class MenuActions {
public:
    explicit MenuActions(QMenuBar& bar) : m_bar(bar) {}

    // Adds to the menu made last.
    QMenu* menu(const QString& title);
    QAction* add(const QString& name, const QString& text, const QKeySequence& key, std::function<void()> triggered);
    void addSeparator() { m_menu->addSeparator(); }
    void addMenu(QMenu* menu) { m_menu->addMenu(menu); }
    // One made elsewhere, such as undo.
    void take(const QString& name, QAction* action, const QKeySequence& key);

    QAction* find(const QString& name) const;
    void setIcon(const QString& name, const QString& icon);
    // Draws the icons in the theme's colours.
    void showTheme();

private:
    QMenuBar& m_bar;
    QMenu* m_menu = nullptr;
    std::vector<QAction*> m_actions;
    std::map<QAction*, QString> m_icons;
};

}  // namespace perceptory::window
