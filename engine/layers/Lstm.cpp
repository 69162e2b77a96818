// i, f, o = sigmoid, g = tanh of x_t·W + h_{t-1}·U + b;  c = f·c + i·g;  h = o · tanh c. Hochreiter, Schmidhuber 1997;
// weights as PyTorch's LSTM.

#include "engine/layers/OnnxLowering.h"
#include "engine/layers/Recurrents.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

constexpr tensor::Cell cell = tensor::Cell::Lstm;

std::vector<WeightSpec> weights(const LayerContext& context) { return recurrentWeights(context, cell); }
ir::ValueId lower(Lowering& lowering) { return lowerRecurrent(lowering, cell); }

std::string onnx(OnnxLowering& lowering) { return onnxRecurrent(lowering, cell); }

std::string torch(TorchLowering& lowering) { return torchRecurrent(lowering, cell); }

}  // namespace

const LayerType LstmLayer{{"lstm", "LSTM",
                           "Gates decide what the cell takes in, keeps and shows: c = f·c + i·g, h = o · tanh c, gates "
                           "from x·W + h·U + b (Hochreiter, Schmidhuber 1997). Remembers over long sequences.",
                           recurrentParams(), "nn.LSTM; ONNX LSTM"},
                          "Sequence",
                          {"recurrent", "memory", "rnn"},
                          1,
                          1,
                          recurrentShape,
                          weights,
                          lower,
                          onnx,
                          torch,
                          recurrentSamples()};

}  // namespace perceptory::layers
