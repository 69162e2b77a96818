#include "engine/ir/Fusion.h"

#include <algorithm>
#include <optional>

#include "engine/ir/NormFusion.h"
#include "engine/ir/Rewriter.h"

namespace perceptory::ir {

namespace {

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

class PoolFusion {
public:
    explicit PoolFusion(Rewriter& rewriter) : m_rewriter(rewriter) {}

    void run() {
        for (int i = 0; i < m_rewriter.count(); ++i)
            if (is(at(i), "max_pool"))
                if (const auto found = match(i)) replace(*found);
    }

private:
    Operation& at(int index) { return m_rewriter.at(index); }
    const std::vector<int>& users(ValueId value) const { return m_rewriter.users(value); }
    bool isOnlyFor(ValueId value, std::initializer_list<int> readers) const {
        return m_rewriter.isOnlyFor(value, readers);
    }

    std::optional<PooledConvolution> match(int pool) {
        PooledConvolution found{.pool = pool};
        ValueId map = at(pool).inputs[0];
        if (!isHalving(at(pool).window)) return {};
        if (const int maker = m_rewriter.producer(map); maker >= 0 && isRelu(at(maker), "unary")) {
            found.relu = maker;
            map = at(maker).inputs[0];
        }
        found.convolution = m_rewriter.producer(map);
        if (found.convolution < 0 || !is(at(found.convolution), "conv2d")) return {};
        if (!fitsBeforePool(at(found.convolution).window)) return {};
        found.poolGradient = m_rewriter.userOf(at(pool).outputs[1], "max_pool_gradient");
        if (found.poolGradient >= 0 && found.relu >= 0)
            found.reluGradient = m_rewriter.userOf(at(found.poolGradient).outputs[0], "unary_gradient");
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
        return !m_rewriter.isKept(gradient) &&
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
        Operation fused = m_rewriter.named("conv2d_max_pool", pool.node);
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
        slope.outputs = {m_rewriter.addResult(
            {.shape = m_rewriter.graph().value(pooled).shape, .batched = true, .name = slope.node})};
        at(p.poolGradient) = slope;
        return slope.outputs[0];
    }

    void readPooled(Operation& user, ValueId winners, ValueId gradient) {
        if (is(user, "sum_pixels")) {
            user.inputs = {gradient};
        } else if (is(user, "conv2d_weight_gradient")) {
            user.type = &primitive("conv2d_pooled_weight_gradient");
            user.inputs = {user.inputs[0], winners, gradient};
            m_rewriter.addOutputs(user);
        } else {
            user.type = &primitive("conv2d_pooled_input_gradient");
            user.inputs = {winners, gradient, user.inputs[1]};
        }
    }

