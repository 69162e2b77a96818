#pragma once
// Blocks: layers folded into one node that stands in the network several times in a row. Each function is one undo
// step and returns why nothing was done, in a sentence for the user; empty: done. What is a plain edit of a layer, such
// as renaming, connecting and removing, works on blocks as it does on layers (GraphCommands.h and others).

#include <QString>
#include <string>
#include <vector>

#include "ui/document/Document.h"

namespace perceptory::document {

// Their connections with others become the block's. Losses that looked at one of them look at the block. Returns the
// name of the block in `made`.
QString foldLayers(Document& document, const std::vector<std::string>& ids, std::string& made);

// The layers of the block stand in the network again: by their own names, and where it is repeated as "block1.0.conv"
// and so on, as they were called all along.
QString unfoldBlock(Document& document, const std::string& id);

// From 1 to 1000. Whether the block can be repeated is for the check to say.
void setRepeat(Document& document, const std::string& id, int repeat, const QString& mergeKey = {});

// In the open block: whether the layer's output leaves it.
bool leavesBlock(const Document& document, const std::string& id);
void setLeavesBlock(Document& document, const std::string& id, bool leaves);

}  // namespace perceptory::document
