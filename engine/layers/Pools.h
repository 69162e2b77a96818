#pragma once
// What the pools share: parameters, window, shape.

#include "engine/layers/OnnxLowering.h"
#include "engine/layers/SlidingWindows.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

std::vector<base::ParamType> poolParams();  // size, stride (default: size), padding
// The parameter stride, which may be the word "size".
std::array<std::int64_t, 2> poolStride(const base::ParamValues& values);
WindowResult poolWindow(const tensor::Shape& image, const base::ParamValues& values);
ShapeResult poolShape(const LayerContext& context);

// Pools over everything, for images and sequences: {…, C} → {C}. `primitive`: "max_pool" or "average_pool".
ShapeResult globalPoolShape(const LayerContext& context);
ir::ValueId lowerGlobalPool(Lowering& lowering, const std::string& primitive);
// ONNX's operator for images, and the one for sequences.
std::string onnxGlobalPool(OnnxLowering& lowering, const std::string& pool, const std::string& reduction);
// PyTorch's function: F.max_pool2d(x, 3, stride=2) and `more`; a reduction of tensors.
std::string torchPool(const std::string& function, const std::string& x, const TorchWindow& window,
                      const std::string& more = {});
std::string torchGlobalPool(TorchLowering& lowering, const std::string& reduction);

}  // namespace perceptory::layers
