#include "engine/training/TinyPlan.h"

#include <algorithm>

#include "engine/ir/Primitive.h"

namespace perceptory::training {

namespace {

constexpr int widest = 64;

const ir::Operation* producerOf(const ir::Graph& graph, ir::ValueId value) {
    const int producer = graph.value(value).producer;
    return producer < 0 ? nullptr : &graph.operations()[static_cast<std::size_t>(producer)];
}

int unaryIndex(const backends::KernelTable& table, const std::string& id) {
    for (int i = 0; i < table.unaryCount; ++i)
        if (id == table.unary[i].id) return i;
    return -1;
}

int lossIndex(const backends::KernelTable& table, const std::string& id) {
    for (int i = 0; i < table.lossCount; ++i)
        if (id == table.losses[i].id) return i;
    return -2;
}

int width(const ir::Graph& graph, ir::ValueId value) {
    return static_cast<int>(tensor::elementCount(graph.value(value).shape));
}

ir::ValueId behindReshapes(const ir::Graph& graph, ir::ValueId value) {
    const ir::Operation* operation = producerOf(graph, value);
    while (operation && operation->type->alias) {
        value = operation->inputs[0];
        operation = producerOf(graph, value);
    }
    return value;
}

// One layer that ends in `value`; moves `value` to its input.
std::optional<backends::TinyLayer> matchLayer(const ir::Graph& graph, ir::ValueId& value,
                                              const backends::KernelTable& table) {
    backends::TinyLayer layer;
    layer.activation = unaryIndex(table, "linear");
    const ir::Operation* operation = producerOf(graph, value);
    if (operation && operation->type->id == "unary") {
        layer.activation = unaryIndex(table, operation->formula);
        layer.p = static_cast<float>(operation->numbers[0]);
        operation = producerOf(graph, operation->inputs[0]);
    }
    if (!operation || operation->type->id != "matrix_product" || operation->integers[0] || layer.activation < 0)
        return {};
    const ir::Value& weight = graph.value(operation->inputs[1]);
    if (weight.role != ir::Role::Parameter || graph.value(operation->inputs[0]).shape.size() != 1) return {};
    layer.weights = static_cast<int>(weight.offset);
    layer.inputs = static_cast<int>(weight.shape[0]);
    layer.outputs = static_cast<int>(weight.shape[1]);
    if (operation->inputs[2] != ir::none) layer.bias = static_cast<int>(graph.value(operation->inputs[2]).offset);
    value = operation->inputs[0];
    return layer;
}

void numberUnits(TinyChain& chain) {
    chain.inputs = chain.layers.front().inputs;
    chain.units = chain.inputs;
    int first = 0;
    for (backends::TinyLayer& layer : chain.layers) {
        layer.firstInput = first;
        layer.firstOutput = chain.units;
        first = chain.units;
        chain.units += layer.outputs;
    }
}

// The loss operation of the objective, and what it reads.
struct LossMatch {
    ir::ValueId output = ir::none;
    int loss = -2;
    float number = 0;
};

LossMatch matchLoss(const Objective& objective, const backends::KernelTable& table) {
    const ir::Graph& graph = objective.lowered.graph;
    const ir::Operation* mean = producerOf(graph, objective.loss);
    const ir::ValueId weight = objective.heads.front().weight;
    if (mean->type->id != "weighted_mean" || mean->inputs[1] != weight || width(graph, weight) != 1) return {};
    const ir::Operation* samples = producerOf(graph, mean->inputs[0]);
    if (samples->type->id == "softmax_cross_entropy")
        return samples->numbers[0] == 0 && samples->integers[0] == 0 ? LossMatch{samples->inputs[0], -1} : LossMatch{};
    const ir::Operation* loss = samples->type->id == "row_mean" ? producerOf(graph, samples->inputs[0]) : nullptr;
    if (!loss || loss->type->id != "loss") return {};
    return {loss->inputs[0], lossIndex(table, loss->formula), static_cast<float>(loss->numbers[0])};
}

}  // namespace

backends::TinyNet TinyChain::net(const backends::KernelTable&, std::int64_t parameters, int loss) const {
    return {layers.data(), static_cast<int>(layers.size()), units, static_cast<int>(parameters), loss};
}

std::optional<TinyChain> matchTinyChain(const network::Lowered& lowered, ir::ValueId value,
                                        const backends::KernelTable& table) {
    if (!table.tiny || lowered.inputs.size() != 1 || lowered.inputs[0].first != 0) return {};
    const ir::Graph& graph = lowered.graph;
    TinyChain chain;
    while ((value = behindReshapes(graph, value)) != lowered.input) {
        const ir::ValueId end = value;
        if (width(graph, value) > widest) return {};
        const std::optional<backends::TinyLayer> layer = matchLayer(graph, value, table);
        if (!layer) return {};
        chain.layers.insert(chain.layers.begin(), *layer);
        chain.values.insert(chain.values.begin(), end);
    }
    if (chain.layers.empty() || width(graph, lowered.input) > widest) return {};
    numberUnits(chain);
    return chain;
}

std::optional<TinyPlan> TinyPlan::make(const Objective& objective, const network::Network& network,
                                       const Optimization& optimization, const backends::KernelTable& table,
                                       const TrainingRows& rows) {
    if (!optimization.plain() || objective.heads.size() != 1 || objective.activity != ir::none) return {};
    const LossMatch loss = matchLoss(objective, table);
    if (loss.output == ir::none || loss.loss == -2) return {};
    std::optional<TinyChain> chain = matchTinyChain(objective.lowered, loss.output, table);
    std::int64_t used = 0;
    if (chain)
        for (const backends::TinyLayer& layer : chain->layers)
            used += (layer.inputs + (layer.bias >= 0)) * layer.outputs;
    if (!chain || used != network.parameterCount() || chain->inputs != rows.features) return {};
    TinyPlan plan(std::move(*chain), loss.loss, table, rows, network.parameterCount());
    plan.m_lossNumber = loss.number;
    for (const Penalty& penalty : optimization.penalties())
        plan.m_penalties.push_back(
            {penalty.kernel, static_cast<int>(penalty.offset), static_cast<int>(penalty.count), penalty.a, penalty.b});
    plan.m_constantNumbers = optimization.numbersAreConstant();
    return plan;
}

TinyPlan::TinyPlan(TinyChain chain, int loss, const backends::KernelTable& table, const TrainingRows& rows,
                   std::int64_t parameters)
    : m_chain(std::move(chain)), m_loss(loss), m_table(&table), m_rows(rows), m_parameters(parameters) {}

void TinyPlan::prepare(int blocks) {
    const auto found = std::ranges::find(m_scratch, blocks, &Scratch::blocks);
    if (found != m_scratch.end()) {
        std::swap(*found, m_scratch.front());
        return;
    }
    backends::TinyNet net = m_chain.net(*m_table, m_parameters, m_loss);
    net.lossNumber = m_lossNumber;
    Scratch scratch{blocks, tensor::Buffer(m_table->tiny->scratchFloats(net, blocks))};
    m_table->tiny->prepare(net, blocks, scratch.memory.data());
    m_scratch.insert(m_scratch.begin(), std::move(scratch));
}

float TinyPlan::weightOf(std::span<const std::uint32_t> rows) const {
    if (m_rows.weights.empty()) return static_cast<float>(rows.size());
    float sum = 0;
    for (const std::uint32_t row : rows) sum += m_rows.weights[row];
    return sum;
}

void TinyPlan::pack(std::span<const std::uint32_t> order, int batch, int blocks) {
    constexpr int lanes = backends::tinyLanes;
    const int columns = m_rows.features + m_rows.targetWidth;
    const std::int64_t blockSize = static_cast<std::int64_t>(columns + 1) * lanes;
    const std::int64_t batches = (static_cast<std::int64_t>(order.size()) + batch - 1) / batch;
    if (m_data.size() < batches * blocks * blockSize) m_data = tensor::Buffer(batches * blocks * blockSize);
    float* out = m_data.floats().data();
    for (std::int64_t b = 0; b < batches; ++b) {
        const std::int64_t first = b * batch;
        const int count =
            static_cast<int>(std::min<std::int64_t>(batch, static_cast<std::int64_t>(order.size()) - first));
        const float total = weightOf(order.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count)));
        const float factor = total > 0 ? 1.0f / total : 0.0f;
        for (int i = 0; i < blocks * lanes; ++i) {
            float* lane = out + (i / lanes) * blockSize + i % lanes;
            // Empty lanes repeat a row, so that no garbage can overflow there; their factor is 0.
            const std::uint32_t row = order[static_cast<std::size_t>(first + std::min(i, count - 1))];
            const float* x =
                m_rows.inputs.data() + static_cast<std::size_t>(row) * static_cast<std::size_t>(m_rows.features);
            const float* t =
                m_rows.targets.data() + static_cast<std::size_t>(row) * static_cast<std::size_t>(m_rows.targetWidth);
            for (int f = 0; f < m_rows.features; ++f) lane[f * lanes] = x[f];
            for (int k = 0; k < m_rows.targetWidth; ++k) lane[(m_rows.features + k) * lanes] = t[k];
            lane[columns * lanes] = i < count ? factor * weightOf({&row, 1}) : 0.0f;
        }
        out += blocks * blockSize;
    }
}

