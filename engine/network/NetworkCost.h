#pragma once
// What a network costs to run.

#include <map>
#include <string>

#include "engine/network/NetworkCheck.h"
#include "engine/tensor/Window.h"

namespace perceptory::network {

// A window that slides over an image, with the size rule of this map in numbers: "⌊(28 + 2 − 3) / 1⌋ + 1 = 28".
struct SizeRule {
    std::string height, width;  // height is empty for sequences
    bool operator==(const SizeRule&) const = default;
};

struct NodeCost {
    double multiplyAdds = 0;          // multiplications with an addition for one sample, forward
    std::optional<SizeRule> sizes{};  // of nodes with such a window
};

// By node; those that cost nothing are left out. `check` must be ok().
std::map<std::string, NodeCost> costsOf(const NetworkCheck& check);

}  // namespace perceptory::network
