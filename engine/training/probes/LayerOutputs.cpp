// What a layer puts out for many samples, one row each: what an embedding is made of. Values: [samples, units]. Facts:
// part, samples, of, node, rows (of the data).

#include "engine/training/probes/LayerRows.h"

namespace perceptory::training {

namespace {

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    return layerRows(context, settings);
}

}  // namespace

const ProbeType LayerOutputsProbe{
    {"layer_outputs", "Outputs of a layer", "What a layer puts out for many samples.", layerRowParameters()}, measure};

}  // namespace perceptory::training
