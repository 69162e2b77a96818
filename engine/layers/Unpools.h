#pragma once
// What the layers share that turn a pool round.

#include "engine/layers/SlidingWindows.h"

namespace perceptory::layers {

std::vector<base::ParamType> unpoolParams();  // size, stride (default: size), padding, output_padding
// The window of a pool that would make the input (the map) of the output (the image).
tensor::Window unpoolWindow(const tensor::Shape& map, const base::ParamValues& values);
ShapeResult unpoolShape(const LayerContext& context);

}  // namespace perceptory::layers
