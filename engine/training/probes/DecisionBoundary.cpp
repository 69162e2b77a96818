// The network's outputs over the plane of the data. Values: [outputs, size, size], row 0 at the top. Facts: plane.

#include "engine/training/probes/GridMaps.h"

namespace perceptory::training {

namespace {

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    const std::int64_t size = settings.integer("size");
    const std::string node = context.network.output().spec.id;
    NodeOutput output = std::move(context.forward.run(gridInputs(context, settings), size * size, {node}).at(node));
    std::shared_ptr<const Plane> plane = planeIn(context, settings);
    return {{output.units, size, size}, std::move(output.values), {{"plane", planeFacts(*plane)}}, std::move(plane)};
}

}  // namespace

const ProbeType DecisionBoundaryProbe{
    {"decision_boundary", "Decision boundary", "What the network puts out at every place of the plane of the data.",
     planeParameters(100)},
    measure};

}  // namespace perceptory::training
