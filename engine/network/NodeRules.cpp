#include "engine/network/NodeRules.h"

#include <algorithm>

namespace perceptory::network {

bool isNodeId(const std::string& id) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    const auto inside = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; };
    return !id.empty() && letter(id[0]) && std::ranges::all_of(id, inside);
}

}  // namespace perceptory::network
