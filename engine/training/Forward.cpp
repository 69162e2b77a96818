#include "engine/training/Forward.h"

#include <algorithm>

#include "engine/training/BatchLoader.h"
#include "engine/training/Evaluation.h"

namespace perceptory::training {

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
