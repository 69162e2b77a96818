#include "engine/ir/NormFusion.h"

#include <optional>

namespace perceptory::ir {

namespace {

// Fewer values of a channel in a sample make sums in blocks of them as large as what they sum.
constexpr std::int64_t fewestPixels = 16;

// Indices of operations, -1 where there is none.
struct Norm {
    int normalize = -1, scale = -1, relu = -1;
    int reluGradient = -1, scaleGradient = -1, factorGradient = -1, offsetGradient = -1, gradient = -1;

    bool hasGradient() const { return gradient >= 0; }
};

class NormFusion {
public:
    NormFusion(Rewriter& rewriter, std::int64_t batch) : m_rewriter(rewriter), m_batch(batch) {}

    void run() {
        for (int i = 0; i < m_rewriter.count(); ++i)
            if (is(at(i), "normalize") && isOfChannels(at(i)))
                if (const auto found = match(i)) replace(*found);
    }

private:
    Operation& at(int index) { return m_rewriter.at(index); }
    ValueId made(int index) { return at(index).outputs[0]; }

    // Statistics of the batch for every channel of an image.
    bool isOfChannels(const Operation& normalize) const {
        const auto [rows, channels, inner, shared] = normalize.integers;
        const std::int64_t pixels =
            tensor::elementCount(m_rewriter.graph().value(normalize.inputs[0]).shape) / channels;
        return rows == 0 && inner == 1 && shared == 1 && pixels >= fewestPixels && m_batch * pixels > 1;
    }

    std::optional<Norm> match(int normalize) {
        Norm found{.normalize = normalize};
        const std::int64_t channels = at(normalize).integers[1];
        found.scale = m_rewriter.userOf(made(normalize), "scale_shift");
        if (found.scale < 0 || !scales(at(found.scale), made(normalize), channels)) return {};
        const ValueId scaled = made(found.scale);
        found.relu = m_rewriter.userOf(scaled, "unary");
        if (found.relu >= 0 && at(found.relu).formula != "relu") found.relu = -1;
        found.gradient = m_rewriter.userOf(made(normalize), "normalize_gradient");
        if (found.gradient >= 0 && !findGradients(found)) return {};
        const bool closed = m_rewriter.isOnlyFor(made(normalize), {found.scale, found.factorGradient, found.gradient});
        if (!closed) return {};
        if (found.relu >= 0 && !m_rewriter.isOnlyFor(scaled, {found.relu, found.reluGradient})) found.relu = -1;
        if (found.reluGradient >= 0 && found.relu < 0) return {};
        return found;
    }

    bool scales(const Operation& scale, ValueId x, std::int64_t channels) const {
        return scale.inputs[0] == x && scale.inputs[1] != none && scale.inputs[2] != none &&
               scale.integers[0] == channels;
    }

    // The operations that lead back, from the last to the first; false: others than expected.
    bool findGradients(Norm& norm) {
        const Operation& last = at(norm.gradient);
        norm.scaleGradient = m_rewriter.producer(last.inputs[2]);
        if (norm.scaleGradient < 0 || !is(at(norm.scaleGradient), "scale_shift")) return false;
        if (!m_rewriter.isOnlyFor(made(norm.scaleGradient), {norm.gradient})) return false;
        const ValueId gradient = at(norm.scaleGradient).inputs[0];
        for (const int user : m_rewriter.users(gradient)) {
            if (!is(at(user), "fold") || at(user).inputs[0] != gradient) continue;
            if (at(user).inputs[1] == made(norm.normalize)) norm.factorGradient = user;
            // A sum of two normalizations hands the same gradient to both; each offset's comes behind its factor's.
            const bool next = norm.factorGradient >= 0 && norm.offsetGradient < 0;
            if (at(user).inputs[1] == none && next) norm.offsetGradient = user;
        }
        if (norm.factorGradient < 0 || norm.offsetGradient < 0) return false;
        const int maker = m_rewriter.producer(gradient);
        const bool slope =
            norm.relu >= 0 && maker >= 0 && is(at(maker), "unary_gradient") && at(maker).inputs[1] == made(norm.relu) &&
            m_rewriter.isOnlyFor(gradient, {norm.scaleGradient, norm.factorGradient, norm.offsetGradient});
        if (slope) norm.reluGradient = maker;
        if (!slope) norm.relu = -1;
        return true;
    }

    void replace(const Norm& norm) {
        const Operation normalize = at(norm.normalize), scale = at(norm.scale);
        const bool relu = norm.relu >= 0;
        const int last = relu ? norm.relu : norm.scale;
        Operation sums = m_rewriter.named("channel_sums", normalize.node);
        sums.inputs = {normalize.inputs[0]};
        sums.integers[0] = normalize.integers[1];
        m_rewriter.addOutputs(sums);
        Operation apply = m_rewriter.named("normalize_channels", normalize.node);
        apply.inputs = {normalize.inputs[0], sums.outputs[0], scale.inputs[1], scale.inputs[2]};
        apply.outputs = {made(last), normalize.outputs[1]};
        apply.integers = {normalize.integers[1], relu ? 1 : 0};
        apply.numbers = normalize.numbers;
        if (norm.hasGradient()) replaceGradient(norm, apply);
        // Where the first stood, since others may read the statistics before the result is asked for.
        m_rewriter.insertBefore(norm.normalize, std::move(sums));
        at(norm.normalize) = std::move(apply);
        m_rewriter.remove(norm.scale);
        if (relu) m_rewriter.remove(norm.relu);
    }

    void replaceGradient(const Norm& norm, const Operation& forward) {
        const int first = norm.reluGradient >= 0
                              ? norm.reluGradient
                              : std::min({norm.scaleGradient, norm.factorGradient, norm.offsetGradient});
        const ValueId gradient =
            norm.reluGradient >= 0 ? at(norm.reluGradient).inputs[2] : at(norm.scaleGradient).inputs[0];
        Operation sums = m_rewriter.named("channel_gradient_sums", forward.node);
        sums.inputs = {forward.inputs[0], forward.outputs[1], forward.inputs[2], forward.inputs[3], gradient};
        sums.integers = forward.integers;
        m_rewriter.addOutputs(sums);
        Operation apply = m_rewriter.named("normalize_channels_gradient", forward.node);
        apply.inputs = sums.inputs;
        apply.inputs.push_back(sums.outputs[0]);
        apply.outputs = {made(norm.gradient), made(norm.factorGradient), made(norm.offsetGradient)};
        apply.integers = forward.integers;
        for (const int gone : {norm.scaleGradient, norm.factorGradient, norm.offsetGradient, norm.gradient})
            if (gone != first) m_rewriter.remove(gone);
        m_rewriter.insertBefore(first, std::move(sums));
        at(first) = std::move(apply);
    }

    Rewriter& m_rewriter;
    const std::int64_t m_batch;
};

}  // namespace

void fuseNorms(Rewriter& rewriter, std::int64_t batch) { NormFusion(rewriter, batch).run(); }

}  // namespace perceptory::ir
