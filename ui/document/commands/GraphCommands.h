#pragma once
// Layers of any network, as the Studio edits it. Each function is one undo step. Nodes keep their order, so that each
// stands behind what it reads, and what a file has besides. Ids that no node has are passed over. A layer of a type
// that nobody knows is not made, and its id is empty.

#include <QPointF>
#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "ui/document/commands/GraphWires.h"

namespace perceptory::document {

// Of a new layer on the canvas; without, the file says none.
using Place = std::optional<QPointF>;
using Ids = std::vector<std::string>;

// Returns the id. The layer has the default parameters and stands alone.
std::string addLayer(Document& document, const std::string& type, Place place = {});

// The new layer reads `behind`, and the one layer that read it reads the new one. Where several did, it begins a
// branch; where nobody did, losses that looked at `behind` look at the new one. A type that takes no input stands
// alone.
std::string appendLayer(Document& document, const std::string& type, const std::string& behind, Place place = {});

// On a wire. Nothing happens, and the id is empty, when there is no such wire or the type takes no input.
std::string insertLayer(Document& document, const std::string& type, const Wire& wire, Place place = {});
// The same with a layer that has no connections; nothing happens when it has some.
void insertNode(Document& document, const std::string& id, const Wire& wire);

// `heal`: what read a layer reads what its first input read, and losses look there. Otherwise both are taken away, as
// they are where there is nothing to read.
void removeLayers(Document& document, const Ids& ids, bool heal);

// Connections, losses and stopping rules follow. Returns why nothing was done, in a sentence for the user.
QString renameLayer(Document& document, const std::string& id, const std::string& newId);

}  // namespace perceptory::document
