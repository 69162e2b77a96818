#pragma once
// A whole network as a small picture without words: a bar for each layer in the order of the flow, those that learn
// higher and in the accent's colour, and what runs past them. GUI thread only.

#include <QPixmap>

#include "engine/base/Json.h"

namespace perceptory::canvas {

// Of the "network" of a project, `size` logical pixels; null where it has no layers.
QPixmap networkSketch(const base::Json& network, QSize size, double ratio);

}  // namespace perceptory::canvas
