#pragma once
// What stands on and beside the tile of a unit: the name of an input or a class, the bias, the value of the chosen
// sample. GUI thread.

#include "ui/views/playground/NetworkPainter.h"

namespace perceptory::views {

void paintInputLabel(QPainter& painter, const PictureState& state, UnitRef unit, const QRect& tile);
// Beside an output that stands for one class.
void paintClassName(QPainter& painter, const PictureState& state, UnitRef unit, const QRect& tile);
void paintBias(QPainter& painter, const PictureState& state, UnitRef unit);
void paintNumber(QPainter& painter, const PictureState& state, UnitRef unit, const QRect& tile);

}  // namespace perceptory::views
