#pragma once
// What the layers share that put inputs of one shape together, value by value.

#include "engine/layers/Layer.h"

namespace perceptory::layers {

ShapeResult mergedShape(const LayerContext& context);
// The inputs one after the other through a primitive of two.
ir::ValueId lowerMerge(Lowering& lowering, const std::string& primitive);

}  // namespace perceptory::layers
