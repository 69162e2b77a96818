#pragma once
// Our own symbolic icons, in the colour of the theme's text.

#include <QIcon>
#include <QString>

namespace perceptory::window {

// Of resources/icons by name: "open". Drawn anew when the theme changes only by asking again.
QIcon themedIcon(const QString& name);

}  // namespace perceptory::window
