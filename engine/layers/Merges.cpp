#include "engine/layers/Merges.h"

#include "engine/base/Text.h"

namespace perceptory::layers {

ShapeResult mergedShape(const LayerContext& context) {
    for (const tensor::Shape& input : context.inputs)
        if (input != context.inputs.front())
            return {base::sentence("All inputs of this layer must have one shape, but it gets {0} and {1}.",
                                   tensor::shapeText(context.inputs.front()), tensor::shapeText(input)),
                    base::sentence("Give the layers before it the same number of units.")};
    return context.inputs.front();
}

ir::ValueId lowerMerge(Lowering& lowering, const std::string& primitive) {
    ir::ValueId merged = lowering.inputs[0];
    for (std::size_t i = 1; i < lowering.inputs.size(); ++i)
        merged = lowering.graph.add(primitive, {merged, lowering.inputs[i]});
    return merged;
}

std::string onnxMerge(OnnxLowering& lowering, const std::string& type) {
    std::string merged = lowering.x();
    for (std::size_t i = 1; i < lowering.inputs.size(); ++i)
        merged = lowering.graph.add(type, {merged, lowering.inputs[i].name});
    return merged;
}

std::string torchMerge(TorchLowering& lowering, const std::string& sign) {
    std::string merged = lowering.x();
    for (std::size_t i = 1; i < lowering.inputs.size(); ++i) merged += sign + lowering.inputs[i].name;
    return merged;
}

}  // namespace perceptory::layers
