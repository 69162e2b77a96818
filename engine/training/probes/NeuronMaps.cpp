// What every neuron computes over the plane of the data. Values: [units of all nodes, size, size], row 0 at the top.
// Facts: plane; nodes: [{id, first, units}], `first` being the index of the node's first unit.

#include "engine/training/probes/GridMaps.h"

namespace perceptory::training {

namespace {

// A picture of more units than this helps nobody and would cost more than the training.
constexpr int mostUnits = 4096;

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    const std::int64_t size = settings.integer("size");
    std::vector<std::string> ids;
    int units = 0;
    for (const network::NodeCheck& node : context.network.nodes()) {
        units += static_cast<int>(tensor::elementCount(node.output));
        if (node.spec.type != "input" && units <= mostUnits) ids.push_back(node.spec.id);
    }
    const std::map<std::string, NodeOutput> outputs =
        context.forward.run(gridInputs(context, settings), size * size, ids);
    std::shared_ptr<const Plane> plane = planeIn(context, settings);
    ProbeResult result{
        {0, size, size}, {}, {{"plane", planeFacts(*plane)}, {"nodes", base::Json::array()}}, std::move(plane)};
    for (const std::string& id : ids) {
        const NodeOutput& output = outputs.at(id);
        result.facts["nodes"].push_back({{"id", id}, {"first", result.shape[0]}, {"units", output.units}});
        result.shape[0] += output.units;
        result.values.insert(result.values.end(), output.values.begin(), output.values.end());
    }
    return result;
}

}  // namespace

const ProbeType NeuronMapsProbe{
    {"neuron_maps", "Neuron maps", "What every neuron computes over the plane of the data.", planeParameters(50)},
    measure};

}  // namespace perceptory::training
