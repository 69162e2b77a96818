#pragma once
// Which layer a problem is about, from the place it names.

#include <functional>
#include <string>

#include "engine/network/NetworkSpec.h"

namespace perceptory::document {

// "conv1" of "conv1.kernel_size" where isLayer("conv1"); ids may have points themselves. Empty: no layer.
std::string layerAt(const std::string& where, const std::function<bool(const std::string& id)>& isLayer);

// The same in a network, also of "network.nodes[2].inputs".
std::string layerAt(const std::string& where, const network::NetworkSpec& network);

}  // namespace perceptory::document
