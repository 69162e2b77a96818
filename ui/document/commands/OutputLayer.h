#pragma once
// The last layer and the loss, as the data wants them. Works on the JSON inside one edit, so a change of data and what
// follows from it are one undo step.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/Json.h"
#include "engine/data/Task.h"

namespace perceptory::document {

// What the network must know of the data.
struct DataFacts {
    data::Task task = data::Task::Classification;
    int classes = 2;     // 0: regression
    int targets = 1;     // regression: numbers to predict
    bool units = false;  // a class or numbers for each pixel or step
};

// Of generators and points from their description; of other sources from what the network was fitted to.
DataFacts factsOf(const base::Json& project);

// Lets the last layer and the loss follow the data. A choice of the user's own stays as long as it can: it gives way
// only where it cannot read such data.
//   two classes: 1 tanh unit, mean squared error · more: a linear unit each, softmax cross-entropy · numbers: a linear
//   unit each, mean squared error · a class for each pixel or step: always a unit each
// Several losses stay, each with its own last layer: NetworkFit.h.
void fitOutput(base::Json& project, const DataFacts& before, const DataFacts& after);
// Lets the last layer follow the loss.
void fitOutputToLoss(base::Json& project, const DataFacts& facts);

// Whether outputs have losses of their own, "losses" instead of "loss".
bool hasSeveralLosses(const base::Json& project);
// How many values a dense or convolutional layer puts out for a row or a pixel; others are left alone.
void setOutputs(base::Json& node, std::int64_t outputs);

// Helpers on the list of nodes. The output is the node nobody reads; null when there is none.
base::Json* outputNode(base::Json& project);
base::Json* findNode(base::Json& project, const std::string& id);
std::vector<std::string> hiddenNodes(const base::Json& project);
// The id of a choice that is written as a bare id or as {"type": id}; `fallback` when it is missing.
std::string kindOf(const base::Json& object, const std::string& key, const std::string& fallback);

}  // namespace perceptory::document
