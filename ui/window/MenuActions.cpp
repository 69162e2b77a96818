#include "ui/window/MenuActions.h"

#include "ui/window/Icons.h"

namespace perceptory::window {

QString plainText(QString text) {
    text.replace(QLatin1String("&&"), QString(QChar(0)));
    text.remove('&');
    return text.replace(QChar(0), '&');
}

QMenu* MenuActions::menu(const QString& title) {
    m_menu = m_bar.addMenu(title);
    m_menu->setToolTipsVisible(true);
    return m_menu;
}

QAction* MenuActions::add(const QString& name, const QString& text, const QKeySequence& key,
                          std::function<void()> triggered) {
    auto* action = new QAction(text, m_menu);
    QObject::connect(action, &QAction::triggered, m_menu, [triggered = std::move(triggered)] { triggered(); });
    take(name, action, key);
    return action;
}

void MenuActions::take(const QString& name, QAction* action, const QKeySequence& key) {
    action->setObjectName(name);
    action->setShortcut(key);
    m_menu->addAction(action);
    m_actions.push_back(action);
}

QAction* MenuActions::find(const QString& name) const {
    for (QAction* action : m_actions)
        if (action->objectName() == name) return action;
    return nullptr;
}

void MenuActions::setIcon(const QString& name, const QString& icon) {
    if (QAction* action = find(name)) m_icons[action] = icon;
}

void MenuActions::showTheme() {
    for (const auto& [action, icon] : m_icons) action->setIcon(themedIcon(icon));
}

}  // namespace perceptory::window
