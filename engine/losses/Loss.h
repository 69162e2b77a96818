#pragma once
// Contract of the losses: a number for outputs o against targets t, lower is better. Formulas work on one output
// element; the loss of a sample is their mean over its outputs, the loss of a batch the weighted mean over its samples.

#include "engine/backends/isa/ShelfKernels.h"

#ifndef PERCEPTORY_KERNELS

#    include "engine/base/Shelf.h"

namespace perceptory::losses {

// How class labels become target numbers.
enum class TargetEncoding {
    Index,         // one number: the class, 0 …
    ZeroOne,       // one output: 0 or 1; K outputs: 1 at the class, else 0
    PlusMinusOne,  // one output: −1 or 1; K outputs: 1 at the class, else −1
};

// What the loss takes outputs for.
enum class Outputs {
    Numbers,        // values in the units of the target
    Logits,         // raw scores; probabilities by softmax or sigmoid
    Probabilities,  // already between 0 and 1
    Scores,         // one-sided scores around 0
};

// Kernels are those of the same id in KernelTable::losses, or the softmax_cross_entropy primitives.
struct LossType : base::KindType {
    bool softmax = false;  // takes class indices and has primitives of its own
    Outputs reads = Outputs::Numbers;
    // Encoding of class labels by default; for Outputs::Numbers encodingFor() decides.
    TargetEncoding classTargets = TargetEncoding::ZeroOne;
    // Id of the loss that gives the same value from the input of a final sigmoid, without overflow; empty: none.
    std::string stableForm;

    // `sigmoidEnd`: the outputs went through a final sigmoid.
    TargetEncoding encodingFor(int outputs, bool sigmoidEnd) const;
};

// Any thread.
const base::Shelf<LossType>& shelf();
std::vector<const base::KindType*> kinds();

}  // namespace perceptory::losses

#endif
