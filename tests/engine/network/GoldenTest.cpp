// Outputs and gradients of small networks are PyTorch's (tests/golden/networks.py), in double and in every float
// library.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>

#include "engine/backends/KernelLibrary.h"
#include "engine/backends/cpu/Executable.h"
#include "engine/ir/Primitive.h"
#include "engine/network/TorchWeights.h"
#include "tests/engine/backends/Matrix.h"

using namespace perceptory;
using base::Json;

namespace {

constexpr std::int64_t batch = 2;
using Numbers = std::vector<double>;

// PyTorch's {C, H, W} as ours, {H, W, C}; {C, T} as {T, C}.
tensor::Shape ourShape(const Json& torch) {
    auto shape = torch.get<tensor::Shape>();
    std::ranges::rotate(shape, shape.begin() + 1);
    return shape;
}

// Values of a batch of PyTorch's images in our order.
Numbers ourOrder(const Json& values, const Json& shape) {
    const auto theirs = values.get<Numbers>();
    const auto c = shape[0].get<std::size_t>(), pixels = theirs.size() / batch / c;
    Numbers ours(theirs.size());
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        const std::size_t sample = i / (c * pixels), channel = i / pixels % c, pixel = i % pixels;
        ours[(sample * pixels + pixel) * c + channel] = theirs[i];
    }
    return ours;
}

network::Network networkOf(const Json& golden) {
    Json nodes = Json::array({{{"id", "n0"}, {"type", "input"}}});
    for (const Json& layer : golden["nodes"]) {
        Json node = layer;
        node["id"] = "n" + std::to_string(nodes.size());
        if (!node.contains("inputs")) node["inputs"] = {"n" + std::to_string(nodes.size() - 1)};
        nodes.push_back(node);
    }
    base::Problems problems;
    const auto spec = network::NetworkSpec::fromJson({{"nodes", nodes}}, problems);
    network::NetworkCheck check = network::checkNetwork(spec, ourShape(golden["input"]));
    REQUIRE(check.problems.empty());
    return network::Network(check);
}

tensor::NamedTensors weightsOf(const Json& golden) {
    tensor::NamedTensors tensors;
    for (const auto& [name, tensor] : golden["weights"].items()) {
        const auto values = tensor["values"].get<Numbers>();
        tensor::Buffer buffer(std::ssize(values), tensor::Precision::Float64);
        for (std::size_t i = 0; i < values.size(); ++i) buffer.set(static_cast<std::int64_t>(i), values[i]);
        tensors.push_back({name, tensor["shape"].get<tensor::Shape>(), std::move(buffer)});
    }
    return tensors;
}

class Run {
public:
    Run(const network::Network& network, const backends::KernelTable& table, const Json& golden)
        : m_precision(static_cast<tensor::Precision>(table.elementSize)),
          m_weights(network.parameterCount(), m_precision),
          m_gradients(network.parameterCount(), m_precision) {
        network::takeTorchWeights(weightsOf(golden), network, "golden", m_weights);
        network::Lowered lowered = network.lower(true);
        ir::Graph& graph = lowered.graph;
        const ir::ValueId target = graph.input("target", graph.value(lowered.output).shape);
        const ir::ValueId weight = graph.input("weight", {1});
        const ir::ValueId each = graph.add("loss", {lowered.output, target}, {.formula = "mean_squared_error"});
        const ir::ValueId loss = graph.add("weighted_mean", {graph.add("row_mean", {each}), weight});
        std::vector<ir::ValueId> wanted = lowered.parameters;
        const bool differentiable = golden.contains("dx");
        if (differentiable) wanted.push_back(lowered.input);
        const std::vector<ir::ValueId> slopes = ir::differentiate(graph, loss, wanted);
        ir::PlanRequest request{.batch = batch, .keep = {lowered.output}};
        if (differentiable) request.keep.push_back(slopes.back());
        for (std::size_t i = 0; i < lowered.parameters.size(); ++i)
            if (network.parameters()[i].trainable)
                request.gradients.emplace_back(slopes[i], graph.value(wanted[i]).offset);
        for (const auto& [parameter, value] : lowered.updates) request.keep.push_back(value);
        backends::cpu::ThreadPool pool(1);
        backends::cpu::Executable executable(ir::compilePlan(graph, request), table, {&m_weights, &m_gradients}, pool);
        fill(executable.view(lowered.input), ourOrder(golden["x"], golden["input"]));
        fill(executable.view(target), ourOrder(golden["target"], golden["output"]));
        fill(executable.view(weight), Numbers(batch, 1));
        executable.run({});
        output = read(executable.view(lowered.output));
        if (differentiable) inputGradient = read(executable.view(slopes.back()));
        gradients = network::torchWeights(network, m_gradients);
        for (const network::Parameter& parameter : network.parameters())
            for (std::int64_t i = 0; !parameter.trainable && i < parameter.count; ++i)
                states[parameter.name].push_back(m_weights.get(parameter.offset + i));
        for (const auto& [parameter, value] : lowered.updates)
            states[network.parameters()[parameter].name] = read(executable.view(value));
    }

