#pragma once
// What the layers share that put inputs of one shape together, value by value.

#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

ShapeResult mergedShape(const LayerContext& context);
// The inputs one after the other through a primitive of two.
ir::ValueId lowerMerge(Lowering& lowering, const std::string& primitive);
// The same with an ONNX operator of two.
std::string onnxMerge(OnnxLowering& lowering, const std::string& type);
// The same with a sign between them.
std::string torchMerge(TorchLowering& lowering, const std::string& sign);

}  // namespace perceptory::layers
