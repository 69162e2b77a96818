#include "ui/canvas/CanvasEdits.h"

#include <QCoreApplication>
#include <algorithm>
#include <optional>
#include <set>

#include "ui/canvas/NodeItem.h"
#include "ui/document/commands/BlockCommands.h"
#include "ui/document/commands/BlockGraph.h"
#include "ui/document/commands/LossOutputs.h"

namespace perceptory::canvas {

using document::Document;
using document::Place;

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(CanvasEdits)
};

// All edits while it lives are one undo step.
class OneStep {
public:
    explicit OneStep(Document& document) : m_document(document) { m_document.beginGesture(); }
    ~OneStep() { m_document.endGesture(); }

private:
    Document& m_document;
};

bool hasPlaces(const NetworkScene& scene) {
    return std::ranges::any_of(scene.sight().nodes, [](const NodeSight& node) { return node.place.has_value(); });
}

void erasePlaces(base::Json& graph) {
    if (document::Nodes* nodes = document::nodesOf(graph))
        for (base::Json& node : *nodes)
            if (node.is_object()) node.erase("position");
}

bool goesDown(const NetworkScene& scene) { return scene.direction() == Direction::TopToBottom; }

QPointF stepBehind(const NetworkScene& scene, const NodeItem& node) {
    return goesDown(scene) ? QPointF(0, node.size().height() + layerGap) : QPointF(node.size().width() + layerGap, 0);
}

// All that reads the layer, directly or through others.
std::set<std::size_t> readersOf(const GraphSight& sight, std::size_t node) {
    std::set<std::size_t> readers;
    std::vector<std::size_t> open{node};
    while (!open.empty()) {
        const std::size_t next = open.back();
        open.pop_back();
        for (const WireSight& wire : sight.wires)
            if (wire.from == next && readers.insert(wire.to).second) open.push_back(wire.to);
    }
    return readers;
}

// Moves what stands behind `node` away, so that one more layer fits in between.
void makeRoomBehind(NetworkScene& scene, std::size_t node) {
    const NodeItem* item = scene.nodes()[node];
    const QPointF end = item->pos() + 2 * stepBehind(scene, *item);
    double missing = 0;
    const std::set<std::size_t> readers = readersOf(scene.sight(), node);
    for (const std::size_t reader : readers) {
        const QPointF place = scene.nodes()[reader]->pos();
        missing = std::max(missing, goesDown(scene) ? end.y() - place.y() : end.x() - place.x());
    }
    if (missing <= 0) return;
    std::map<std::string, QPointF> places;
    for (const std::size_t reader : readers)
        places[scene.sight().nodes[reader].id] =
            scene.nodes()[reader]->pos() + (goesDown(scene) ? QPointF(0, missing) : QPointF(missing, 0));
    document::moveLayers(scene.document(), places);
}

std::string chosen(NetworkScene& scene, const std::string& id) {
    if (!id.empty()) scene.choose({id});
    return id;
}

}  // namespace

document::Wire wireOf(const NetworkScene& scene, const WireSight& wire) {
    return {scene.sight().nodes[wire.from].id, wire.port, scene.sight().nodes[wire.to].id, wire.input};
}

std::string addAt(NetworkScene& scene, const std::string& type, QPointF place) {
    const OneStep step(scene.document());
    if (!hasPlaces(scene) && !scene.nodes().empty()) document::moveLayers(scene.document(), scene.places());
    return chosen(scene, document::addLayer(scene.document(), type, place - QPointF(nodeWidth / 2, 24)));
}

std::string addBehind(NetworkScene& scene, const std::string& type, const std::string& behind) {
    const OneStep step(scene.document());
    const auto node = scene.sight().find(behind);
    if (!node) return chosen(scene, document::addLayer(scene.document(), type));
    Place place;
    if (hasPlaces(scene)) {
        makeRoomBehind(scene, *node);
        const NodeItem* item = scene.node(behind);
        place = item->pos() + stepBehind(scene, *item);
    }
    return chosen(scene, document::appendLayer(scene.document(), type, behind, place));
}

std::string addOnWire(NetworkScene& scene, const std::string& type, const WireSight& wire) {
    const OneStep step(scene.document());
    const document::Wire found = wireOf(scene, wire);
    Place place;
    if (hasPlaces(scene)) {
        makeRoomBehind(scene, wire.from);
        const NodeItem *from = scene.node(found.from), *to = scene.node(found.to);
        place = (from->pos() + to->pos()) / 2;
    }
    return chosen(scene, document::insertLayer(scene.document(), type, found, place));
}

