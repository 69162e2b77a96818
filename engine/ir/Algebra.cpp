#include "engine/ir/Algebra.h"

#include <algorithm>

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

// Elements of a piece that holds whole slices of axis `axis` and all behind it.
std::int64_t sizeFrom(const tensor::Shape& shape, std::size_t axis) {
    return tensor::elementCount({shape.begin() + static_cast<std::ptrdiff_t>(axis), shape.end()});
}

}  // namespace

ValueId add(Graph& graph, ValueId a, ValueId b) { return graph.add("add", {a, b}); }

ValueId multiply(Graph& graph, ValueId a, ValueId b) { return graph.add("multiply", {a, b}); }

ValueId affine(Graph& graph, ValueId x, double factor, double offset) {
    return graph.add("affine", {x}, {.numbers = {factor, offset}});
}

ValueId apply(Graph& graph, const std::string& formula, ValueId x, double number) {
    return graph.add("unary", {x}, {.numbers = {number}, .formula = formula});
}

ValueId scaleShift(Graph& graph, ValueId x, ValueId s, ValueId t, std::int64_t inner) {
    return graph.add("scale_shift", {x, s, t}, {.integers = {inner}});
}

ValueId repeatLike(Graph& graph, ValueId x, ValueId like, std::int64_t inner) {
    const Value& to = graph.value(like);
    return graph.add("repeat", {x}, {.integers = {inner, to.batched ? 1 : 0}, .reshaped = to.shape});
}

ValueId foldLike(Graph& graph, ValueId a, ValueId b, ValueId like, std::int64_t inner) {
    const Value& to = graph.value(like);
    return graph.add("fold", {a, b}, {.integers = {inner, to.batched ? 1 : 0}, .reshaped = to.shape});
}

ValueId sumPieces(Graph& graph, ValueId x, std::int64_t inner, const tensor::Shape& shape) {
    return graph.add("fold", {x, none}, {.integers = {inner, graph.value(x).batched ? 1 : 0}, .reshaped = shape});
}

ValueId reshape(Graph& graph, ValueId x, const tensor::Shape& shape) {
    return graph.value(x).shape == shape ? x : graph.add("reshape", {x}, {.reshaped = shape});
}

ValueId cutPieces(Graph& graph, ValueId x, const Cut& cut, const tensor::Shape& shape) {
    return graph.add("slice", {x}, {.integers = {cut.piece, cut.first, cut.count}, .reshaped = shape});
}

ValueId cut(Graph& graph, ValueId x, std::size_t axis, std::int64_t first, std::int64_t count) {
    tensor::Shape shape = graph.value(x).shape;
    const std::int64_t behind = sizeFrom(shape, axis + 1);
    const Cut pieces{shape[axis] * behind, first * behind, count * behind};
    shape[axis] = count;
    return cutPieces(graph, x, pieces, shape);
}

ValueId join(Graph& graph, ValueId a, ValueId b, std::size_t axis) {
    tensor::Shape shape = graph.value(a).shape;
    const std::int64_t left = sizeFrom(shape, axis), right = sizeFrom(graph.value(b).shape, axis);
    shape[axis] += graph.value(b).shape[axis];
    return graph.add("concatenate", {a, b}, {.integers = {left, right}, .reshaped = shape});
}

ValueId swapAxes(Graph& graph, ValueId x, const Swap& swap, const tensor::Shape& shape) {
    return graph.add("swap_axes", {x}, {.integers = {0, swap.first, swap.between, swap.last}, .reshaped = shape});
}

ValueId permute(Graph& graph, ValueId x, const std::vector<std::size_t>& order) {
    const tensor::Shape from = graph.value(x).shape;
    tensor::Shape to;
    for (const std::size_t axis : order) to.push_back(from[axis]);
    // Rotations put one axis after the other at the end: with what lies behind it, an axis swaps as {A, 1, rest}.
    std::vector<std::size_t> now(from.size());
    for (std::size_t i = 0; i < now.size(); ++i) now[i] = i;
    for (const std::size_t axis : order) {
        const auto place = static_cast<std::size_t>(std::find(now.begin(), now.end(), axis) - now.begin());
        tensor::Shape current;
        for (const std::size_t i : now) current.push_back(from[i]);
        now.erase(now.begin() + static_cast<std::ptrdiff_t>(place));
        now.push_back(axis);
        const std::int64_t behind = sizeFrom(current, place + 1);
        if (behind == 1 || current[place] == 1) continue;
        tensor::Shape next;
        for (const std::size_t i : now) next.push_back(from[i]);
        x = swapAxes(graph, x, {current[place], 1, behind}, next);
    }
    return reshape(graph, x, to);
}

}  // namespace perceptory::ir
