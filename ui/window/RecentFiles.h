#pragma once
// The menu of files opened lately. Files that are gone stay in it, greyed, so that nobody wonders where they went.

#include <QMenu>
#include <QStringList>

namespace perceptory::window {

class RecentFiles : public QMenu {
    Q_OBJECT

public:
    explicit RecentFiles(QWidget* parent = nullptr);

    void add(const QString& path);
    static QStringList paths();

signals:
    void chosen(const QString& path);

private:
    void fill();
};

}  // namespace perceptory::window
