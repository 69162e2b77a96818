#pragma once
// What can be done on the canvas, by name: for a list to search in. GUI thread only.

#include <QString>
#include <functional>
#include <vector>

namespace perceptory::canvas {

class NetworkView;

struct CanvasCommand {
    QString name, key;
    bool enabled = true;  // with what is chosen now
    std::function<void()> run;
};

// The view outlives them.
std::vector<CanvasCommand> canvasCommands(NetworkView& view);

}  // namespace perceptory::canvas
