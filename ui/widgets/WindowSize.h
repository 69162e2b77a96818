#pragma once
// GUI thread only.

#include <QScreen>
#include <QWidget>

namespace perceptory::widgets {

// `usual`, or what of it fits on the screen with a frame around it.
inline QSize onScreen(const QWidget& window, QSize usual) {
    constexpr QSize frame(20, 60);
    return usual.boundedTo(window.screen()->availableGeometry().size() - frame);
}

}  // namespace perceptory::widgets
