// The forward pass of one sample: what every neuron puts out. The sample is a row of the data, or a place of the plane.
// Values: [units of all nodes, or of one], the input first. Facts: nodes: [{id, first, units}].

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/training/probes/Probe.h"

namespace perceptory::training {

namespace {

std::vector<float> sampleInputs(const ProbeContext& context, const base::ParamValues& settings) {
    const std::int64_t row = settings.integer("row");
    if (row >= static_cast<std::int64_t>(context.dataset.count))
        throw base::Error(
            base::sentence("activations: the data has {0} rows, so there is no row {1}. Choose a smaller one.",
                           context.dataset.count, row));
    if (row >= 0) {
        std::vector<float> scratch;
        const auto inputs = context.dataset.input(static_cast<std::size_t>(row), scratch);
        return {inputs.begin(), inputs.end()};
    }
    const std::vector<float> raw = planeIn(context, settings)->rawAt(settings.number("x"), settings.number("y"));
    return context.dataset.pipeline.apply(raw, 1);
}

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    const std::vector<float> inputs = sampleInputs(context, settings);
    const std::string only = settings.text("node");
    const auto isWanted = [&](const network::NodeCheck& node) { return only.empty() || node.spec.id == only; };
    std::vector<std::string> ids;
    for (const network::NodeCheck& node : context.network.nodes())
        if (node.spec.type != "input" && isWanted(node)) ids.push_back(node.spec.id);
    const std::map<std::string, NodeOutput> outputs = context.forward.run(inputs, 1, ids);
    ProbeResult result{{0}, {}, {{"nodes", base::Json::array()}}};
    const auto add = [&](const std::string& id, std::span<const float> values) {
        result.facts["nodes"].push_back({{"id", id}, {"first", result.shape[0]}, {"units", values.size()}});
        result.shape[0] += static_cast<std::int64_t>(values.size());
        result.values.insert(result.values.end(), values.begin(), values.end());
    };
    for (const network::NodeCheck& node : context.network.nodes())
        if (isWanted(node))
            add(node.spec.id, node.spec.type == "input" ? std::span<const float>(inputs)
                                                        : std::span<const float>(outputs.at(node.spec.id).values));
    if (result.shape[0] == 0)
        throw base::Error(base::sentence("activations: there is no layer \"{0}\". Choose another one.", only));
    return result;
}

std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all = planeParameters(4);
    all.push_back(base::integerParam("row", "Row", "Row of the data, counted from 0; −1: the place x, y.", -1, -1,
                                     1'000'000'000));
    all.push_back({.id = "node",
                   .label = "Layer",
                   .help = "Of this layer alone; empty: of all.",
                   .kind = base::ParamKind::Text,
                   .fallback = ""});
    all.push_back(base::numberParam("x", "x", "Place along the first axis of the plane.", 0, -1e9, 1e9));
    all.push_back(base::numberParam("y", "y", "Place along the second axis of the plane.", 0, -1e9, 1e9));
    return all;
}

}  // namespace

const ProbeType ActivationsProbe{
    {"activations", "Activations", "What every neuron puts out for one sample.", parameters()}, measure};

}  // namespace perceptory::training
