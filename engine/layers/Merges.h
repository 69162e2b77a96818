#pragma once
// What the layers share that put inputs of one shape together, value by value.

#include "engine/layers/OnnxLowering.h"

namespace perceptory::layers {

ShapeResult mergedShape(const LayerContext& context);
// The inputs one after the other through a primitive of two.
ir::ValueId lowerMerge(Lowering& lowering, const std::string& primitive);
// The same with an ONNX operator of two.
std::string onnxMerge(OnnxLowering& lowering, const std::string& type);

}  // namespace perceptory::layers
