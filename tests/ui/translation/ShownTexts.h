#pragma once
// Every text a window has for its user: painted, offered on hovering, or told to a screen reader.

#include <QString>
#include <vector>

class QWidget;

namespace perceptory::tests {

struct ShownText {
    QString where;  // "QToolButton.toolTip"
    QString text;
};

// Of `window` and everything in it, hidden parts included; painted texts of what is visible.
std::vector<ShownText> shownTexts(QWidget& window);

}  // namespace perceptory::tests
