// The way back through `recurrent`. Inputs: what it kept, h, uᵀ [G·H, H], dh, m. Outputs: dz; the gradient of the
// state's sums (a GRU's differ from dz; else a single number); carried gradients of state and cell, working memory
// [2·H].

#include "engine/ir/Primitive.h"
#include "engine/tensor/Recurrence.h"

namespace perceptory::ir {

namespace {

std::vector<Value> shapes(const Graph&, const Operation& operation) {
    const tensor::Recurrence r = tensor::Recurrence::of(operation.integers);
    const tensor::Shape sums{r.steps, r.gates() * r.units};
    return {{.shape = sums, .batched = true},
            {.shape = r.cell == tensor::Cell::Gru ? sums : tensor::Shape{1}, .batched = true},
            {.shape = {2 * r.units}, .batched = true}};
}

double work(const Graph&, const Operation& operation, std::int64_t rows) {
    const tensor::Recurrence r = tensor::Recurrence::of(operation.integers);
    return static_cast<double>(rows) * static_cast<double>(r.steps * r.units) *
           static_cast<double>(r.gates() * (r.units + 16));
}

}  // namespace

const PrimitiveType RecurrentGradientPrimitive{"recurrent_gradient", shapes, nullptr, false, work};

}  // namespace perceptory::ir
