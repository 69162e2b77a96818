// y = x₁ + x₂ + …, equal shapes.

#include "engine/layers/Merges.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ir::ValueId lower(Lowering& lowering) { return lowerMerge(lowering, "add"); }

std::string onnx(OnnxLowering& lowering) { return onnxMerge(lowering, "Add"); }

std::string torch(TorchLowering& lowering) { return torchMerge(lowering, " + "); }

}  // namespace

const LayerType AddLayer{
    {"add",
     "Add",
     "Adds its inputs value by value: y = x₁ + x₂ + …. The joint of a residual connection (He et al. 2016).",
     {},
     "torch.add; ONNX Add"},
    "Merge",
    {"sum", "residual", "skip"},
    2,
    16,
    mergedShape,
    nullptr,
    lower,
    onnx,
    torch,
    {{{{3}, {3}}}, {{{2, 2, 1}, {2, 2, 1}, {2, 2, 1}}}}};

}  // namespace perceptory::layers
