#pragma once
// Short forms for the operations that layers and losses are composed of. Each emits operations into the graph and
// returns their result; gradients follow from the primitives. `inner` counts the elements of a piece (primitives
// Repeat, Fold, ScaleShift): with the number of channels, one number for every channel.

#include "engine/ir/Graph.h"

namespace perceptory::ir {

ValueId add(Graph& graph, ValueId a, ValueId b);
ValueId multiply(Graph& graph, ValueId a, ValueId b);
// factor · x + offset
ValueId affine(Graph& graph, ValueId x, double factor, double offset);
// The function or activation called `formula`, with its number.
ValueId apply(Graph& graph, const std::string& formula, ValueId x, double number = 0);

// x · s + t, s and t spread over x; either may be `none`.
ValueId scaleShift(Graph& graph, ValueId x, ValueId s, ValueId t, std::int64_t inner);
// x spread to the shape of `like`.
ValueId repeatLike(Graph& graph, ValueId x, ValueId like, std::int64_t inner);
// Σ a·b (b may be `none`) over what x was spread by; the result has the shape of `like`.
ValueId foldLike(Graph& graph, ValueId a, ValueId b, ValueId like, std::int64_t inner);
// Σ over all but the last `inner` elements of each sample.
ValueId sumPieces(Graph& graph, ValueId x, std::int64_t inner, const tensor::Shape& shape);

ValueId reshape(Graph& graph, ValueId x, const tensor::Shape& shape);

// A run of `count` out of every piece of `piece` elements, from `first` on.
struct Cut {
    std::int64_t piece = 0, first = 0, count = 0;
};
ValueId cutPieces(Graph& graph, ValueId x, const Cut& cut, const tensor::Shape& shape);
// Elements first … first + count - 1 of axis `axis`.
ValueId cut(Graph& graph, ValueId x, std::size_t axis, std::int64_t first, std::int64_t count);
// Side by side along axis `axis`; the other axes are equal.
ValueId join(Graph& graph, ValueId a, ValueId b, std::size_t axis);

// The last axes {first, between, last} of x become {last, between, first}.
struct Swap {
    std::int64_t first = 1, between = 1, last = 1;
};
ValueId swapAxes(Graph& graph, ValueId x, const Swap& swap, const tensor::Shape& shape);
// Axis i of the result is axis order[i] of x.
ValueId permute(Graph& graph, ValueId x, const std::vector<std::size_t>& order);

}  // namespace perceptory::ir
