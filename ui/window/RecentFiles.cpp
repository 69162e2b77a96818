#include "ui/window/RecentFiles.h"

#include <QFileInfo>
#include <QSettings>

namespace perceptory::window {

namespace {
constexpr int most = 10;
constexpr const char* key = "recentFiles";
}  // namespace

RecentFiles::RecentFiles(QWidget* parent) : QMenu(tr("Open &recent"), parent) {
    connect(this, &QMenu::aboutToShow, this, &RecentFiles::fill);
    fill();
}

QStringList RecentFiles::paths() { return QSettings().value(key).toStringList(); }

void RecentFiles::add(const QString& path) {
    QStringList list = paths();
    list.removeAll(path);
    list.prepend(path);
    QSettings().setValue(key, list.mid(0, most));
    fill();
}

void RecentFiles::fill() {
    clear();
    int number = 0;
    for (const QString& path : paths()) {
        const QFileInfo file(path);
        QString name = file.fileName();
        QAction* action = addAction(QString("&%1  %2").arg(++number % 10).arg(name.replace('&', "&&")));
        action->setToolTip(path);
        action->setEnabled(file.exists());
        if (!file.exists()) action->setText(tr("%1 (missing)").arg(action->text()));
        connect(action, &QAction::triggered, this, [this, path] { emit chosen(path); });
    }
    if (number == 0) addAction(tr("Nothing opened yet"))->setEnabled(false);
}

}  // namespace perceptory::window
