#pragma once
// What a node may be called, and how many of them a network may have.

#include <cstddef>
#include <string>

namespace perceptory::network {

inline constexpr std::size_t mostNodes = 10'000;

// [A-Za-z_][A-Za-z0-9_.-]*
bool isNodeId(const std::string& id);

}  // namespace perceptory::network
