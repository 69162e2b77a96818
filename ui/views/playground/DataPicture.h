#pragma once
// Small pictures of data sets, in the colours of the theme. GUI thread.

#include <QPixmap>

#include "engine/data/generators/Generator.h"

class QPainter;

namespace perceptory::views {

// Samples of a generator: its points, else a few pictures with their masks or boxes, curves, or the dots of a matrix.
// `parameters` beside its defaults; how many samples there are is chosen here.
void paintSamples(QPainter& painter, const data::GeneratorType& generator, base::Json parameters, const QRectF& room);
// The picture a bundled set brings.
void paintSet(QPainter& painter, const std::vector<std::string>& picture, const QRectF& room);

// What the "data" of a project asks for, `side` logical pixels square; null where it has no picture, such as a file.
QPixmap dataPicture(const base::Json& data, int side, double ratio);

}  // namespace perceptory::views