std::string addAtWireEnd(NetworkScene& scene, const std::string& type, const std::string& from, const std::string& port,
                         QPointF place) {
    const OneStep step(scene.document());
    if (!hasPlaces(scene)) document::moveLayers(scene.document(), scene.places());
    const QPointF corner = goesDown(scene) ? QPointF(nodeWidth / 2, 0) : QPointF(0, 24);
    const std::string id = document::addLayer(scene.document(), type, place - corner);
    if (!id.empty()) document::connectLayers(scene.document(), from, port, id);
    return chosen(scene, id);
}

QString moveAlong(NetworkScene& scene, const std::string& id, int step) {
    Document& document = scene.document();
    const auto single = [&](auto end, const std::string& node) -> std::optional<document::Wire> {
        std::optional<document::Wire> found;
        for (const document::Wire& wire : document::wiresOf(document)) {
            if (wire.*end != node) continue;
            if (found) return {};
            found = wire;
        }
        return found;
    };
    // Of three layers a → b → c in a row the last two change places.
    const std::string last =
        step > 0 ? (single(&document::Wire::from, id) ? single(&document::Wire::from, id)->to : "") : id;
    const auto second = last.empty() ? std::nullopt : single(&document::Wire::to, last);
    const auto first = second ? single(&document::Wire::to, second->from) : std::nullopt;
    if (!first || !single(&document::Wire::from, second->from))
        return Words::tr(
                   "Only layers of a chain can change places: %1 has nothing but one layer before and behind it to "
                   "pass.")
            .arg(QString::fromStdString(id));
    const OneStep gesture(document);
    const std::string middle = second->from;
    std::vector<document::Wire> readers;
    for (const document::Wire& wire : document::wiresOf(document))
        if (wire.from == last) readers.push_back(wire);
    document::reconnectLayers(document, *second, first->from, first->port);
    for (const document::Wire& reader : readers) document::reconnectLayers(document, reader, middle, {});
    document::reconnectLayers(document, *first, last, {});
    document.editGraph(Words::tr("Move a layer"),
                       [&](base::Json& project) { document::moveLosses(project, last, middle); });
    return {};
}

QString foldChosen(NetworkScene& scene) {
    std::string made;
    const QString reason = document::foldLayers(scene.document(), scene.chosen(), made);
    if (reason.isEmpty()) scene.choose({made});
    return reason;
}

QString unfoldChosen(NetworkScene& scene) {
    const std::vector<std::string> ids = scene.chosen();
    std::set<std::string> before;
    for (const NodeSight& node : scene.sight().nodes) before.insert(node.id);
    const QString reason = document::unfoldBlock(scene.document(), ids.size() == 1 ? ids.front() : std::string());
    if (!reason.isEmpty()) return reason;
    std::vector<std::string> made;
    for (const NodeSight& node : scene.sight().nodes)
        if (!before.contains(node.id)) made.push_back(node.id);
    scene.choose(made);
    return {};
}

bool openBlock(NetworkScene& scene, const std::string& id, const std::string& layer) {
    const auto node = scene.sight().find(id);
    if (!node || scene.sight().nodes[*node].repeat == 0) return false;
    scene.document().setOpenBlock(id);
    if (!layer.empty()) scene.choose({layer});
    return true;
}

bool leaveBlock(NetworkScene& scene) {
    const std::string block = scene.document().openBlock();
    scene.document().setOpenBlock({});
    scene.choose({block});
    return !block.empty();
}

void moveChosen(NetworkScene& scene, QPointF step) {
    std::map<std::string, QPointF> places = hasPlaces(scene) ? std::map<std::string, QPointF>() : scene.places();
    for (const std::string& id : scene.chosen()) places[id] = scene.node(id)->pos() + step;
    QString key = QStringLiteral("move");  // steps of the same layers are one
    for (const std::string& id : scene.chosen()) key += ' ' + QString::fromStdString(id);
    document::moveLayers(scene.document(), places, key);
}

void tidy(NetworkScene& scene) { scene.document().editGraph(Words::tr("Tidy the network"), erasePlaces); }

void turn(NetworkScene& scene) {
    const bool down = goesDown(scene);
    const std::string open = scene.document().openBlock();
    scene.document().edit(Words::tr("Turn the network"), [&](base::Json& project) {
        base::Json graph = document::graphOf(project, open);
        erasePlaces(graph);
        document::putGraph(project, open, graph);
        if (!project["view"].is_object()) project["view"] = base::Json::object();
        project["view"]["canvas_direction"] = down ? "right" : "down";
    });
}

}  // namespace perceptory::canvas
