#pragma once
// What a network costs to run.

#include <map>
#include <string>

#include "engine/network/NetworkCheck.h"

namespace perceptory::network {

// Multiplications with an addition that every node does for one sample, forward; nodes that do none are left out.
// `check` must be ok().
std::map<std::string, double> multiplyAdds(const NetworkCheck& check);

}  // namespace perceptory::network
