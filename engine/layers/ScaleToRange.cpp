// y = low + (high − low) · sigmoid(x).

#include "engine/base/Text.h"
#include "engine/ir/Algebra.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) {
    if (context.values.number("low") < context.values.number("high")) return context.inputs.front();
    return {base::sentence("The range ends before it begins: low {0}, high {1}.", context.values.number("low"),
                           context.values.number("high")),
            base::sentence("Give it a low end below the high one.")};
}

ir::ValueId lower(Lowering& lowering) {
    const double low = lowering.values.number("low"), high = lowering.values.number("high");
    return ir::affine(lowering.graph, ir::apply(lowering.graph, "sigmoid", lowering.inputs[0]), high - low, low);
}

std::string onnx(OnnxLowering& lowering) {
    ir::OnnxGraph& graph = lowering.graph;
    const double low = lowering.values.number("low"), high = lowering.values.number("high");
    const std::string share = graph.add("Sigmoid", {lowering.x()});
    return graph.add("Add", {graph.add("Mul", {share, graph.number(high - low)}), graph.number(low)});
}

std::string torch(TorchLowering& lowering) {
    const double low = lowering.values.number("low"), high = lowering.values.number("high");
    return ir::pythonNumber(low) + " + " + ir::pythonNumber(high - low) + " * torch.sigmoid(" + lowering.x() + ")";
}

}  // namespace

const LayerType ScaleToRangeLayer{
    {"scale_to_range",
     "Scale to range",
     "Squeezes every value into a range: y = low + (high − low) · sigmoid(x). Helps when the target has known limits, "
     "such as ratings from 1 to 5 (as fastai has it, Howard, Gugger 2020).",
     {base::numberParam("low", "Low", "Lower end of the range.", 0, -1e9, 1e9),
      base::numberParam("high", "High", "Upper end of the range.", 1, -1e9, 1e9)},
     "torch.sigmoid, scaled; ONNX Sigmoid, Mul, Add"},
    "Basic",
    {"sigmoid range", "limits", "y range"},
    1,
    1,
    shape,
    nullptr,
    lower,
    onnx,
    torch,
    {{{{3}}, {{"low", 1}, {"high", 5.5}}}, {{{2, 2, 1}}}},
    ValueOrder::Kept};

}  // namespace perceptory::layers
