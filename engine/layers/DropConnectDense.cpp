// y = f(x·(W ∘ m) / (1 − rate) + b) with a random mask m over the weights, new in every step; without it outside
// training. Wan et al. 2013. The mask is one for the whole batch.

#include "engine/layers/Masks.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/SlidingWindows.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) { return DenseLayer.shape(context); }

std::vector<WeightSpec> weights(const LayerContext& context) { return DenseLayer.weights(context); }

ir::ValueId lower(Lowering& lowering) {
    if (!lowering.training || lowering.values.number("rate") == 0) return DenseLayer.lower(lowering);
    std::vector<ir::ValueId> weights = lowering.weights;
    weights[0] = dropOut(lowering, weights[0]);
    Lowering dropped{lowering.graph, lowering.node, lowering.inputs, weights, lowering.values, lowering.training};
    return DenseLayer.lower(dropped);
}

std::string onnx(OnnxLowering& lowering) { return DenseLayer.onnx(lowering); }

std::string torch(TorchLowering& lowering) {
    torchLinear(lowering, lowering.values.integer("units"));
    const std::string self = "self." + lowering.name;
    const std::string weight =
        "F.dropout(" + self + ".weight, " + ir::pythonNumber(lowering.values.number("rate")) + ", self.training)";
    return torchActivation(lowering, "F.linear(" + lowering.x() + ", " + weight + ", " + self + ".bias)");
}

std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all = DenseLayer.parameters;
    all.insert(all.begin() + 1, rateParam("Share of weights set to zero.", 0.5));
    return all;
}

}  // namespace

const LayerType DropConnectDenseLayer{
    {"drop_connect_dense", "Dense with drop connect",
     "A dense layer that sets a random share of its weights to zero in every training step, and enlarges the others "
     "(Wan "
     "et al. 2013): y = f(x·(W ∘ m) / (1 − rate) + b). Outside training it is a dense layer.",
     parameters(), "nn.Linear with dropout on its weight; ONNX Gemm"},
    "Regularization",
    {"dropconnect", "fc"},
    1,
    1,
    shape,
    weights,
    lower,
    onnx,
    torch,
    {{{{4}}, {{"units", 3}, {"rate", 0.3}}}, {{{3}}, {{"units", 2}, {"bias", false}}}}};

}  // namespace perceptory::layers
