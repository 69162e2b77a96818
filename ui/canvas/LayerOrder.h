#pragma once
// The combinatorial half of a layered layout: which layer every node belongs to, and in which order a layer's nodes
// stand. Long edges are cut into pieces of one layer by nodes without size.

#include <utility>
#include <vector>

#include "ui/canvas/LayeredLayout.h"

namespace perceptory::canvas {

struct LayeredGraph {
    std::vector<std::size_t> layerOf;                      // of each node; those from `nodes` on stand on long edges
    std::size_t nodes = 0;                                 // that were asked for
    std::vector<std::vector<std::size_t>> layers;          // nodes of each, in their order
    std::vector<std::vector<std::size_t>> before, behind;  // neighbours of a node in the layers beside its own
    std::vector<std::vector<std::size_t>> onEdge;          // of each edge, the nodes that stand on it
};

LayeredGraph layerNodes(std::size_t count, const std::vector<LayoutEdge>& edges);

// Orders every layer so that few edges cross: medians of the neighbours, swept forwards and back (Eades, Wormald 1994).
void orderLayers(LayeredGraph& graph);

// How many edges cross between neighbouring layers.
std::size_t crossings(const LayeredGraph& graph);

}  // namespace perceptory::canvas
