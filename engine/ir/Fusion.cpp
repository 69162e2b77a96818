#include "engine/ir/Fusion.h"

#include <algorithm>
#include <optional>
#include <set>

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

namespace {

bool is(const Operation& operation, const char* id) { return operation.type->id == id; }

bool isRelu(const Operation& operation, const char* id) { return is(operation, id) && operation.formula == "relu"; }

// A pool over 2×2 pixels that covers its image.
bool isHalving(const tensor::Window& w) {
    return w.kernelHeight == 2 && w.kernelWidth == 2 && w.strideY == 2 && w.strideX == 2 && w.padTop == 0 &&
           w.padLeft == 0 && w.dilationY == 1 && w.dilationX == 1 && w.height == 2 * w.mapHeight &&
           w.width == 2 * w.mapWidth;
}

// One whose map, and whose image with its padding, the kernels can hold.
bool fitsBeforePool(const tensor::Window& w) {
    const std::int64_t height = (w.mapHeight - 1) * w.strideY + w.kernelHeight,
                       width = (w.mapWidth - 1) * w.strideX + w.kernelWidth;
    return w.groups == 1 && w.dilationY == 1 && w.dilationX == 1 &&
           height * width * w.channels <= tensor::mostPooledMap &&
           w.mapHeight * w.mapWidth * std::max<std::int64_t>(16, w.mapChannels) <= tensor::mostPooledMap;
}

// Fewer channels leave most of a register empty, and the transforms cost more than they save.
bool suitsWinograd(const tensor::Window& w) {
    constexpr std::int64_t fewest = 16;
    return w.kernelHeight == 3 && w.kernelWidth == 3 && w.strideY == 1 && w.strideX == 1 && w.dilationY == 1 &&
           w.dilationX == 1 && w.groups == 1 && w.channels >= fewest && w.mapChannels >= fewest;
}

// The sums of all planes must stay in the cache, too.
bool suitsWinogradGradient(const tensor::Window& w) { return suitsWinograd(w) && w.channels * w.mapChannels <= 8192; }

// A convolution with a pool behind it, and what leads back through them. Indices of operations, -1 where there is none.
struct PooledConvolution {
    int convolution = -1, relu = -1, pool = -1;
    int poolGradient = -1, reluGradient = -1;
};

class Fusion {
public:
    Fusion(const Graph& graph, const PlanRequest& request) : m_graph(graph), m_operations(graph.operations()) {
        m_kept.insert(request.keep.begin(), request.keep.end());
        for (const auto& [value, offset] : request.gradients) m_kept.insert(value);
        const std::vector<bool> runs = operationsThatRun(graph, request);
        m_users.resize(graph.values().size());
        for (std::size_t i = 0; i < m_operations.size(); ++i)
            for (const ValueId input : m_operations[i].inputs)
                if (runs[i] && input != none) m_users[static_cast<std::size_t>(input)].push_back(static_cast<int>(i));
    }

    Graph run() {
        for (std::size_t i = 0; i < m_operations.size(); ++i)
            if (is(m_operations[i], "max_pool"))
                if (const auto found = match(static_cast<int>(i))) replace(*found);
        readSlopesBehind();
        useWinograd();
        m_graph.setOperations(std::move(m_operations));
        return std::move(m_graph);
    }

private:
    // ReLU's slope can be read off what came out, so what went in need not be kept for it.
    void readSlopesBehind() {
        for (Operation& operation : m_operations)
            if (isRelu(operation, "unary_gradient")) operation.inputs[0] = operation.inputs[1];
    }

    Operation& at(int index) { return m_operations[static_cast<std::size_t>(index)]; }
    const std::vector<int>& users(ValueId value) const { return m_users[static_cast<std::size_t>(value)]; }
    int producer(ValueId value) const { return m_graph.value(value).producer; }

    // Nobody but these reads it.
    bool isOnlyFor(ValueId value, std::initializer_list<int> readers) const {
        return !m_kept.contains(value) && std::ranges::all_of(users(value), [&](int user) {
            return std::ranges::find(readers, user) != readers.end();
        });
    }

    int userOf(ValueId value, const char* id) {
        for (const int user : users(value))
            if (is(at(user), id)) return user;
        return -1;
    }

    std::optional<PooledConvolution> match(int pool) {
        PooledConvolution found{.pool = pool};
        ValueId map = at(pool).inputs[0];
        if (!isHalving(at(pool).window)) return {};
        if (const int maker = producer(map); maker >= 0 && isRelu(at(maker), "unary")) {
            found.relu = maker;
            map = at(maker).inputs[0];
        }
        found.convolution = producer(map);
        if (found.convolution < 0 || !is(at(found.convolution), "conv2d")) return {};
        if (!fitsBeforePool(at(found.convolution).window)) return {};
        found.poolGradient = userOf(at(pool).outputs[1], "max_pool_gradient");
        if (found.poolGradient >= 0 && found.relu >= 0)
            found.reluGradient = userOf(at(found.poolGradient).outputs[0], "unary_gradient");
        return isClosed(found) ? std::optional(found) : std::nullopt;
    }

