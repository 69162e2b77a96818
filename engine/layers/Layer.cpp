#include "engine/layers/Layer.h"

#include "engine/activations/Activation.h"

namespace perceptory::layers {

const base::Shelf<LayerType>& shelf() {
    static const base::Shelf<LayerType> all("layer", {
#define LAYER(Name) &Name##Layer,
#include "engine/layers/layers.def"
#undef LAYER
                                                     });
    return all;
}

ir::ValueId lowerActivation(ir::Graph& graph, ir::ValueId x, const base::KindSpec& choice) {
    if (choice.type == "linear") return x;
    const activations::ActivationType& type = activations::shelf().get(choice.type, "activation");
    double p = 0;
    if (!type.parameters.empty())
        p = base::ParamValues(type.parameters, choice.parameters).number(type.parameters.front().id);
    return graph.add("unary", {x}, {.numbers = {p}, .formula = type.id});
}

}  // namespace perceptory::layers
