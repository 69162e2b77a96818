#pragma once
// The panels of the Studio: which are open, layouts kept under a name, and the way back to the usual one. GUI thread
// only.

#include <QMainWindow>
#include <QMenu>
#include <functional>

namespace perceptory::window {

class LayoutMenu : public QMenu {
    Q_OBJECT

public:
    // `reset` puts the panels where they are at first.
    LayoutMenu(QMainWindow& studio, std::function<void()> reset, QWidget* parent = nullptr);

    static QStringList names();
    void keep(const QString& name);
    void use(const QString& name);
    void forget(const QString& name);

private:
    void fill();
    void askName();

    QMainWindow& m_studio;
    std::function<void()> m_reset;
};

}  // namespace perceptory::window
