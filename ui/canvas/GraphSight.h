#pragma once
// What the canvas shows of a network: its nodes with their words, its wires with the shapes that pass, and what is
// wrong with each. The engine judges; this only asks. GUI thread only.

#include <QPointF>
#include <QString>
#include <map>
#include <optional>
#include <vector>

#include "engine/base/Problem.h"
#include "engine/network/NetworkCheck.h"
#include "engine/training/TrainSpec.h"

namespace perceptory::data {
struct Dataset;
}
namespace perceptory::document {
class Document;
}

namespace perceptory::canvas {

struct NodeSight {
    std::string id, type;
    QString kind;                         // "Conv 2D"
    QString facts;                        // of its parameters those one wants to see: "16 · 3×3 · relu"
    QString parameters;                   // "160 parameters"; empty without any, or while unknown
    std::optional<tensor::Shape> output;  // of one sample; nothing while it is unknown
    QString shape;                        // the same in words: "26×26×16"
    QString trouble;                      // all that is wrong with it, a line each; empty: nothing
    bool isError = false;
    bool bypassed = false, frozen = false;
    QString note;
    std::optional<QPointF> place;  // where the user put it

    int mostInputs = 0;
    std::vector<std::string> ports;  // outputs with a name
    bool leaves = false;             // in an open block: what it puts out leaves the block

    // Of a block: how often its layers follow one another, and these, as its first copy has them. 0: no block.
    int repeat = 0;
    std::vector<NodeSight> layers;

    bool operator==(const NodeSight&) const = default;
};

struct WireSight {
    std::size_t from = 0, to = 0;  // of the nodes
    std::size_t input = 0;         // of `to`
    std::string port;              // of `from`; empty: its main output
    QString shape;                 // what passes; empty while unknown
    bool fits = true;              // false: the node it leads to cannot take it

    bool operator==(const WireSight&) const = default;
};

struct GraphSight {
    std::vector<NodeSight> nodes;
    std::vector<WireSight> wires;
    std::size_t layers = 0;                          // of the whole network, those of blocks written out
    std::int64_t parameters = 0;                     // of all sound nodes
    std::map<std::string, base::Problems> problems;  // by the node they are about

    std::optional<std::size_t> find(const std::string& id) const;
};

// The network as the document has it open: whole, or the inside of a block, there as its first copy. `dataset`: what
// the network is fed with, as far as it is known; null: shapes remain unknown.
GraphSight lookAt(const document::Document& document, const data::Dataset* dataset);

}  // namespace perceptory::canvas
