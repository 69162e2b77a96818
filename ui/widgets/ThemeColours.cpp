#include "ui/widgets/ThemeColours.h"

namespace perceptory::widgets {

namespace {

// Hues of series and of the first classes: M. Okabe, K. Ito, "Color Universal Design"; yellow and the neutral are moved
// where they would vanish on the background (3:1 for graphics). The other classes are chosen so that the smallest
// distance of two, seen with normal and with colour-blind eyes, is as large as it gets.
constexpr ThemeColours kLight = {
    {
        0xfff3f4f6,  // Window
        0xffffffff,  // Base
        0xfff7f8fa,  // AlternateBase
        0xff1c2126,  // Text
        0xff5b646e,  // MutedText
        0xff0a6cb0,  // Accent
        0xffffffff,  // AccentText
        0xffc3c9d0,  // Border
        0xff0a6cb0,  // FocusRing
        0xfffafbfc,  // Canvas
        0xffe1e5ea,  // Grid
        0xfff0f2f5,  // MinorGrid
        0xff8a949f,  // Wire
        0xff0877bd,  // Positive
        0xffe8eaeb,  // Zero
        0xfff08c1a,  // Negative
        0xff1b7837,  // AlternativePositive
        0xff762a83,  // AlternativeNegative
        0xffb3261e,  // Error
        0xff8a5a00,  // Warning
        0xff1e7a45,  // Success
        0xff0a6cb0,  // Information
        0xffffffff,  // TrainRim
        0xff1c2126,  // TestRim
        0xff2b3138,  // DecisionLine
        0xff3c4650,  // Crosshair
    },
    {0xff0072b2, 0xffd55e00, 0xff009e73, 0xffb85a8f, 0xffc08400, 0xff3596cf, 0xff8f8500, 0xff3a3f45},
    {0xfff08c1a, 0xff0877bd, 0xff009e73, 0xffcc79a7, 0xff5835a9, 0xff4ebbcf, 0xffd33f2d, 0xffb2b06e, 0xff00544c,
     0xff9d99ff, 0xff8a003f, 0xff5f3a00},
};

constexpr ThemeColours kDark = {
    {
        0xff23272c,  // Window
        0xff1a1d21,  // Base
        0xff202429,  // AlternateBase
        0xffe6e9ec,  // Text
        0xffa4adb7,  // MutedText
        0xff5eb1ec,  // Accent
        0xff10151a,  // AccentText
        0xff464d55,  // Border
        0xff7cc4f8,  // FocusRing
        0xff1d2125,  // Canvas
        0xff343a41,  // Grid
        0xff272c31,  // MinorGrid
        0xff7d8791,  // Wire
        0xff3fa2e6,  // Positive
        0xff2b3036,  // Zero
        0xfff29b38,  // Negative
        0xff5fbf7a,  // AlternativePositive
        0xffc07bd0,  // AlternativeNegative
        0xffff8a80,  // Error
        0xfff2c14e,  // Warning
        0xff6fcf97,  // Success
        0xff5eb1ec,  // Information
        0xfff4f6f8,  // TrainRim
        0xff0b0d0f,  // TestRim
        0xffe6e9ec,  // DecisionLine
        0xffc9d1d9,  // Crosshair
    },
    {0xff56b4e9, 0xffe69f00, 0xff2bc49a, 0xffdf94bd, 0xffff7f3f, 0xfff0e442, 0xff8ea6ff, 0xffd6dbe0},
    {0xfff29b38, 0xff3fa2e6, 0xff1fb48c, 0xffdb8fb9, 0xff665bd3, 0xff12efff, 0xffed5c4e, 0xfff7dc49, 0xff03787d,
     0xffaaef93, 0xffce1277, 0xff7a6c02},
};

// Text at 10:1 and more, every edge at 7:1. Hues are those of the dark look, lighter where they have to be.
constexpr ThemeColours kHighContrast = {
    {
        0xff000000,  // Window
        0xff000000,  // Base
        0xff101010,  // AlternateBase
        0xffffffff,  // Text
        0xffdedede,  // MutedText
        0xffffe14d,  // Accent
        0xff000000,  // AccentText
        0xffbdbdbd,  // Border
        0xffffe14d,  // FocusRing
        0xff000000,  // Canvas
        0xff4a4a4a,  // Grid
        0xff2c2c2c,  // MinorGrid
        0xffe0e0e0,  // Wire
        0xff4fb3f5,  // Positive
        0xff1c1c1c,  // Zero
        0xffffa640,  // Negative
        0xff7be098,  // AlternativePositive
        0xffdd9bec,  // AlternativeNegative
        0xffff9d94,  // Error
        0xffffd54d,  // Warning
        0xff7fe5a8,  // Success
        0xff7cc8ff,  // Information
        0xffffffff,  // TrainRim
        0xff000000,  // TestRim
        0xffffffff,  // DecisionLine
        0xffffffff,  // Crosshair
    },
    {0xff6cc4f5, 0xfff0ac1a, 0xff3bdcae, 0xffeba6cc, 0xffff945c, 0xfff5ec60, 0xffa3b6ff, 0xfff0f0f0},
    {0xffffa640, 0xff4fb3f5, 0xff1fb48c, 0xffdb8fb9, 0xff665bd3, 0xff12efff, 0xffed5c4e, 0xfff7dc49, 0xff03787d,
     0xffaaef93, 0xffce1277, 0xff7a6c02},
};

// Samples at even distances of viridis (S. van der Walt, N. Smith) and cividis (J. Nuñez, C. Anderton, R. Renslow).
constexpr QRgb kViridis[] = {0xff440154, 0xff472d7b, 0xff3b528b, 0xff2c728e, 0xff21908c,
                             0xff27ad81, 0xff5dc863, 0xffaadc32, 0xfffde725};
constexpr QRgb kCividis[] = {0xff00204d, 0xff00336f, 0xff39486b, 0xff575c6d, 0xff707173,
                             0xff8a8779, 0xffa69d75, 0xffc4b56c, 0xffe4cf5b, 0xffffea46};

}  // namespace

const ThemeColours& themeColours(Theme::Mode look) {
    return look == Theme::Mode::HighContrast ? kHighContrast : look == Theme::Mode::Dark ? kDark : kLight;
}
std::span<const QRgb> viridisPoints() { return kViridis; }
std::span<const QRgb> cividisPoints() { return kCividis; }

}  // namespace perceptory::widgets