    // Nothing between the convolution and the pool, or on the way back, is read by others.
    bool isClosed(const PooledConvolution& p) {
        const ValueId map = at(p.convolution).outputs[0];
        if (!isOnlyFor(map, {p.relu >= 0 ? p.relu : p.pool, p.reluGradient})) return false;
        if (p.relu >= 0 && !isOnlyFor(at(p.relu).outputs[0], {p.pool, p.reluGradient})) return false;
        if (p.poolGradient < 0) return true;
        if (p.relu >= 0 && (p.reluGradient < 0 || !isOnlyFor(at(p.poolGradient).outputs[0], {p.reluGradient})))
            return false;
        const ValueId gradient = mapGradient(p);
        return !m_kept.contains(gradient) &&
               std::ranges::all_of(users(gradient), [&](int user) { return readsGradient(at(user), gradient); });
    }

    ValueId mapGradient(const PooledConvolution& p) {
        return at(p.relu >= 0 ? p.reluGradient : p.poolGradient).outputs[0];
    }

    static bool readsGradient(const Operation& user, ValueId gradient) {
        return is(user, "sum_pixels") || (is(user, "conv2d_weight_gradient") && user.inputs[1] == gradient) ||
               (is(user, "conv2d_input_gradient") && user.inputs[0] == gradient);
    }

    void replace(const PooledConvolution& p) {
        const Operation pool = at(p.pool), convolution = at(p.convolution);
        Operation fused = named("conv2d_max_pool", pool.node);
        fused.inputs = convolution.inputs;
        fused.outputs = pool.outputs;
        fused.window = convolution.window;
        fused.integers[0] = p.relu >= 0 ? 1 : 0;
        at(p.pool) = fused;
        if (p.poolGradient < 0) return;
        const ValueId winners = pool.outputs[1], mapped = mapGradient(p);
        const ValueId gradient = p.relu >= 0 ? pooledReluGradient(p, pool.outputs[0]) : at(p.poolGradient).inputs[1];
        for (const int user : users(mapped)) readPooled(at(user), winners, gradient);
    }

    // ReLU's slope where the pooled value came from; takes the place of the pool's gradient.
    ValueId pooledReluGradient(const PooledConvolution& p, ValueId pooled) {
        Operation slope = at(p.reluGradient);
        slope.inputs = {pooled, pooled, at(p.poolGradient).inputs[1]};
        slope.outputs = {
            m_graph.addResult({.shape = m_graph.value(pooled).shape, .batched = true, .name = slope.node})};
        at(p.poolGradient) = slope;
        return slope.outputs[0];
    }

    void readPooled(Operation& user, ValueId winners, ValueId gradient) {
        if (is(user, "sum_pixels")) {
            user.inputs = {gradient};
        } else if (is(user, "conv2d_weight_gradient")) {
            user.type = &primitive("conv2d_pooled_weight_gradient");
            user.inputs = {user.inputs[0], winners, gradient};
            std::vector<Value> made = user.type->shapes(m_graph, user);
            user.outputs.push_back(m_graph.addResult(std::move(made[1])));
        } else {
            user.type = &primitive("conv2d_pooled_input_gradient");
            user.inputs = {winners, gradient, user.inputs[1]};
        }
    }

    Operation named(const char* id, const std::string& node) const {
        Operation operation;
        operation.type = &primitive(id);
        operation.node = node;
        return operation;
    }

    // Where a convolution reads its weights; -1 for other operations.
    static int weightsInput(const Operation& operation) {
        if (is(operation, "conv2d") || is(operation, "conv2d_max_pool") || is(operation, "conv2d_input_gradient"))
            return 1;
        return is(operation, "conv2d_pooled_input_gradient") ? 2 : -1;
    }

    // The gradient of the weights in two operations.
    Operation summed(Operation& gradient) {
        Operation sums = named("winograd_weight_sums", gradient.node);
        sums.inputs = gradient.inputs;
        sums.window = gradient.window;
        sums.outputs = {m_graph.addResult(std::move(sums.type->shapes(m_graph, sums)[0]))};
        gradient.type = &primitive("winograd_weight_gradient");
        gradient.inputs = sums.outputs;
        return sums;
    }

    void useWinograd() {
        std::vector<Operation> all;
        for (Operation& operation : m_operations) {
            if (is(operation, "conv2d_weight_gradient") && suitsWinogradGradient(operation.window))
                all.push_back(summed(operation));
            const int weights = weightsInput(operation);
            if (weights >= 0 && suitsWinograd(operation.window)) {
                Operation transform = named("winograd_weights", operation.node);
                transform.inputs = {operation.inputs[static_cast<std::size_t>(weights)]};
                transform.integers[0] = is(operation, "conv2d") || is(operation, "conv2d_max_pool") ? 0 : 1;
                transform.outputs = {m_graph.addResult(std::move(transform.type->shapes(m_graph, transform)[0]))};
                operation.inputs.resize(3, none);
                operation.inputs.push_back(transform.outputs[0]);
                all.push_back(std::move(transform));
            }
            all.push_back(std::move(operation));
        }
        m_operations = std::move(all);
    }

    Graph m_graph;
    std::vector<Operation> m_operations;
    std::set<ValueId> m_kept;
    std::vector<std::vector<int>> m_users;  // of each value: the operations that run and read it
};

}  // namespace

Graph fuse(const Graph& graph, const PlanRequest& request) { return Fusion(graph, request).run(); }

}  // namespace perceptory::ir
