#pragma once
// What a layer puts out for many samples.

#include "engine/training/probes/Predictions.h"

namespace perceptory::training {

// "part", "samples", and "node": the layer; empty: the last one.
std::vector<base::ParamType> layerRowParameters();

// [samples, units]. Facts: part, samples, of, node, rows of the data. Of wide layers fewer samples, so that it stays
// below 128 MiB. Throws base::Error when there is no such layer or the part has no samples.
ProbeResult layerRows(const ProbeContext& context, const base::ParamValues& settings);

}  // namespace perceptory::training
