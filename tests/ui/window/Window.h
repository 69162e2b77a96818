#pragma once
// What tests of the whole window do to it.

#include <QAction>
#include <QComboBox>
#include <QCoreApplication>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMimeData>
#include <QTest>
#include <QUrl>
#include <fstream>

#include "ui/window/MainWindow.h"

namespace perceptory::window {

inline void writeFile(const QString& path, const std::string& bytes) {
    std::ofstream(path.toStdString(), std::ios::binary) << bytes;
}

template <class Widget>
Widget* named(QWidget& where, const QString& accessibleName) {
    for (Widget* widget : where.findChildren<Widget*>())
        if (widget->accessibleName() == accessibleName) return widget;
    return nullptr;
}

// As a user does.
inline void choose(QComboBox* box, const QString& text) {
    QVERIFY(box);
    const int place = box->findText(text);
    QVERIFY2(place >= 0, qPrintable(text));
    box->setCurrentIndex(place);
    emit box->activated(place);
}

inline QAction* press(MainWindow& window, const char* action) {
    QAction* found = window.action(action);
    if (found) found->trigger();
    return found;
}

inline void drag(MainWindow& window, const QString& path, bool letGo) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter);
    if (!letGo) return;
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &drop);
}

}  // namespace perceptory::window
