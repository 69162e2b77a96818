#pragma once
// Contract of the losses: a number for outputs o against targets t, lower is better. Formulas work on one output
// element; the loss of a sample is their mean over its outputs, the loss of a batch the weighted mean over its samples.

#include "engine/backends/isa/ShelfKernels.h"

#ifndef PERCEPTORY_KERNELS

#    include "engine/base/Shelf.h"
#    include "engine/ir/Graph.h"
#    include "engine/ir/TorchCode.h"

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
    LogProbabilities
};

// What a loss of several operations works with.
struct LossLowering {
    ir::Graph& graph;
    ir::ValueId output, target;  // class indices, or of the output's shape
    const base::ParamValues& values;
    // How much each unit counts, [N; U]; a loss that leaves units out sets theirs to 0.
    ir::ValueId weight;
    const std::vector<float>& classWeights;  // those that `weight` holds by class; empty: none
    // Set by a loss whose units hold their class weights already: which of them count, 0 or 1. `weight` then only
    // divides.
    ir::ValueId counted = ir::none;
};

// What LossType::torch works with.
struct LossTorch {
    const base::ParamValues& values;
    bool shares = false;         // the target has a share of every class, and is no class
    std::string classWeights{};  // a tensor of them, for a loss whose units hold their class weights; empty: none

    std::string number(const char* id) const { return ir::pythonNumber(values.number(id)); }
};

// Kernels are those of the same id in KernelTable::losses, unless the loss is lowered to several operations.
struct LossType : base::KindType {
    // The body of a function of PyTorch that returns the losses of the units, [N, …], or of whole samples, [N]. Classes
    // or outputs of a unit stand second: `output` is [N, K, …], `target` too, or [N, …] with class indices.
    std::string (*torch)(const LossTorch&) = nullptr;
    bool classIndices = false;  // targets are class indices, with one output for every class
    Outputs reads = Outputs::Numbers;
    // Encoding of class labels by default; for Outputs::Numbers encodingFor() decides.
    TargetEncoding classTargets = TargetEncoding::ZeroOne;
    // Id of the loss that gives the same value from the input of a final sigmoid, without overflow; empty: none.
    std::string stableForm{};
    std::string formulaParameter{};  // id of the parameter that is the formula's p; empty: p is not used
    // The losses [N; U] of the units of every sample; null: the formula, mean over the outputs.
    ir::ValueId (*lower)(LossLowering& lowering) = nullptr;
    bool rootOfMean = false;    // the loss of a batch is the square root of the mean over its samples
    bool wholeSamples = false;  // looks at all units of a sample at once
    bool takesShares = false;   // of class indices: reads a share of every class as well
    bool dividesByTarget = false;

    // `sigmoidEnd`: the outputs went through a final sigmoid.
    TargetEncoding encodingFor(int outputs, bool sigmoidEnd) const;
};

// Any thread.
const base::Shelf<LossType>& shelf();
std::vector<const base::KindType*> kinds();

}  // namespace perceptory::losses

#endif
