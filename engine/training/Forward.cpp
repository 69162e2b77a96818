#include "engine/training/Forward.h"

#include <algorithm>

#include "engine/ir/Algebra.h"
#include "engine/ir/GuidedBackward.h"
#include "engine/ir/Primitive.h"
#include "engine/training/BatchLoader.h"
#include "engine/training/Evaluation.h"

namespace perceptory::training {

// A graph in which one number follows from the unit that `pick` chooses, with its derivatives.
struct Forward::Slopes {
    network::Lowered lowered;
    ir::ValueId pick = ir::none, weight = ir::none;
    std::vector<std::pair<network::RowInput, ir::ValueId>> slopes{};  // by the inputs; or one by a node's values
    std::map<std::int64_t, std::unique_ptr<backends::cpu::Executable>> plans{};
};

Forward::~Forward() = default;

Forward::Forward(const network::Network& network, tensor::Buffer& weights, const backends::cpu::Processor& processor)
    : m_network(network), m_weights(weights), m_processor(processor), m_lowered(network.lower(false)) {
    if (processor.kernels == ir::Kernels::Fast) m_chain = matchTinyChain(m_lowered, m_lowered.output, processor.table);
}

std::map<std::string, NodeOutput> Forward::run(std::span<const float> inputs, std::int64_t count,
                                               const std::vector<std::string>& nodes) {
    std::map<std::string, NodeOutput> results;
    if (!runTiny(inputs, count, nodes, results)) runPlan(inputs, count, nodes, results);
    return results;
}

std::vector<float> Forward::outputs(std::span<const float> inputs, std::int64_t count, std::string node) {
    if (node.empty()) node = m_network.output().spec.id;
    const NodeOutput result = std::move(run(inputs, count, {node}).at(node));
    std::vector<float> rows(result.values.size());
    for (int unit = 0; unit < result.units; ++unit)
        for (std::int64_t i = 0; i < count; ++i)
            rows[static_cast<std::size_t>(i * result.units + unit)] = result.unit(unit)[static_cast<std::size_t>(i)];
    return rows;
}

bool Forward::runTiny(std::span<const float> inputs, std::int64_t count, const std::vector<std::string>& nodes,
                      std::map<std::string, NodeOutput>& results) {
    if (!m_chain) return false;
    std::vector<std::pair<std::string, const backends::TinyLayer*>> wanted;
    for (const std::string& node : nodes) {
        const auto value = m_lowered.nodes.find(node);
        if (value == m_lowered.nodes.end()) continue;
        const auto found = std::ranges::find(m_chain->values, value->second);
        if (found == m_chain->values.end()) return false;
        wanted.emplace_back(node, &m_chain->layers[static_cast<std::size_t>(found - m_chain->values.begin())]);
    }
    const std::int64_t stride = (count + backends::tinyLanes - 1) / backends::tinyLanes * backends::tinyLanes;
    const int features = m_chain->inputs, units = m_chain->units - features;
    if (m_tinyInputs.size() < features * stride) m_tinyInputs = tensor::Buffer(features * stride);
    if (m_tinyOutputs.size() < units * stride) m_tinyOutputs = tensor::Buffer(units * stride);
    float* columns = m_tinyInputs.floats().data();
    for (std::int64_t i = 0; i < count; ++i)
        for (int f = 0; f < features; ++f) columns[f * stride + i] = inputs[static_cast<std::size_t>(i * features + f)];
    const backends::TinyNet net = m_chain->net(m_processor.table, m_network.parameterCount(), -1);
    const backends::cpu::FlushDenormals flush;
    m_processor.table.tiny->forward({&net, m_weights.data(), columns, m_tinyOutputs.floats().data(), count, stride});
    for (const auto& [node, layer] : wanted) {
        NodeOutput& output = results[node];
        output.units = layer->outputs;
        output.count = count;
        output.values.resize(static_cast<std::size_t>(layer->outputs * count));
        for (int unit = 0; unit < layer->outputs; ++unit) {
            const float* from = m_tinyOutputs.floats().data() + (layer->firstOutput - features + unit) * stride;
            std::copy(from, from + count, output.values.begin() + unit * count);
        }
    }
    return true;
}

backends::cpu::Executable& Forward::plan(std::int64_t batch, const std::vector<std::string>& nodes) {
    std::unique_ptr<backends::cpu::Executable>& plan = m_plans[{batch, nodes}];
    if (plan) return *plan;
    ir::PlanRequest request{.batch = batch, .kernels = m_processor.kernels};
    for (const std::string& node : nodes)
        if (m_lowered.nodes.contains(node)) request.keep.push_back(m_lowered.nodes.at(node));
    plan = std::make_unique<backends::cpu::Executable>(ir::compilePlan(m_lowered.graph, request), m_processor.table,
                                                       backends::cpu::Memory{&m_weights, nullptr}, m_processor.pool);
    return *plan;
}

Forward::Slopes& Forward::slopesOf(const SlopeOf& of) {
    std::unique_ptr<Slopes>& kept = m_slopes[of];
    if (kept) return *kept;
    kept = std::make_unique<Slopes>(m_lowered);
    network::Lowered& lowered = kept->lowered;
    ir::Graph& graph = lowered.graph;
    const ir::ValueId output = lowered.nodes.at(of.node);
    kept->pick = graph.input("pick", graph.value(output).shape);
    kept->weight = graph.input("weight", {1});
    const ir::ValueId picked = graph.add("row_mean", {ir::multiply(graph, output, kept->pick)});
    const ir::ValueId number = graph.add("weighted_mean", {picked, kept->weight});
    std::vector<ir::ValueId> wanted;
    if (!of.by.empty()) wanted.push_back(lowered.nodes.at(of.by));
    for (const network::RowInput& input : lowered.inputs)
        if (of.by.empty()) wanted.push_back(input.value);
    const std::vector<ir::ValueId> slopes = ir::differentiate(graph, number, wanted);
    if (of.guided) ir::guideBackward(graph);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const std::int64_t count = tensor::elementCount(graph.value(wanted[i]).shape);
        kept->slopes.emplace_back(of.by.empty() ? lowered.inputs[i] : network::RowInput{wanted[i], 0, count},
                                  slopes[i]);
    }
    return *kept;
}

