// y = x·m / (1 − rate) with a random mask m in training; y = x otherwise. Srivastava et al. 2014, scaled while
// training.

#include "engine/layers/Masks.h"
#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::layers {

namespace {

ShapeResult shape(const LayerContext& context) { return context.inputs.front(); }

ir::ValueId lower(Lowering& lowering) {
    const bool drops = lowering.training && lowering.values.number("rate") > 0;
    return drops ? dropOut(lowering, lowering.inputs[0]) : lowering.inputs[0];
}

std::string onnx(OnnxLowering& lowering) { return lowering.x(); }

std::string torch(TorchLowering& lowering) {
    return lowering.part("nn.Dropout(" + ir::pythonNumber(lowering.values.number("rate")) + ")") + "(" + lowering.x() +
           ")";
}

}  // namespace

const LayerType DropoutLayer{{"dropout",
                              "Dropout",
                              "Sets a random share of the values to zero in every training step, and enlarges the "
                              "others to make up for it: y = x · m / (1 − rate), m 0 or 1 (Srivastava et al. 2014). "
                              "Keeps units from relying on each other. Does nothing outside training.",
                              {rateParam("Share of values set to zero.", 0.5)},
                              "nn.Dropout; ONNX nothing, it only trains"},
                             "Regularization",
                             {"drop"},
                             1,
                             1,
                             shape,
                             nullptr,
                             lower,
                             onnx,
                             torch,
                             {{{{6}}, {{"rate", 0.3}}}, {{{2, 3, 2}}, {{"rate", 0.5}}}},
                             ValueOrder::Kept};

}  // namespace perceptory::layers
