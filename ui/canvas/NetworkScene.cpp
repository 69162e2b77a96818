#include "ui/canvas/NetworkScene.h"

#include <algorithm>

#include "ui/canvas/NodeItem.h"
#include "ui/canvas/WireItem.h"
#include "ui/widgets/Theme.h"

namespace perceptory::canvas {

namespace {

constexpr double acrossGap = 26, margin = 400;

}  // namespace

NetworkScene::NetworkScene(document::Document& document, QObject* parent)
    : QGraphicsScene(parent), m_document(document) {
    connect(&document, &document::Document::changed, this, &NetworkScene::look);
    connect(&document, &document::Document::openBlockChanged, this, [this] {
        clearSelection();  // layers inside may have the names of others
        look();
    });
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, [this] { update(); });
    connect(this, &QGraphicsScene::selectionChanged, this, &NetworkScene::chosenChanged);
    look();
}

// Items that go with the scene would tell that they are no longer chosen.
NetworkScene::~NetworkScene() { disconnect(this, nullptr, this, nullptr); }

void NetworkScene::setDataset(std::shared_ptr<const data::Dataset> dataset) {
    if (dataset == m_dataset) return;
    m_dataset = std::move(dataset);
    look();
}

NodeItem* NetworkScene::node(const std::string& id) const {
    const auto index = m_sight.find(id);
    return index ? m_nodes[*index] : nullptr;
}

NodeItem* NetworkScene::nodeAt(QPointF place) const {
    for (QGraphicsItem* item : items(place))
        if (auto* node = qgraphicsitem_cast<NodeItem*>(item)) return node;
    return nullptr;
}

WireItem* NetworkScene::wireAt(QPointF place) const {
    for (QGraphicsItem* item : items(place))
        if (auto* wire = qgraphicsitem_cast<WireItem*>(item)) return wire;
    return nullptr;
}

std::optional<tensor::Shape> NetworkScene::outputOf(const std::string& id) const {
    const auto index = m_sight.find(id);
    return index ? m_sight.nodes[*index].output : std::nullopt;
}

void NetworkScene::aimAt(WireItem* wire, NodeItem* node) {
    if (m_aimedWire && m_aimedWire != wire) m_aimedWire->setTarget(false);
    if (m_aimedNode && m_aimedNode != node) m_aimedNode->setWelcome(NodeItem::Welcome::None);
    m_aimedWire = wire;
    m_aimedNode = node;
    if (wire) wire->setTarget(true);
    if (node) node->setWelcome(NodeItem::Welcome::Yes);
}

std::vector<std::string> NetworkScene::chosen() const {
    std::vector<std::string> ids;
    for (const NodeItem* node : m_nodes)
        if (node->isSelected()) ids.push_back(node->node().id);
    return ids;
}

std::string NetworkScene::lastChosen() const {
    const std::vector<std::string> ids = chosen();
    if (!ids.empty()) return ids.back();
    return m_sight.nodes.empty() ? std::string() : m_sight.nodes.back().id;
}

void NetworkScene::choose(const std::vector<std::string>& ids) {
    if (chosen() == ids) return;
    QSignalBlocker quiet(this);
    clearSelection();
    for (const std::string& id : ids)
        if (NodeItem* item = node(id)) item->setSelected(true);
    quiet.unblock();
    emit chosenChanged();
}

Direction NetworkScene::direction() const {
    const base::Json view = m_document.json().value("view", base::Json::object());
    return view.is_object() && view.value("canvas_direction", base::Json()) == "down" ? Direction::TopToBottom
                                                                                      : Direction::LeftToRight;
}

std::map<std::string, QPointF> NetworkScene::places() const {
    std::map<std::string, QPointF> places;
    for (const NodeItem* node : m_nodes) places[node->node().id] = node->pos();
    return places;
}

void NetworkScene::drag(NodeItem& node, QPointF place) {
    node.setPos(place);
    for (WireItem* wire : m_wires)
        if (wire->from() == &node || wire->to() == &node) wire->follow();
}

