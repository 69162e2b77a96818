#pragma once
// A user's hands on a real window system: the mouse and keys go through the X server, not into Qt's event queue.

#include <QPoint>
#include <QString>
#include <QStringList>
#include <QWidget>
#include <vector>

namespace perceptory::tests {

void moveTo(QPoint global);
void clickAt(QPoint global);
void clickOn(QWidget* widget);                      // in its middle
void dragAlong(const std::vector<QPoint>& global);  // the left button held
void turnWheel(int notches);                        // away from the user; below 0: towards him
void press(const QString& keys);                    // as xdotool names them: "ctrl+s", "Return"
void pressAll(const QStringList& keys, int pause);  // one after the other, milliseconds apart
void type(const QString& text);
// Once the file dialog that comes up next is there: types the path and leaves with Return.
void answerFileDialog(const QString& path);

// The visible widget with this accessible name inside `where`; null when there is none.
QWidget* named(const QWidget& where, const QString& name);

}  // namespace perceptory::tests
