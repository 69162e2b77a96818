#pragma once
// The table behind Theme and the control points of the sequential colour maps. Only Theme and ColourMap read it.

#include <QRgb>
#include <array>
#include <span>

#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

struct ThemeColours {
    std::array<QRgb, static_cast<std::size_t>(ColourRole::Count_)> roles;
    std::array<QRgb, kSeriesHues> series;
    std::array<QRgb, kClassHues> classes;
};

const ThemeColours& themeColours(Theme::Mode look);
std::span<const QRgb> viridisPoints();
std::span<const QRgb> cividisPoints();

}  // namespace perceptory::widgets
