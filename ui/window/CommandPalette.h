#pragma once
// Every action of the menus by a few letters of its name: type, choose, Enter. GUI thread only.

#include <QDialog>

class QLineEdit;
class QListWidget;
class QMenuBar;

namespace perceptory::window {

class CommandPalette : public QDialog {
    Q_OBJECT

public:
    explicit CommandPalette(const QMenuBar& bar, QWidget* parent = nullptr);

    QLineEdit* field() const { return m_field; }
    QListWidget* list() const { return m_list; }

private:
    void collect(const QList<QAction*>& actions, const QString& path);
    void filter();
    void run();

    struct Entry {
        QString name, key;
        QAction* action = nullptr;
    };
    QList<Entry> m_entries;
    QLineEdit* m_field;
    QListWidget* m_list;
};

}  // namespace perceptory::window
