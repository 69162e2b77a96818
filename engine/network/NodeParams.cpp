#include "engine/network/NodeParams.h"

#include "engine/regularizers/Regularizer.h"

namespace perceptory::network {

namespace {

// Constraints say nothing about what a layer puts out.
std::vector<const base::KindType*> penalties() {
    std::vector<const base::KindType*> kinds;
    for (const regularizers::RegularizerType* type : regularizers::shelf().members())
        if (type->each) kinds.push_back(type);
    return kinds;
}

base::ParamType optionalKind(std::string id, std::string label, std::string help,
                             std::function<std::vector<const base::KindType*>()> kinds) {
    base::ParamType type = base::kindParam(std::move(id), std::move(label), std::move(help), {}, std::move(kinds),
                                           base::Changes::NextBatch);
    type.optional = true;
    return type;
}

}  // namespace

const std::vector<base::ParamType>& nodeParams() {
    static const std::vector<base::ParamType> params{
        base::numberParam("learning_rate_factor", "Learning rate ×",
                          "Factor on the learning rate of this layer: 0.1 lets it learn ten times slower than the "
                          "others, as one does with layers that are trained already.",
                          1, 0, 1000),
        optionalKind("bias_regularizer", "Bias regularizer", "A penalty on large biases, added to the loss.",
                     regularizers::kinds),
        optionalKind("activity_regularizer", "Output regularizer",
                     "A penalty on what the layer puts out: with L1 few units answer at a time.", penalties)};
    return params;
}

}  // namespace perceptory::network
