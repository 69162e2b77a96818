#pragma once
// A node of the canvas in words, as a screen reader says it. GUI thread only.

#include "ui/canvas/GraphSight.h"

namespace perceptory::canvas {

// "Convolution 2D, 4 · 3×3, puts out 6×6×4, 40 parameters, reads in, read by flat, bypassed". What is wrong with it
// comes first.
QString nodeWords(const GraphSight& sight, std::size_t node);

}  // namespace perceptory::canvas