    Numbers output, inputGradient;
    tensor::NamedTensors gradients;
    std::map<std::string, Numbers> states;

private:
    void fill(const backends::MatrixView& view, const Numbers& values) const {
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (m_precision == tensor::Precision::Float64)
                static_cast<double*>(view.data)[i] = values[i];
            else
                static_cast<float*>(view.data)[i] = static_cast<float>(values[i]);
        }
    }
    Numbers read(const backends::MatrixView& view) const {
        Numbers values;
        for (std::int64_t i = 0; i < view.rows * view.columns; ++i)
            values.push_back(m_precision == tensor::Precision::Float64
                                 ? static_cast<const double*>(view.data)[i]
                                 : double(static_cast<const float*>(view.data)[i]));
        return values;
    }

    tensor::Precision m_precision;
    tensor::Buffer m_weights, m_gradients;
};

void checkEqual(const Numbers& found, const Numbers& expected, double tolerance) {
    REQUIRE(found.size() == expected.size());
    double worst = 0;
    for (std::size_t i = 0; i < found.size(); ++i) worst = std::max(worst, std::abs(found[i] - expected[i]));
    CHECK(worst <= tolerance);
}

void compare(const Json& golden, const backends::KernelTable& table, double tolerance) {
    CAPTURE(std::string(table.isa));
    const network::Network network = networkOf(golden);
    const Run run(network, table, golden);
    checkEqual(run.output, ourOrder(golden["y"], golden["output"]), tolerance);
    if (golden.contains("dx")) checkEqual(run.inputGradient, ourOrder(golden["dx"], golden["input"]), tolerance);
    CHECK(run.gradients.size() == golden["gradients"].size() + golden["states"].size());
    for (const auto& [name, values] : golden["states"].items()) {
        CAPTURE(name);
        REQUIRE(run.states.contains(name));
        checkEqual(run.states.at(name), values.get<Numbers>(), tolerance);
    }
    for (const tensor::NamedTensor& tensor : run.gradients) {
        if (golden["states"].contains(tensor.name)) continue;
        CAPTURE(tensor.name);
        Numbers found;
        for (std::int64_t i = 0; i < tensor.values.size(); ++i) found.push_back(tensor.values.get(i));
        checkEqual(found, golden["gradients"][tensor.name].get<Numbers>(), tolerance);
    }
}

}  // namespace

TEST_CASE("outputs and gradients of networks are PyTorch's") {
    std::ifstream file(PERCEPTORY_SOURCE_DIR "/tests/golden/networks.json");
    for (const Json& golden : Json::parse(file)) {
        CAPTURE(golden["nodes"].dump());
        compare(golden, backends::doubleKernels(), 1e-12);
        for (const backends::KernelTable* table : tests::floatTables()) compare(golden, *table, 3e-6);
    }
}

namespace {

// Numbers drawn in training are not PyTorch's.
bool draws(const layers::LayerType& type) {
    if (type.samples.empty()) return false;
    const layers::LayerSample& sample = type.samples.front();
    ir::Graph graph;
    std::vector<ir::ValueId> inputs, weights;
    for (const tensor::Shape& shape : sample.inputs) inputs.push_back(graph.input("x", shape));
    const base::ParamValues values(type.parameters, sample.parameters);
    std::int64_t offset = 0;
    if (type.weights)
        for (const layers::WeightSpec& weight : type.weights({sample.inputs, values})) {
            weights.push_back(graph.parameter(weight.name, weight.shape, offset));
            offset += tensor::elementCount(weight.shape);
        }
    const std::string node = "node";
    layers::Lowering lowering{graph, node, inputs, weights, values, true};
    type.lower(lowering);
    return std::ranges::any_of(graph.operations(), [](const ir::Operation& op) { return op.type->random; });
}

}  // namespace

TEST_CASE("every layer without numbers drawn in training stands beside PyTorch") {
    std::ifstream file(PERCEPTORY_SOURCE_DIR "/tests/golden/networks.json");
    std::set<std::string> compared{"input"};
    for (const Json& golden : Json::parse(file))
        for (const Json& node : golden["nodes"]) compared.insert(node["type"].get<std::string>());
    for (const layers::LayerType* type : layers::shelf().members()) {
        CAPTURE(type->id);
        CHECK((compared.contains(type->id) || draws(*type)));
    }
}
