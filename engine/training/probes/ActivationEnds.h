#pragma once
// Units that say the same whatever they are shown: dead, or at an end of their activation.

#include <optional>
#include <span>

#include "engine/network/Network.h"

namespace perceptory::training {

// Values that the activation of a layer approaches for large inputs and does not leave.
struct ActivationEnds {
    std::optional<double> low, high;

    bool isNear(float value) const;  // one of them, within 0.01
};

ActivationEnds activationEnds(const network::NodeSpec& node);

// Shares of a layer's units (its last axis) that are silent: 0 alone, where that is an end of their activation; and of
// those that stay at an end otherwise.
struct Stillness {
    double dead = 0, saturated = 0;
};

// values: [any][units][each]
Stillness stillnessOf(std::span<const float> values, std::int64_t units, std::int64_t each, const ActivationEnds& ends);

}  // namespace perceptory::training
