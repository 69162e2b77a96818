#pragma once
// Compares the keys a widget obeys with those it lists.

#include <QKeyEvent>
#include <QStringList>
#include <QWidget>
#include <functional>
#include <set>

#include "ui/widgets/Gestures.h"

namespace perceptory::tests {

// As lists of gestures write it.
inline QString keyName(int key) {
    switch (key) {
        case Qt::Key_Left:
            return QStringLiteral("←");
        case Qt::Key_Right:
            return QStringLiteral("→");
        case Qt::Key_Up:
            return QStringLiteral("↑");
        case Qt::Key_Down:
            return QStringLiteral("↓");
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return QStringLiteral("Enter");
        case Qt::Key_Space:
            return QStringLiteral("Space");
        case Qt::Key_Delete:
            return QStringLiteral("Delete");
        case Qt::Key_Backspace:
            return QStringLiteral("Backspace");
        case Qt::Key_Equal:
        case Qt::Key_Plus:
            return QStringLiteral("+");
        case Qt::Key_Minus:
            return QStringLiteral("−");
        default:
            return QKeySequence(key).toString();
    }
}

// Keys that the widget takes after `prepare`, but does not list. `scrolls`: those its base class takes to no effect.
inline QStringList unlistedKeys(QWidget& widget, const std::vector<widgets::Gesture>& gestures,
                                const std::function<void()>& prepare, const std::set<int>& scrolls = {}) {
    QString listed = QStringLiteral(" ");
    for (const widgets::Gesture& gesture : gestures) listed += gesture.how + QLatin1Char(' ');
    listed.replace(',', ' ');
    std::vector<int> keys;
    for (int key = Qt::Key_Space; key <= Qt::Key_AsciiTilde; ++key) keys.push_back(key);
    for (int key = Qt::Key_Escape; key <= Qt::Key_PageDown; ++key)
        if (key != Qt::Key_Tab && key != Qt::Key_Backtab) keys.push_back(key);
    for (int key = Qt::Key_F1; key <= Qt::Key_F12; ++key) keys.push_back(key);
    QStringList unlisted;
    for (const int key : keys) {
        if (scrolls.contains(key)) continue;
        prepare();
        QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
        static_cast<QObject&>(widget).event(&event);
        if (event.isAccepted() && !listed.contains(QLatin1Char(' ') + keyName(key) + QLatin1Char(' ')))
            unlisted += keyName(key);
    }
    return unlisted;
}

}  // namespace perceptory::tests
