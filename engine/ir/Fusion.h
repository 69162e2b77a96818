#pragma once
// Passes over the graph of one plan that put several operations into one kernel, where nobody looks at what lies
// between, and choose faster algorithms. Results differ from the plain operations in rounding only.
//
// - convolution, ReLU, 2×2 maximum pool: one operation, and its gradients read the pooled ones
// - batch normalization of images, its scale and shift, ReLU: sums and one operation, each way
// - a sum and its ReLU
// - a product with many weights that are being trained, or a gradient over many rows: parts of it and their sum
// - 3×3 convolutions with stride 1: Winograd's F(2×2, 3×3)

#include "engine/ir/Plan.h"

namespace perceptory::ir {

// Values keep their ids; operations that lost their readers stay and are pruned by the plan.
Graph fuse(const Graph& graph, const PlanRequest& request);

}  // namespace perceptory::ir
