#include "engine/training/probes/LayerRows.h"

#include <algorithm>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::training {

namespace {

constexpr std::int64_t mostNumbers = std::int64_t{1} << 25;

const network::NodeCheck& layerCalled(const ProbeContext& context, const std::string& id) {
    for (const network::NodeCheck& node : context.network.nodes())
        if (node.spec.id == id && node.spec.type != "input") return node;
    throw base::Error(base::sentence("There is no layer \"{0}\" that puts something out. Choose another one.", id));
}

}  // namespace

std::vector<base::ParamType> layerRowParameters() {
    return {base::choiceParam("part", "Part", "Of the data; \"usual\": test, else validation, else training.", "usual",
                              {"usual", "train", "validation", "test"}, base::Changes::NextBatch),
            base::integerParam("samples", "Samples", "At most, the first of the part.", 1000, 1, 5000),
            {.id = "node",
             .label = "Layer",
             .help = "Whose outputs are meant; empty: the last one.",
             .kind = base::ParamKind::Text,
             .fallback = ""}};
}

ProbeResult layerRows(const ProbeContext& context, const base::ParamValues& settings) {
    const std::string& named = settings.text("node");
    const std::string id = named.empty() ? context.network.output().spec.id : named;
    const std::int64_t units = tensor::elementCount(layerCalled(context, id).output);
    PartRows part = partRows(context, settings);
    if (part.rows.empty())
        throw base::Error(base::sentence("This part of the data has no samples. Choose another one."));
    part.rows.resize(
        std::min(part.rows.size(), static_cast<std::size_t>(std::max<std::int64_t>(1, mostNumbers / units))));
    ProbeResult result{{std::ssize(part.rows), units}, outputsOf(context, part.rows, id), part.facts()};
    result.facts["node"] = id;
    result.facts["rows"] = part.rows;
    return result;
}

}  // namespace perceptory::training
