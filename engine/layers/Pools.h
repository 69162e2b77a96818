#pragma once
// What the pools share: parameters, window, shape.

#include "engine/layers/SlidingWindows.h"

namespace perceptory::layers {

std::vector<base::ParamType> poolParams();  // size, stride (default: size), padding
WindowResult poolWindow(const tensor::Shape& image, const base::ParamValues& values);
ShapeResult poolShape(const LayerContext& context);

}  // namespace perceptory::layers
