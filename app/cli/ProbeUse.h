#pragma once
// Which options of `probe` mean something for which probe.

#include <optional>
#include <string>
#include <vector>

#include "engine/training/probes/Probe.h"

namespace perceptory::cli {

struct ProbeValues {
    std::string model, what, node, className, split, input, output;
    std::optional<std::int64_t> sample;
    std::vector<std::string> sets;
};

// Throws UsageError with the probes there are.
const training::ProbeType& probeOf(const std::string& id);

// Throws UsageError for an option that the probe has no use for, with what to do instead.
void refuseUseless(const ProbeValues& values);

}  // namespace perceptory::cli
