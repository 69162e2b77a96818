#pragma once
// What the network picture shows: columns of units and the weights between them, read from the document and, where the
// document cannot know (the columns of a file), from the data the worker has loaded. Plain values; GUI thread.

#include <QString>
#include <QStringList>
#include <string>
#include <vector>

#include "engine/data/Dataset.h"
#include "engine/training/TrainSpec.h"

namespace perceptory::views {

// One thing the network may look at: a feature of the plane, a column of a table, a formula, or an image as a whole.
struct InputTile {
    QString label;
    QString help;
    std::string id;       // of a shelf feature or a column; empty for a formula
    std::string formula;  // empty for anything else
    int unit = -1;        // its place among the network's inputs; -1: off
    int units = 1;        // how many inputs it stands for: one, or all values of an image
    bool isImage = false;
};

struct NetworkColumn {
    enum class Kind { Inputs, Hidden, Output };
    Kind kind = Kind::Hidden;
    std::string node;
    std::string activation;  // id; empty where the layer has none of its own
    int units = 0;           // for Inputs: tiles, those that are off included
};

struct UnitRef {
    int column = -1;
    int unit = -1;
    bool valid() const { return column >= 0 && unit >= 0; }
    bool operator==(const UnitRef&) const = default;
};

// One weight matrix, row-major [from][units], and the bias of its units. All values of an image come from one tile.
struct LinkMatrix {
    int column = 0;             // whose units it feeds
    std::string weight, bias;   // names of the parameters; bias empty where there is none
    std::vector<UnitRef> from;  // one for each row; invalid where a layer in between cannot be drawn
    int units = 0;
};

struct NetworkModel {
    std::vector<InputTile> inputs;
    std::vector<NetworkColumn> columns;  // first the inputs, last the output; empty without a network
    std::vector<LinkMatrix> links;
    QStringList classNames;  // known once the data is loaded
    QStringList leftOut;     // layers that are not drawn, in words: "conv1 (Convolution 2D)"

    int hiddenLayers() const { return columns.size() < 2 ? 0 : static_cast<int>(columns.size()) - 2; }
    int unitCount() const;     // every value of an image is one
    double linkCount() const;  // drawn or not
    // Its weights have no lines of their own: one stands for all that lead from an image to a unit.
    bool isImage(UnitRef unit) const;
    const LinkMatrix* linksInto(int column) const;
    QString unitName(UnitRef unit) const;             // "x₁", "layer 2, neuron 3", "output setosa"
    QString nodeName(const std::string& node) const;  // "layer 2"; the id where it is not drawn
};

// `dataset` may be null: tables then show the inputs the document names.
NetworkModel networkModel(const training::RunSpec& spec, const data::Dataset* dataset);

// Data of the plane has features computed from x1 and x2.
bool isPlaneSource(const data::DataSpec& data);

}  // namespace perceptory::views
