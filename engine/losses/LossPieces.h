#pragma once
// What losses that are made of several operations share.

#include "engine/losses/Loss.h"

#ifndef PERCEPTORY_KERNELS

#    include "engine/ir/Algebra.h"

namespace perceptory::losses {

// Mean over the outputs of each unit.
ir::ValueId meanOfUnits(LossLowering& lowering, ir::ValueId each);
// The same of the loss with kernels called `formula`.
ir::ValueId meanOfElements(LossLowering& lowering, const std::string& formula, double number = 0);
// Whether the target has a share of every class, as the output has a number, and no class indices.
bool hasShares(const LossLowering& lowering);
// For every unit as many numbers as there are classes: the target's shares, or 1 at its class, else 0.
ir::ValueId classShares(LossLowering& lowering);
// Σ over each sample, or over the outputs of each unit, of a (times b).
ir::ValueId sumOfSample(LossLowering& lowering, ir::ValueId a, ir::ValueId b = ir::none);
ir::ValueId sumOfUnits(LossLowering& lowering, ir::ValueId a, ir::ValueId b = ir::none);
// a / (b + small)
ir::ValueId divide(LossLowering& lowering, ir::ValueId a, ir::ValueId b, double small = 0);

// Overlap of outputs and targets, for dice and iou: Σ o·t, Σ o + Σ t.
struct Overlap {
    ir::ValueId both, sum;
};
Overlap overlap(LossLowering& lowering);
base::ParamType smoothParam();

}  // namespace perceptory::losses

#endif
