// A recurrent layer over all steps of a sequence. Inputs: z = x·W + b, the gates' share of every step's input [T, G·H];
// u: [H, G·H], weights of the state; v: [G·H] or none, biases beside them; m: [T] or none, a step where it is 0 is
// padding and the state stays. Outputs: the states h [T, H]; what the gradient needs [T, kept·H]. integers:
// tensor::Recurrence. With s = z_t + h_{t-1}·u + v, gates in PyTorch's order:
//   simple (Elman 1990)                    h = tanh s
//   LSTM (Hochreiter, Schmidhuber 1997)    i f g o = σ σ tanh σ of s;  c = f·c + i·g;  h = o · tanh c
//   GRU (Cho et al. 2014)                  r u = σ of s;  n = tanh(z_n + r·(h·u_n + v_n));  h = (1 − u)·n + u·h

#include "engine/ir/Algebra.h"
#include "engine/ir/Primitive.h"
#include "engine/tensor/Recurrence.h"

namespace perceptory::ir {

namespace {

using tensor::Recurrence;

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    const Recurrence r = Recurrence::of(operation.integers);
    return {{.shape = {r.steps, r.units}, .batched = true}, {.shape = {r.steps, r.kept() * r.units}, .batched = true}};
}

// The states one step earlier in the walk; zeros before the first.
ValueId statesBefore(Graph& graph, ValueId h, const Recurrence& r) {
    const std::int64_t piece = r.steps * r.units, count = piece - r.units;
    const ValueId rest = cutPieces(graph, h, {piece, r.backwards ? r.units : 0, count}, {r.steps - 1, r.units});
    return graph.add("slice", {rest},
                     {.integers = {piece, r.backwards ? 0 : r.units, count, 1}, .reshaped = {r.steps, r.units}});
}

void gradient(Gradients& gradients, const Operation& operation) {
    const Recurrence r = Recurrence::of(operation.integers);
    Graph& graph = gradients.graph();
    const auto [z, u, v, m] =
        std::array{operation.inputs[0], operation.inputs[1], operation.inputs[2], operation.inputs[3]};
    const ValueId h = operation.outputs[0];
    const ValueId dz =
        graph.add("recurrent_gradient", {operation.outputs[1], h, graph.add("transpose", {u}), gradients.of(h), m},
                  {.integers = operation.integers});
    // A GRU's sums of the state have a gradient of their own.
    const ValueId ds = r.cell == tensor::Cell::Gru ? graph.operations().back().outputs[1] : dz;
    if (gradients.wanted(z)) gradients.add(z, dz);
    if (gradients.wanted(v)) gradients.add(v, foldLike(graph, ds, none, v, r.gates() * r.units));
    if (!gradients.wanted(u)) return;
    gradients.add(u, r.steps == 1
                         ? affine(graph, u, 0, 0)
                         : graph.add("matrix_product", {statesBefore(graph, h, r), ds, none}, {.integers = {1}}));
}

double work(const Graph&, const Operation& operation, std::int64_t rows) {
    const Recurrence r = Recurrence::of(operation.integers);
    return static_cast<double>(rows) * static_cast<double>(r.steps * r.units) *
           static_cast<double>(r.gates() * (r.units + 16));
}

}  // namespace

const PrimitiveType RecurrentPrimitive{"recurrent", shapes, gradient, false, work};

}  // namespace perceptory::ir
