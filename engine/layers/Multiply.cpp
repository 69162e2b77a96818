// y = x₁ · x₂ · …, equal shapes.

#include "engine/layers/Merges.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ir::ValueId lower(Lowering& lowering) { return lowerMerge(lowering, "multiply"); }

std::string onnx(OnnxLowering& lowering) { return onnxMerge(lowering, "Mul"); }

std::string torch(TorchLowering& lowering) { return torchMerge(lowering, " * "); }

}  // namespace

const LayerType MultiplyLayer{{"multiply",
                               "Multiply",
                               "Multiplies its inputs value by value, y = x₁ · x₂ · …: one input gates the other (as "
                               "in the LSTM, Hochreiter, Schmidhuber 1997).",
                               {},
                               "torch.mul; ONNX Mul"},
                              "Merge",
                              {"product", "gate", "hadamard"},
                              2,
                              16,
                              mergedShape,
                              nullptr,
                              lower,
                              onnx,
                              torch,
                              {{{{3}, {3}}}, {{{2, 2, 1}, {2, 2, 1}, {2, 2, 1}}}}};

}  // namespace perceptory::layers
