#pragma once
// The line on which a grid of values has a given level, by marching squares. Pure function, any thread.

#include <QLineF>
#include <vector>

#include "ui/widgets/Heatmap.h"

namespace perceptory::widgets {

/// Pieces of the line in grid coordinates: (0, 0) is the centre of the first cell, (width − 1, height − 1) of the last.
/// A square with a value that is not finite has no line. Ambiguous squares are decided by their mean.
std::vector<QLineF> contourLines(const HeatmapGrid& grid, float level);

}  // namespace perceptory::widgets
