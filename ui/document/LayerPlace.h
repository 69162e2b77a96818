#pragma once
// Which layer a problem is about, from the place it names.

#include <functional>
#include <string>

#include "engine/network/NetworkSpec.h"

namespace perceptory::document {

class Document;

// "conv1" of "conv1.kernel_size" where isLayer("conv1"); ids may have points themselves. Empty: no layer.
std::string layerAt(const std::string& where, const std::function<bool(const std::string& id)>& isLayer);

// The same in a network, also of "network.nodes[2].inputs".
std::string layerAt(const std::string& where, const network::NetworkSpec& network);

// The same in a project that may have blocks: of "block1.2.conv.units" conv in block1.
struct LayerPlace {
    std::string block;  // empty: outside of all
    std::string layer;  // empty: the block as a whole, or with no block either, no layer at all
};
LayerPlace placeIn(const Document& document, const std::string& where);

// What the engine calls a layer of the graph that is edited: of an open block, the one in its first copy.
std::string idInNetwork(const Document& document, const std::string& layer);

}  // namespace perceptory::document
