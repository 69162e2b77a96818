#pragma once
// What the operations of convolutions and pools share.

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

tensor::Shape imageShape(const tensor::Window& window);
tensor::Shape mapShape(const tensor::Window& window);
tensor::Shape pooledShape(const tensor::Window& window);  // of the map, behind a 2×2 pool

// Weights [KH, KW, A/groups, B] with `lastChannels` = B become [KH, KW, B/groups, A]: each group's matrix is
// transposed.
ValueId swapChannels(Graph& graph, ValueId weights, const tensor::Window& window, std::int64_t lastChannels);

// Σ over batch and pixels, a number for each channel.
ValueId sumOverPixels(Graph& graph, ValueId image);

// Multiply-adds of one pass, borders counted as if they were inside.
double convolutionWork(const Graph& graph, const Operation& operation, std::int64_t rows);
double poolWork(const Graph& graph, const Operation& operation, std::int64_t rows);

}  // namespace perceptory::ir
