#pragma once
// Small symbols for buttons, drawn in the theme's colours at any scale.

#include <QIcon>

namespace perceptory::views {

enum class Glyph { Play, Pause, StepBatch, StepEpoch, Reset, Dice, Brush, Eraser, Table, Points };

// In the text colour, or in `colour` where that is given; painted anew at each call.
QIcon glyphIcon(Glyph glyph, int size = 18);
QIcon glyphIcon(Glyph glyph, int size, QColor colour);

void paintGlyph(QPainter& painter, Glyph glyph, const QRectF& where, QColor colour);

// Around what is chosen out of a row of pictures: a frame, and a tick, so that the choice does not hang on colour.
void paintChosen(QPainter& painter, const QRectF& box, bool hasFocus);

}  // namespace perceptory::views