void NetworkScene::look() {
    aimAt(nullptr);
    const std::vector<std::string> before = chosen();
    m_sight = lookAt(m_document, m_dataset.get());
    showNodes();
    showWires();
    arrange();
    setSceneRect(itemsBoundingRect().adjusted(-margin, -margin, margin, margin));
    emit shown();
    if (chosen() != before) emit chosenChanged();
}

// Items are kept by the id of their node, and with them what is chosen.
void NetworkScene::showNodes() {
    std::multimap<std::string, NodeItem*> known;  // a faulty file may have one id twice
    for (NodeItem* item : m_nodes) known.emplace(item->node().id, item);
    // Wires hold on to nodes, so they go first.
    for (WireItem* wire : m_wires) delete wire;
    m_wires.clear();
    m_nodes.clear();
    std::vector<std::size_t> inputs(m_sight.nodes.size());
    for (const WireSight& wire : m_sight.wires) inputs[wire.to] = std::max(inputs[wire.to], wire.input + 1);
    for (std::size_t i = 0; i < m_sight.nodes.size(); ++i) {
        const NodeSight& node = m_sight.nodes[i];
        const auto found = known.find(node.id);
        NodeItem* item = found == known.end() ? nullptr : found->second;
        if (item)
            known.erase(found);
        else
            addItem(item = new NodeItem);
        const bool free = static_cast<int>(inputs[i]) < node.mostInputs;
        item->setTopToBottom(direction() == Direction::TopToBottom);
        item->showNode(node, inputs[i], free);
        m_nodes.push_back(item);
    }
    for (const auto& [id, item] : known) delete item;
}

void NetworkScene::showWires() {
    for (const WireSight& sight : m_sight.wires) {
        auto* wire = new WireItem(m_nodes[sight.from], m_nodes[sight.to]);
        wire->showWire(sight);
        wire->setToolTip(sight.fits ? QString() : m_sight.nodes[sight.to].trouble);
        addItem(wire);
        m_wires.push_back(wire);
    }
}

// Without any place of the user's the network is laid out; else what has none stands beside what it reads.
void NetworkScene::arrange() {
    const bool down = direction() == Direction::TopToBottom;
    std::vector<std::optional<QPointF>> placed;
    for (const NodeSight& node : m_sight.nodes) placed.push_back(node.place);
    const bool free = std::ranges::none_of(placed, [](const auto& place) { return place.has_value(); });
    Layout layout;
    if (free) {
        LayoutRequest request{{}, {}, direction(), layerGap, acrossGap};
        for (const NodeItem* node : m_nodes) request.sizes.push_back(node->size());
        for (const WireSight& wire : m_sight.wires) request.edges.push_back({wire.from, wire.to});
        layout = layeredLayout(request);
    }
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        if (!free && !placed[i]) placed[i] = placeBeside(i, placed);
        m_nodes[i]->setPos(free ? layout.places[i] : *placed[i]);
    }
    for (std::size_t i = 0; i < m_wires.size(); ++i)
        m_wires[i]->setRoute(free ? layout.routes[i] : std::vector<QPointF>(), down);
}

QPointF NetworkScene::placeBeside(std::size_t node, const std::vector<std::optional<QPointF>>& placed) const {
    const bool down = direction() == Direction::TopToBottom;
    for (const WireSight& wire : m_sight.wires) {
        if (wire.to != node || !placed[wire.from]) continue;
        const QSizeF size = m_nodes[wire.from]->size();
        return *placed[wire.from] + (down ? QPointF(0, size.height() + layerGap) : QPointF(size.width() + layerGap, 0));
    }
    double lowest = 0;
    for (std::size_t i = 0; i < placed.size(); ++i)
        if (placed[i]) lowest = std::max(lowest, placed[i]->y() + m_nodes[i]->size().height());
    return {0, lowest + acrossGap};
}

}  // namespace perceptory::canvas
