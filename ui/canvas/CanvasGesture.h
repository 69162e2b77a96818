#pragma once
// What the mouse does on the canvas between press and release: an object for each kind of gesture, begun, moved, and
// finished or cancelled. All change the document at most once, at the end. GUI thread only.

#include <QGraphicsPathItem>
#include <functional>
#include <memory>
#include <optional>

#include "ui/canvas/NetworkScene.h"

namespace perceptory::canvas {

class CanvasGesture {
public:
    virtual ~CanvasGesture() = default;
    CanvasGesture() = default;
    CanvasGesture(const CanvasGesture&) = delete;
    CanvasGesture& operator=(const CanvasGesture&) = delete;

    // Places are the scene's. `free`: no snapping and no putting on wires.
    virtual void move(QPointF place, bool free) = 0;
    virtual void finish(QPointF place) = 0;
    virtual void cancel() = 0;
};

// Drags the chosen layers. A single one without connections can be put on a wire.
std::unique_ptr<CanvasGesture> moveGesture(NetworkScene& scene, NodeItem& grip, QPointF from);

// What a wire that is being drawn tells its view.
struct WireTalk {
    std::function<void(const QString& reason)> refused;  // why it cannot end where it is; empty: it can
    // Let go over nothing: a layer is wanted there.
    std::function<void(const std::string& from, const std::string& port, QPointF place)> openEnd;
};

// Draws a wire from an output, or takes up one that is there at its far end.
std::unique_ptr<CanvasGesture> wireGesture(NetworkScene& scene, NodeItem& from, std::string port,
                                           std::optional<WireSight> taken, WireTalk talk);

// The port of a node at a place of the scene.
struct PortAt {
    bool isOutput = false;
    std::string port;       // of an output
    std::size_t input = 0;  // of an input
};
std::optional<PortAt> portAt(const NodeItem& node, QPointF place);

}  // namespace perceptory::canvas
