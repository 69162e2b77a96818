#pragma once
// The network as new data want it, inside the edit that brings them, so that both are one undo step.

#include <QString>

#include "engine/data/Dataset.h"
#include "ui/document/Document.h"
#include "ui/document/commands/OutputLayer.h"

namespace perceptory::document {

// Keeps the network when it can take the data with other output layers and larger embeddings alone. Else one for such
// data takes its place, with losses, optimizer and batch size of its own, and the result is true.
// `before`: of the project before its data were changed.
bool fitNetwork(base::Json& project, const DataFacts& before, const data::Dataset& dataset);

// The same for data the project makes itself: points of the plane and tables of a generator.
bool fitNetworkToOwnData(base::Json& project, const DataFacts& before);

// What is said when the network was replaced.
QString replacedNote();
void tellReplaced(Document& document);

}  // namespace perceptory::document
