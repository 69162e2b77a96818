#pragma once
// What mouse and keys do in a widget beyond what its buttons say: for the page of keys. A widget lists them beside the
// code that obeys them; tests compare the two.

#include <QString>
#include <vector>

namespace perceptory::widgets {

struct Gesture {
    QString how;   // "Shift+drag", "← →"
    QString what;  // "move the crosshair"
};

struct GestureGroup {
    QString where;  // "Network"
    std::vector<Gesture> gestures;
};

}  // namespace perceptory::widgets
