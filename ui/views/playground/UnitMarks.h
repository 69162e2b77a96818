#pragma once
// What stands on and beside the tile of a unit: the name of an input or a class, the bias, the value of the chosen
// sample. GUI thread.

#include "ui/views/playground/NetworkPainter.h"

namespace perceptory::views {

struct LabelRoom {
    int tileHeight = 0;
    int least = 0, most = 0;  // width of the column of names
};

// So wide that every name can be read, on one line or two; names that need more than `most` are cut in the middle.
int inputLabelWidth(const NetworkModel& model, const QFont& font, const LabelRoom& room);
void paintInputLabel(QPainter& painter, const PictureState& state, UnitRef unit, const QRect& tile);
// Beside an output that stands for one class.
void paintClassName(QPainter& painter, const PictureState& state, UnitRef unit, const QRect& tile);
void paintBias(QPainter& painter, const PictureState& state, UnitRef unit);
void paintNumber(QPainter& painter, const PictureState& state, UnitRef unit, const QRect& tile);

}  // namespace perceptory::views
