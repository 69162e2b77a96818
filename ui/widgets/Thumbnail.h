#pragma once
// Small maps of what a neuron computes: a grid averaged down to a few pixels. Cheap enough for 40 at each tick.

#include <QImage>

#include "ui/widgets/Heatmap.h"

class QPainter;

namespace perceptory::widgets {

/// The grid as a picture of `size` pixels, each the mean of the cells below it. Null for an invalid grid.
QImage thumbnail(const HeatmapGrid& grid, const ColourMap& map, ValueRange range, QSize size);

/// Draws it 1:1 in device pixels into the rectangle, with a thin frame; `opacity` < 1 for inactive features.
void paintThumbnail(QPainter& painter, const QRect& where, const QImage& picture, double opacity = 1);

}  // namespace perceptory::widgets
