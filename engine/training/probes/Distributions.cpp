// How a quantity is spread in every layer, for the first samples of the training part: what the layers put out (as in
// evaluation), their weights, the gradient of the loss by them, or what the next update adds to them, if it were done
// with these samples. Values: [layers, bins] counts. Facts: of, samples, loss (gradients, updates), layers: for each
// what Spread::toJson tells, id, type, and: units, dead, saturated (activations; shares of the units); weight_norm
// (updates, gradients).

#include <algorithm>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/training/Trainer.h"
#include "engine/training/probes/ActivationEnds.h"
#include "engine/training/probes/Probe.h"
#include "engine/training/probes/Spread.h"

namespace perceptory::training {

namespace {

using network::NodeCheck;

// Outputs of several layers are worked out together up to so many numbers.
constexpr std::int64_t mostTogether = std::int64_t{1} << 24;

class Measuring {
public:
    Measuring(const ProbeContext& context, const base::ParamValues& settings)
        : m_context(context), m_settings(settings), m_bins(static_cast<int>(settings.integer("bins"))) {
        const std::vector<std::uint32_t>& train = context.dataset.parts.train;
        const auto most = static_cast<std::size_t>(settings.integer("samples"));
        m_rows = std::span(train).first(std::min(train.size(), most));
        if (m_rows.empty())
            throw base::Error(base::sentence("The training part has no samples. Give it some in the split."));
        m_result.facts = {{"of", settings.text("of")}, {"samples", m_rows.size()}, {"layers", base::Json::array()}};
    }

    ProbeResult run() {
        const std::string& of = m_settings.text("of");
        if (of == "activations")
            addActivations();
        else if (of == "weights")
            addWeights(m_context.trainer ? m_context.trainer->weights().floats() : std::span<const float>(), {});
        else
            addStep(of == "gradients");
        const auto layers = static_cast<std::int64_t>(m_result.facts["layers"].size());
        if (layers == 0 && !m_settings.text("node").empty())
            throw base::Error(base::sentence("There is nothing of this kind in a layer \"{0}\". Choose another one.",
                                             m_settings.text("node")));
        m_result.shape = {layers, m_bins};
        return std::move(m_result);
    }

private:
    bool isWanted(const NodeCheck& node) const {
        const std::string& only = m_settings.text("node");
        return node.spec.type != "input" && (only.empty() || only == node.spec.id);
    }

    base::Json& add(const NodeCheck& node, std::vector<float> numbers) {
        const Spread spread = spreadOf(std::move(numbers), m_bins);
        for (const std::int64_t count : spread.bins) m_result.values.push_back(static_cast<float>(count));
        base::Json facts = spread.toJson();
        facts["id"] = node.spec.id;
        facts["type"] = node.spec.type;
        m_result.facts["layers"].push_back(std::move(facts));
        return m_result.facts["layers"].back();
    }

    void addActivations() {
        std::vector<float> inputs, scratch;
        for (const std::uint32_t row : m_rows) {
            const auto one = m_context.dataset.input(row, scratch);
            inputs.insert(inputs.end(), one.begin(), one.end());
        }
        std::vector<const NodeCheck*> together;
        std::int64_t numbers = 0;
        const auto flush = [&] {
            addActivations(inputs, together);
            together.clear();
            numbers = 0;
        };
        for (const NodeCheck& node : m_context.network.nodes()) {
            if (!isWanted(node)) continue;
            together.push_back(&node);
            numbers += tensor::elementCount(node.output) * std::ssize(m_rows);
            if (numbers >= mostTogether) flush();
        }
        flush();
    }

    void addActivations(std::span<const float> inputs, const std::vector<const NodeCheck*>& nodes) {
        if (nodes.empty()) return;
        std::vector<std::string> ids;
        for (const NodeCheck* node : nodes) ids.push_back(node->spec.id);
        auto outputs = m_context.forward.run(inputs, std::ssize(m_rows), ids);
        for (const NodeCheck* node : nodes) {
            const auto found = outputs.find(node->spec.id);
            if (found == outputs.end()) continue;
            const std::int64_t units = node->output.empty() ? 1 : node->output.back();
            const Stillness still =
                stillnessOf(found->second.values, units, found->second.count, activationEnds(node->spec));
            base::Json& facts = add(*node, std::move(found->second.values));
            facts["units"] = units;
            facts["dead"] = still.dead;
            facts["saturated"] = still.saturated;
        }
    }

    // Of a flat buffer the numbers that belong to a layer; statistics that it only keeps are none of them.
    std::vector<float> partOf(std::span<const float> flat, const NodeCheck& node) const {
        std::vector<float> numbers;
        for (const network::Parameter& parameter : m_context.network.parameters()) {
            if (parameter.node != node.spec.id || parameter.spec.state) continue;
            const auto own =
                flat.subspan(static_cast<std::size_t>(parameter.offset), static_cast<std::size_t>(parameter.count));
            numbers.insert(numbers.end(), own.begin(), own.end());
        }
        return numbers;
    }

    void addWeights(std::span<const float> flat, std::span<const float> weights) {
        if (!m_context.trainer)
            throw base::Error(base::sentence("Nothing is trained, so there is nothing to measure."));
        for (const NodeCheck& node : m_context.network.nodes()) {
            if (!isWanted(node)) continue;
            std::vector<float> numbers = partOf(flat, node);
            if (numbers.empty()) continue;
            base::Json& facts = add(node, std::move(numbers));
            if (!weights.empty()) facts["weight_norm"] = spreadOf(partOf(weights, node), 1).norm;
        }
    }

    void addStep(bool gradients) {
        if (!m_context.trainer) return addWeights({}, {});
        TrialStep& trial = m_context.trainer->trial();
        trial.run(m_rows);
        m_result.facts["loss"] = trial.loss();
        const std::span<const float> flat = gradients ? trial.gradients() : std::span<const float>(trial.changes());
        addWeights(flat, m_context.trainer->weights().floats());
    }

    const ProbeContext& m_context;
    const base::ParamValues& m_settings;
    int m_bins;
    std::span<const std::uint32_t> m_rows;
    ProbeResult m_result;
};

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    return Measuring(context, settings).run();
}

std::vector<base::ParamType> parameters() {
    return {base::choiceParam("of", "Quantity", "What is spread.", "activations",
                              {"activations", "weights", "gradients", "updates"}, base::Changes::NextBatch),
            base::integerParam("samples", "Samples", "The first of the training part.", 64, 1, 1'000'000),
            base::integerParam("bins", "Bins", "Of each histogram.", 32, 1, 4096),
            {.id = "node",
             .label = "Layer",
             .help = "Of this layer alone; empty: of all.",
             .kind = base::ParamKind::Text,
             .fallback = ""}};
}

}  // namespace

const ProbeType DistributionsProbe{
    {"distributions", "Distributions",
     "Histogram and quantiles of activations, weights, gradients or updates, layer by layer.", parameters()},
    measure};

}  // namespace perceptory::training