std::vector<float> Forward::slopes(std::span<const float> inputs, std::int64_t count, const SlopeOf& of) {
    Slopes& made = slopesOf(of);
    const ir::Graph& graph = made.lowered.graph;
    const std::int64_t width = of.by.empty() ? m_network.rowSize() : made.slopes.front().first.count;
    const std::int64_t features = m_network.rowSize(), units = tensor::elementCount(graph.value(made.pick).shape);
    std::vector<float> result(static_cast<std::size_t>(count * width), 0.0f);
    const std::int64_t most = measuringBatch(m_network.nodes(), graph);
    for (std::int64_t first = 0; first < count; first += most) {
        const std::int64_t batch = std::min(most, count - first);
        std::unique_ptr<backends::cpu::Executable>& plan = made.plans[batch];
        if (!plan) {
            ir::PlanRequest request{.batch = batch, .kernels = m_processor.kernels};
            for (const auto& [place, slope] : made.slopes)
                if (slope != ir::none) request.keep.push_back(slope);
            plan = std::make_unique<backends::cpu::Executable>(ir::compilePlan(graph, request), m_processor.table,
                                                               backends::cpu::Memory{&m_weights, nullptr},
                                                               m_processor.pool);
        }
        loadInputs(*plan, made.lowered, static_cast<std::size_t>(batch),
                   [&](std::size_t i) { return inputs.data() + (first + static_cast<std::int64_t>(i)) * features; });
        for (std::int64_t i = 0; i < batch; ++i) {
            float* pick = rowOf(plan->view(made.pick), static_cast<std::size_t>(i));
            std::fill_n(pick, units, 0.0f);
            pick[of.unit] = static_cast<float>(units * batch);  // of two means
            *rowOf(plan->view(made.weight), static_cast<std::size_t>(i)) = 1;
        }
        plan->run({});
        for (const auto& [place, slope] : made.slopes) {
            if (slope == ir::none) continue;
            for (std::int64_t i = 0; i < batch; ++i)
                std::copy_n(rowOf(plan->view(slope), static_cast<std::size_t>(i)), place.count,
                            result.begin() + (first + i) * width + place.first);
        }
    }
    return result;
}

void Forward::runPlan(std::span<const float> inputs, std::int64_t count, const std::vector<std::string>& nodes,
                      std::map<std::string, NodeOutput>& results) {
    const std::int64_t features = m_network.rowSize();
    for (const std::string& node : nodes) {
        if (!m_lowered.nodes.contains(node)) continue;
        NodeOutput& output = results[node];
        output.units = static_cast<int>(tensor::elementCount(m_lowered.graph.value(m_lowered.nodes.at(node)).shape));
        output.count = count;
        output.values.resize(static_cast<std::size_t>(output.units * count));
    }
    const std::int64_t most = measuringBatch(m_network.nodes(), m_lowered.graph);
    for (std::int64_t first = 0; first < count; first += most) {
        const std::int64_t batch = std::min(most, count - first);
        backends::cpu::Executable& executable = plan(batch, nodes);
        loadInputs(executable, m_lowered, static_cast<std::size_t>(batch),
                   [&](std::size_t i) { return inputs.data() + (first + static_cast<std::int64_t>(i)) * features; });
        executable.run({});
        for (auto& [node, output] : results) {
            const backends::MatrixView y = executable.view(m_lowered.nodes.at(node));
            for (std::int64_t i = 0; i < batch; ++i)
                for (int unit = 0; unit < output.units; ++unit)
                    output.values[static_cast<std::size_t>(unit * count + first + i)] =
                        rowOf(y, static_cast<std::size_t>(i))[unit];
        }
    }
}

}  // namespace perceptory::training
