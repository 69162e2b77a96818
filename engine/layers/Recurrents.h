#pragma once
// What the recurrent layers share; each is this with another cell.

#include "engine/layers/OnnxLowering.h"
#include "engine/layers/TorchLowering.h"
#include "engine/tensor/Recurrence.h"

namespace perceptory::layers {

std::vector<base::ParamType> recurrentParams();  // units, return_sequences, bidirectional, truncation
ShapeResult recurrentShape(const LayerContext& context);
// weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0, and the same with "_reverse" when bidirectional.
std::vector<WeightSpec> recurrentWeights(const LayerContext& context, tensor::Cell cell);
ir::ValueId lowerRecurrent(Lowering& lowering, tensor::Cell cell);
std::string onnxRecurrent(OnnxLowering& lowering, tensor::Cell cell);
std::string torchRecurrent(TorchLowering& lowering, tensor::Cell cell);
std::vector<LayerSample> recurrentSamples();

}  // namespace perceptory::layers