void TinyPlan::run(std::span<const std::uint32_t> order, int batch, tensor::Buffer& weights, tensor::Buffer& gradients,
                   Optimization& optimization, double learningRate, std::uint64_t firstStep, double* losses) {
    batch = std::min(batch, static_cast<int>(order.size()));
    const int blocks = (batch + backends::tinyLanes - 1) / backends::tinyLanes;
    const int steps = static_cast<int>(order.size()) / batch;
    pack(order, batch, blocks);
    prepare(blocks);
    m_numbers.resize(static_cast<std::size_t>(steps) * 8);
    for (int step = 0; step < steps; ++step) {
        if (!m_constantNumbers || learningRate != m_numbersRate)
            m_current = optimization.numbers(learningRate, firstStep + static_cast<std::uint64_t>(step));
        m_numbersRate = learningRate;
        std::ranges::copy(m_current, m_numbers.begin() + step * 8);
    }
    backends::TinyNet net = m_chain.net(*m_table, m_parameters, m_loss);
    net.lossNumber = m_lossNumber;
    std::vector<tensor::Buffer>& slots = optimization.optimizerSlots();
    backends::TinyRun job;
    job.net = &net;
    job.weights = weights.data();
    job.gradients = gradients.data();
    for (std::size_t i = 0; i < slots.size(); ++i) job.states[i] = slots[i].data();
    job.update = optimization.updateKernel();
    job.numbers = m_numbers.data();
    job.penalties = m_penalties.data();
    job.penaltyCount = static_cast<int>(m_penalties.size());
    job.data = m_data.floats().data();
    job.blocks = blocks;
    job.steps = steps;
    job.losses = losses;
    job.scratch = m_scratch.front().memory.data();
    m_table->tiny->train(job);
}

}  // namespace perceptory::training