    Rewriter& m_rewriter;
};

// ReLU's slope can be read off what came out, so what went in need not be kept for it.
void readSlopesBehind(Rewriter& rewriter) {
    for (int i = 0; i < rewriter.count(); ++i)
        if (Operation& operation = rewriter.at(i); isRelu(operation, "unary_gradient"))
            operation.inputs[0] = operation.inputs[1];
}

// x·w, where w is large and trained: threads then keep to their own rows of w in product, gradient and update. Worth it
// where what they hand over instead, the parts, is less than the weights.
bool isWorthPartsOfWeights(const Graph& graph, const Operation& product, const PlanRequest& request) {
    constexpr std::int64_t fewest = 1 << 16, rowsPerSample = 8;
    const Value &x = graph.value(product.inputs[0]), &w = graph.value(product.inputs[1]);
    const bool isTrained =
        w.role == Role::Parameter &&
        std::ranges::any_of(request.gradients, [&](const auto& gradient) { return gradient.second == w.offset; });
    return isTrained && x.shape.size() == 1 && tensor::elementCount(w.shape) >= fewest &&
           w.shape[0] >= rowsPerSample * request.batch;
}

// xᵀ·dy over many more rows than x has columns: threads then keep to their own samples.
bool isWorthPartsOfSamples(const Graph& graph, const Operation& product, const PlanRequest& request) {
    constexpr std::int64_t fewest = 1 << 16, rowsPerColumn = 16;
    const tensor::Shape &x = graph.value(product.inputs[0]).shape, &dy = graph.value(product.inputs[1]).shape;
    return request.batch * tensor::elementCount(x) >= rowsPerColumn * x.back() * x.back() &&
           request.batch * tensor::elementCount(dy) >= fewest;
}

void splitProducts(Rewriter& rewriter, const PlanRequest& request) {
    constexpr std::int64_t parts = 4;
    for (int i = 0; i < rewriter.count(); ++i) {
        Operation& sum = rewriter.at(i);
        if (!is(sum, "matrix_product")) continue;
        const bool ofSamples = sum.integers[0] == 1;
        if (!(ofSamples ? isWorthPartsOfSamples : isWorthPartsOfWeights)(rewriter.graph(), sum, request)) continue;
        Operation product = rewriter.named("product_parts", sum.node);
        product.inputs = {sum.inputs[0], sum.inputs[1]};
        product.integers = {sum.integers[0], parts};
        rewriter.addOutputs(product);
        sum.type = &primitive("sum_parts");
        sum.integers = {};
        sum.inputs = {product.outputs[0], sum.inputs.size() > 2 ? sum.inputs[2] : none};
        rewriter.insertBefore(i, std::move(product));
    }
}

// A sum and the ReLU behind it in one, where nobody looks between.
void putReluIntoSums(Rewriter& rewriter) {
    for (int i = 0; i < rewriter.count(); ++i) {
        if (!isRelu(rewriter.at(i), "unary")) continue;
        const ValueId sum = rewriter.at(i).inputs[0];
        const int maker = rewriter.producer(sum);
        if (maker < 0 || rewriter.at(maker).outputs[0] != sum) continue;
        if (!is(rewriter.at(maker), "add") && !is(rewriter.at(maker), "sum_parts")) continue;
        const int slope = rewriter.userOf(sum, "unary_gradient");  // reads what came out: readSlopesBehind()
        if (!rewriter.isOnlyFor(sum, {i, slope})) continue;
        rewriter.at(maker).outputs = rewriter.at(i).outputs;
        rewriter.at(maker).integers[0] = 1;
        rewriter.remove(i);
    }
}

// Where a convolution reads its weights; -1 for other operations.
int weightsInput(const Operation& operation) {
    if (is(operation, "conv2d") || is(operation, "conv2d_max_pool") || is(operation, "conv2d_input_gradient")) return 1;
    return is(operation, "conv2d_pooled_input_gradient") ? 2 : -1;
}

// The gradient of the weights in two operations.
void sumInPlanes(Rewriter& rewriter, int index) {
    Operation& gradient = rewriter.at(index);
    Operation sums = rewriter.named("winograd_weight_sums", gradient.node);
    sums.inputs = gradient.inputs;
    sums.window = gradient.window;
    rewriter.addOutputs(sums);
    gradient.type = &primitive("winograd_weight_gradient");
    gradient.inputs = sums.outputs;
    rewriter.insertBefore(index, std::move(sums));
}

void transformWeights(Rewriter& rewriter, int index, std::size_t weights) {
    Operation& operation = rewriter.at(index);
    Operation transform = rewriter.named("winograd_weights", operation.node);
    transform.inputs = {operation.inputs[weights]};
    transform.integers[0] = is(operation, "conv2d") || is(operation, "conv2d_max_pool") ? 0 : 1;
    rewriter.addOutputs(transform);
    operation.inputs.resize(3, none);
    operation.inputs.push_back(transform.outputs[0]);
    rewriter.insertBefore(index, std::move(transform));
}

void useWinograd(Rewriter& rewriter) {
    for (int i = 0; i < rewriter.count(); ++i) {
        const Operation& operation = rewriter.at(i);
        const int weights = weightsInput(operation);
        if (is(operation, "conv2d_weight_gradient") && suitsWinogradGradient(operation.window))
            sumInPlanes(rewriter, i);
        else if (weights >= 0 && suitsWinograd(operation.window))
            transformWeights(rewriter, i, static_cast<std::size_t>(weights));
    }
}

}  // namespace

Graph fuse(const Graph& graph, const PlanRequest& request) {
    Rewriter rewriter(graph, request);
    fuseNorms(rewriter, request.batch);
    PoolFusion(rewriter).run();
    readSlopesBehind(rewriter);
    splitProducts(rewriter, request);
    putReluIntoSums(rewriter);
    useWinograd(rewriter);
    return rewriter.finish();
}

}  // namespace perceptory::ir
