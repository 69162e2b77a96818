#include "engine/network/TorchWeights.h"

#include <algorithm>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::network {

namespace {

bool isTransposed(const Parameter& parameter) {
    return parameter.spec.transposedInTorch && parameter.spec.shape.size() == 2;
}

tensor::Shape torchShape(const Parameter& parameter) {
    tensor::Shape shape = parameter.spec.shape;
    if (isTransposed(parameter)) std::ranges::reverse(shape);
    return shape;
}

// Calls visit(index in our memory, index in PyTorch's) for every value of the parameter.
template <class Visit>
void forEachValue(const Parameter& parameter, Visit visit) {
    if (!isTransposed(parameter)) {
        for (std::int64_t i = 0; i < parameter.count; ++i) visit(i, i);
        return;
    }
    const std::int64_t rows = parameter.spec.shape[0], columns = parameter.spec.shape[1];
    for (std::int64_t row = 0; row < rows; ++row)
        for (std::int64_t column = 0; column < columns; ++column) visit(row * columns + column, column * rows + row);
}

const tensor::NamedTensor& matching(const tensor::NamedTensors& tensors, const Parameter& parameter,
                                    const std::string& place) {
    const auto found = std::ranges::find(tensors, parameter.name, &tensor::NamedTensor::name);
    if (found == tensors.end())
        throw base::Error(base::sentence(
            "{0}: there is no tensor \"{1}\". Choose weights that were made for this network.", place, parameter.name));
    if (found->shape != torchShape(parameter))
        throw base::Error(base::sentence(
            "{0}: \"{1}\" is {2}, but the network needs {3}. Choose weights that were made for this network.", place,
            parameter.name, tensor::shapeText(found->shape), tensor::shapeText(torchShape(parameter))));
    return *found;
}

}  // namespace

tensor::NamedTensors torchWeights(const Network& network, const tensor::Buffer& weights) {
    tensor::NamedTensors tensors;
    for (const Parameter& parameter : network.parameters()) {
        tensor::NamedTensor& tensor =
            tensors.emplace_back(parameter.name, torchShape(parameter), tensor::Buffer(parameter.count));
        forEachValue(parameter, [&](std::int64_t ours, std::int64_t theirs) {
            tensor.values.set(theirs, weights.get(parameter.offset + ours));
        });
    }
    return tensors;
}

std::vector<std::string> takeTorchWeights(const tensor::NamedTensors& tensors, const Network& network,
                                          const std::string& place, tensor::Buffer& weights) {
    for (const Parameter& parameter : network.parameters()) matching(tensors, parameter, place);
    for (const Parameter& parameter : network.parameters()) {
        const tensor::NamedTensor& tensor = matching(tensors, parameter, place);
        forEachValue(parameter, [&](std::int64_t ours, std::int64_t theirs) {
            weights.set(parameter.offset + ours, tensor.values.get(theirs));
        });
    }
    std::vector<std::string> unknown;
    for (const tensor::NamedTensor& tensor : tensors)
        if (!network.parameter(tensor.name)) unknown.push_back(tensor.name);
    return unknown;
}

}  // namespace perceptory::network
