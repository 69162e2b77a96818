#pragma once
// Places for the nodes of a network: in layers along the flow, each node behind all that it reads, with few crossings
// (Sugiyama, Tagawa, Toda 1981, "Methods for Visual Understanding of Hierarchical System Structures"). Pure; any
// thread. Equal input gives equal places.

#include <QPointF>
#include <QSizeF>
#include <vector>

namespace perceptory::canvas {

enum class Direction { LeftToRight, TopToBottom };

struct LayoutEdge {
    std::size_t from = 0, to = 0;  // of the nodes
};

struct LayoutRequest {
    std::vector<QSizeF> sizes;      // of the nodes
    std::vector<LayoutEdge> edges;  // those that close a circle do not count
    Direction direction = Direction::LeftToRight;
    double alongGap = 64, acrossGap = 28;  // between layers, and between neighbours of one layer
};

struct Layout {
    std::vector<QPointF> places;               // top left corner of each node; the first layer begins at 0
    std::vector<std::vector<QPointF>> routes;  // of each edge, where it passes the layers between its ends
};

Layout layeredLayout(const LayoutRequest& request);

}  // namespace perceptory::canvas
