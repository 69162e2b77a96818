#include "engine/training/Snapshot.h"

namespace perceptory::training {

std::span<const float> Snapshot::weightsOf(const std::string& name) const {
    for (const network::Parameter& parameter : parameters)
        if (parameter.name == name)
            return std::span(weights).subspan(static_cast<std::size_t>(parameter.offset),
                                              static_cast<std::size_t>(parameter.count));
    return {};
}

const ProbeResult* Snapshot::probe(const ProbeRequest& request) const {
    const auto found = probes.find(request.key());
    return found == probes.end() ? nullptr : found->second.get();
}

}  // namespace perceptory::training
