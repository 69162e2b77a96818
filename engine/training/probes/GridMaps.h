#pragma once
// What decision_boundary and neuron_maps share: the plane's grid as inputs of the network.

#include "engine/training/probes/Probe.h"

namespace perceptory::training {

// [size · size][features], row 0 at the top. Kept in the context's cache.
const std::vector<float>& gridInputs(const ProbeContext& context, const base::ParamValues& settings);

// Where the picture lies: {"x": {"name", "minimum", "maximum"}, "y": {…}}.
base::Json planeFacts(const Plane& plane);

}  // namespace perceptory::training
