// y[t, 2i] = x[t, 2i] + sin(t / 10000^(2i/F)), y[t, 2i+1] = x[t, 2i+1] + cos(t / 10000^(2i/F)). Vaswani et al. 2017.

#include <cmath>

#include "engine/base/Text.h"
#include "engine/ir/Algebra.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) {
    const tensor::Shape& input = context.inputs.front();
    if (input.size() == 2) return input;
    return {
        base::sentence("A position needs a sequence (steps × features), but it gets {0}.", tensor::shapeText(input)),
        base::sentence("Connect it to an embedding or another layer of sequences.")};
}

std::vector<double> waves(const tensor::Shape& shape) {
    std::vector<double> all;
    for (std::int64_t t = 0; t < shape[0]; ++t)
        for (std::int64_t f = 0; f < shape[1]; ++f) {
            const double wave = static_cast<double>(t) *
                                std::pow(10000, -static_cast<double>(f / 2 * 2) / static_cast<double>(shape[1]));
            all.push_back(f % 2 == 0 ? std::sin(wave) : std::cos(wave));
        }
    return all;
}

ir::ValueId lower(Lowering& lowering) {
    const tensor::Shape shape = lowering.graph.value(lowering.inputs[0]).shape;
    return ir::scaleShift(lowering.graph, lowering.inputs[0], ir::none, lowering.graph.constant(shape, waves(shape)),
                          tensor::elementCount(shape));
}

std::string onnx(OnnxLowering& lowering) {
    const std::vector<double> all = waves(lowering.shape());
    return lowering.graph.add(
        "Add", {lowering.x(), lowering.graph.constant(lowering.shape(), std::vector<float>(all.begin(), all.end()))});
}

std::string torch(TorchLowering& lowering) {
    const std::string waves = lowering.code.define(
        "position_waves",
        "def {name}(steps: int, features: int):\n"
        "    \"\"\"sin and cos of t / 10000^(2i / features) (Vaswani et al. 2017).\"\"\"\n"
        "    even = torch.arange(features, dtype=torch.float64) // 2 * 2\n"
        "    angle = torch.arange(steps, dtype=torch.float64).unsqueeze(1) * 10000 ** (-even / features)\n"
        "    angle[:, 1::2] += math.pi / 2\n"
        "    return torch.sin(angle).float()\n");
    return lowering.x() + " + " +
           lowering.buffer("waves", waves + "(" + std::to_string(lowering.shape()[0]) + ", " +
                                        std::to_string(lowering.shape()[1]) + ")");
}

}  // namespace

const LayerType PositionalEncodingLayer{
    {"positional_encoding",
     "Positional encoding",
     "Adds waves of different lengths to the steps of a sequence, y = x + sin and cos of t / 10000^(2i/F) (Vaswani et "
     "al. 2017), so that attention can tell their order.",
     {},
     "adds a constant; ONNX Add"},
    "Sequence",
    {"position", "transformer"},
    1,
    1,
    shape,
    nullptr,
    lower,
    onnx,
    torch,
    {{{{4, 3}}}, {{{2, 4}}}},
    ValueOrder::Kept};

}  // namespace perceptory::layers
