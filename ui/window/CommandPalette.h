#pragma once
// Every action of the menus, and of what is in front of one, by a few letters of its name: type, choose, Enter. GUI
// thread only.

#include <QDialog>
#include <functional>

class QLineEdit;
class QListWidget;
class QMenuBar;

namespace perceptory::window {

class CommandPalette : public QDialog {
    Q_OBJECT

public:
    explicit CommandPalette(const QMenuBar& bar, QWidget* parent = nullptr);

    // One more, behind those of the menus.
    void add(const QString& name, const QString& key, bool enabled, std::function<void()> run);

    QLineEdit* field() const { return m_field; }
    QListWidget* list() const { return m_list; }

private:
    void collect(const QList<QAction*>& actions, const QString& path);
    void filter();
    void run();

    struct Entry {
        QString name, key;
        bool enabled;
        std::function<void()> run;
    };
    QList<Entry> m_entries;
    QLineEdit* m_field;
    QListWidget* m_list;
};

}  // namespace perceptory::window
