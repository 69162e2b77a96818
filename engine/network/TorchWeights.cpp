#include "engine/network/TorchWeights.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::network {

namespace {

// How PyTorch orders a parameter's values: axis i of its tensor is axis axes[i] of ours.
struct Layout {
    tensor::Shape ours;
    std::vector<int> axes;

    explicit Layout(const Parameter& parameter) : ours(parameter.spec.shape), axes(parameter.spec.torchAxes) {
        if (axes.empty())
            for (std::size_t i = 0; i < ours.size(); ++i) axes.push_back(static_cast<int>(i));
        if (!parameter.image.empty()) splitFeatures(parameter.image);
    }

    // Our first axis counts the values of an image (H, W, C); PyTorch counts them as (C, H, W).
    void splitFeatures(const tensor::Shape& image) {
        ours.erase(ours.begin());
        ours.insert(ours.begin(), image.begin(), image.end());
        std::vector<int> split;
        for (const int axis : axes) {
            if (axis == 0)
                split.insert(split.end(), {2, 0, 1});
            else
                split.push_back(axis + 2);
        }
        axes = split;
    }
};

tensor::Shape torchShape(const Parameter& parameter) {
    tensor::Shape shape;
    for (const int axis : parameter.spec.torchAxes)
        shape.push_back(parameter.spec.shape[static_cast<std::size_t>(axis)]);
    return shape.empty() ? parameter.spec.shape : shape;
}

// Calls visit(index in our memory, index in PyTorch's) for every value of the parameter.
template <class Visit>
void forEachValue(const Parameter& parameter, Visit visit) {
    const Layout layout(parameter);
    const std::size_t rank = layout.ours.size();
    tensor::Shape step(rank, 1), sizes(rank), steps(rank), place(rank, 0);
    for (std::size_t i = rank; i-- > 1;) step[i - 1] = step[i] * layout.ours[i];
    for (std::size_t i = 0; i < rank; ++i) {
        sizes[i] = layout.ours[static_cast<std::size_t>(layout.axes[i])];
        steps[i] = step[static_cast<std::size_t>(layout.axes[i])];
    }
    std::int64_t ours = 0;
    for (std::int64_t theirs = 0; theirs < parameter.count; ++theirs) {
        visit(ours, theirs);
        for (std::size_t i = rank; i-- > 0;) {
            ours += steps[i];
            if (++place[i] < sizes[i]) break;
            ours -= steps[i] * sizes[i];
            place[i] = 0;
        }
    }
}

const tensor::NamedTensor* find(const tensor::NamedTensors& tensors, const Parameter& parameter) {
    const auto found = std::ranges::find(tensors, parameter.name, &tensor::NamedTensor::name);
    return found == tensors.end() ? nullptr : &*found;
}

// What stands against taking a parameter from them; empty: nothing.
std::string problemOf(const tensor::NamedTensors& tensors, const Parameter& parameter) {
    const tensor::NamedTensor* found = find(tensors, parameter);
    if (!found) return base::sentence("there is no tensor \"{0}\"", parameter.name);
    if (found->shape == torchShape(parameter)) return "";
    return base::sentence("\"{0}\" is {1}, but the network needs {2}", parameter.name, tensor::shapeText(found->shape),
                          tensor::shapeText(torchShape(parameter)));
}

// All that does not fit, in one sentence.
void insistOnFit(const tensor::NamedTensors& tensors, const Network& network, const std::string& place) {
    std::string all;
    for (const Parameter& parameter : network.parameters())
        if (const std::string problem = problemOf(tensors, parameter); !problem.empty())
            all += (all.empty() ? "" : "; ") + problem;
    if (!all.empty())
        throw base::Error(base::sentence("{0}: {1}. Choose weights that were made for this network.", place, all));
}

// A run that began with such weights would only be told to have diverged.
void insistOnFinite(const tensor::NamedTensor& tensor, const std::string& place, const tensor::Buffer& weights) {
    const double most = weights.precision() == tensor::Precision::Float32 ? std::numeric_limits<float>::max()
                                                                          : std::numeric_limits<double>::max();
    for (std::int64_t i = 0; i < tensor.values.size(); ++i) {
        const double value = tensor.values.get(i);
        if (std::abs(value) <= most) continue;
        throw base::Error(
            base::sentence("{0}: \"{1}\" holds {2}, with which nothing can be computed. Choose weights "
                           "that are all finite.",
                           place, tensor.name, value));
    }
}

}  // namespace

tensor::NamedTensors torchWeights(const Network& network, const tensor::Buffer& weights) {
    tensor::NamedTensors tensors;
    for (const Parameter& parameter : network.parameters()) {
        tensor::NamedTensor& tensor = tensors.emplace_back(parameter.name, torchShape(parameter),
                                                           tensor::Buffer(parameter.count, weights.precision()));
        forEachValue(parameter, [&](std::int64_t ours, std::int64_t theirs) {
            tensor.values.set(theirs, weights.get(parameter.offset + ours));
        });
    }
    return tensors;
}

std::vector<std::string> takeTorchWeights(const tensor::NamedTensors& tensors, const Network& network,
                                          const std::string& place, tensor::Buffer& weights) {
    insistOnFit(tensors, network, place);
    for (const Parameter& parameter : network.parameters()) insistOnFinite(*find(tensors, parameter), place, weights);
    for (const Parameter& parameter : network.parameters()) {
        const tensor::NamedTensor& tensor = *find(tensors, parameter);
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
