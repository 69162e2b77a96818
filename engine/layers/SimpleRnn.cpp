// h_t = tanh(x_t·W + h_{t-1}·U + b). Elman 1990; weights as PyTorch's RNN.

#include "engine/layers/OnnxLowering.h"
#include "engine/layers/Recurrents.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

constexpr tensor::Cell cell = tensor::Cell::Simple;

std::vector<WeightSpec> weights(const LayerContext& context) { return recurrentWeights(context, cell); }
ir::ValueId lower(Lowering& lowering) { return lowerRecurrent(lowering, cell); }

std::string onnx(OnnxLowering& lowering) { return onnxRecurrent(lowering, cell); }

std::string torch(TorchLowering& lowering) { return torchRecurrent(lowering, cell); }

}  // namespace

const LayerType SimpleRnnLayer{
    {"simple_rnn", "Simple RNN",
     "The state follows from input and last state: h = tanh(x·W + h·U + b) (Elman 1990). Forgets within a few steps.",
     recurrentParams(), "nn.RNN; ONNX RNN"},
    "Sequence",
    {"rnn", "recurrent", "elman"},
    1,
    1,
    recurrentShape,
    weights,
    lower,
    onnx,
    torch,
    recurrentSamples()};

}  // namespace perceptory::layers
