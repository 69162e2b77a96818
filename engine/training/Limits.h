#pragma once
// Keeps gradients and weights within limits, in place. Sums are taken in double in an order that depends on lengths
// alone, so bits do not depend on threads. Any thread.

#include <functional>
#include <span>

#include "engine/tensor/Buffer.h"

namespace perceptory::training {

// A part of a flat buffer; what an update rule does there.
struct Stretch {
    std::int64_t offset = 0, count = 0;
    double rateFactor = 1;  // on the learning rate
};

// All together to a Euclidean norm of at most `limit`: g · min(1, limit / (norm + 1e-6)), as PyTorch's clip_grad_norm_.
void clipByNorm(tensor::Buffer& gradients, std::span<const Stretch> stretches, double limit);

// Each number to -limit … limit, as PyTorch's clip_grad_value_.
void clipByValue(tensor::Buffer& gradients, std::span<const Stretch> stretches, double limit);

// A matrix inside a flat buffer, one column for each unit.
struct Units {
    std::int64_t offset = 0, rows = 0, columns = 0;
};

// Multiplies each column by what `scale` makes of its Euclidean norm. `norms`: room for one number a column.
void scaleUnits(tensor::Buffer& weights, const Units& units, const std::function<double(double)>& scale,
                std::span<double> norms);

}  // namespace perceptory::training
