// r, u = sigmoid of x_t·W + h_{t-1}·U + b;  n = tanh(x_t·W_n + b_n + r·(h_{t-1}·U_n + c_n));  h = (1 − u)·n + u·h. Cho
// et al. 2014; weights as PyTorch's GRU.

#include "engine/layers/OnnxLowering.h"
#include "engine/layers/Recurrents.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

constexpr tensor::Cell cell = tensor::Cell::Gru;

std::vector<WeightSpec> weights(const LayerContext& context) { return recurrentWeights(context, cell); }
ir::ValueId lower(Lowering& lowering) { return lowerRecurrent(lowering, cell); }

std::string onnx(OnnxLowering& lowering) { return onnxRecurrent(lowering, cell); }

std::string torch(TorchLowering& lowering) { return torchRecurrent(lowering, cell); }

}  // namespace

const LayerType GruLayer{
    {"gru", "GRU", "An LSTM with fewer gates: h = (1 − u)·n + u·h, n = tanh(x·W + r·(h·U)) (Cho et al. 2014).",
     recurrentParams(), "nn.GRU; ONNX GRU"},
    "Sequence",
    {"recurrent", "gated", "rnn"},
    1,
    1,
    recurrentShape,
    weights,
    lower,
    onnx,
    torch,
    recurrentSamples()};

}  // namespace perceptory::layers
