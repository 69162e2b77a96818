#pragma once
// Data that must be read before the network can be fitted to it. Reading happens on a thread of its own; the change is
// made when it is done, in one undo step. Faults arrive as Document::noted and change nothing.

#include <QString>
#include <string>

#include "ui/document/Document.h"

namespace perceptory::document {

// A table of values. To be predicted is the last column unless `target` names another.
void openTable(Document& document, const QString& path, const QString& target = {});
// A set that comes with the program: "iris", "digits".
void chooseDataset(Document& document, const std::string& id);

}  // namespace perceptory::document
