#pragma once
// Edits of the network that also know the canvas: where new layers go and what has to move aside. Each is one undo
// step. As long as no layer has a place of its own the whole network is laid out, and stays so. GUI thread only.

#include "ui/canvas/NetworkScene.h"
#include "ui/document/commands/GraphCommands.h"
#include "ui/document/commands/LayerValues.h"

namespace perceptory::canvas {

// The connection that the wire shows.
document::Wire wireOf(const NetworkScene& scene, const WireSight& wire);

// Each returns the id of the new layer and chooses it; empty: nothing was done.
// Alone, with its middle at `place`.
std::string addAt(NetworkScene& scene, const std::string& type, QPointF place);
// Behind the layer; behind nothing: where there is room.
std::string addBehind(NetworkScene& scene, const std::string& type, const std::string& behind);
std::string addOnWire(NetworkScene& scene, const std::string& type, const WireSight& wire);
// At the end of a wire that was drawn from an output to an empty place.
std::string addAtWireEnd(NetworkScene& scene, const std::string& type, const std::string& from, const std::string& port,
                         QPointF place);

// Puts a layer of a chain one place earlier (-1) or later (1). Returns why it cannot be, empty: done.
QString moveAlong(NetworkScene& scene, const std::string& id, int step);

// The chosen layers become a block, which is then chosen; the chosen block becomes layers again. Return why not.
QString foldChosen(NetworkScene& scene);
QString unfoldChosen(NetworkScene& scene);
// Shows the inside of the block, with this layer of it chosen. False: it is no block.
bool openBlock(NetworkScene& scene, const std::string& id, const std::string& layer = {});
// Back to the whole network, with the block chosen. False: none is open.
bool leaveBlock(NetworkScene& scene);

// The chosen layers by a step.
void moveChosen(NetworkScene& scene, QPointF step);
// Forgets all places, so that the network is laid out.
void tidy(NetworkScene& scene);
void turn(NetworkScene& scene);  // the direction of the flow, laid out anew

}  // namespace perceptory::canvas
