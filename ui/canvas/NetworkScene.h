#pragma once
// The document's network as items. It keeps no truth: every change of the document is looked at anew, and items are
// made, moved and taken away as it says. GUI thread only.

#include <QGraphicsScene>
#include <memory>

#include "ui/canvas/GraphSight.h"
#include "ui/canvas/LayeredLayout.h"
#include "ui/document/Document.h"

namespace perceptory::canvas {

class NodeItem;
class WireItem;

class NetworkScene : public QGraphicsScene {
    Q_OBJECT

public:
    explicit NetworkScene(document::Document& document, QObject* parent = nullptr);
    ~NetworkScene() override;

    document::Document& document() const { return m_document; }
    const GraphSight& sight() const { return m_sight; }
    // The data the network is fed with, for the shapes; null while there are none.
    void setDataset(std::shared_ptr<const data::Dataset> dataset);
    const data::Dataset* dataset() const { return m_dataset.get(); }

    NodeItem* node(const std::string& id) const;
    NodeItem* nodeAt(QPointF place) const;
    WireItem* wireAt(QPointF place) const;
    const std::vector<NodeItem*>& nodes() const { return m_nodes; }
    const std::vector<WireItem*>& wires() const { return m_wires; }

    // What the node puts out; nothing while that is unknown.
    std::optional<tensor::Shape> outputOf(const std::string& id) const;

    // The wire that something is about to be put on, and the node it is about to stand behind; null: none.
    void aimAt(WireItem* wire, NodeItem* node = nullptr);
    WireItem* aimedWire() const { return m_aimedWire; }
    NodeItem* aimedNode() const { return m_aimedNode; }

    // In the order of the network.
    std::vector<std::string> chosen() const;
    // Behind which a new layer goes: the last of them, or where none is chosen of all. Empty: there is none.
    std::string lastChosen() const;
    void choose(const std::vector<std::string>& ids);

    Direction direction() const;
    // Where every node is, for the document to keep.
    std::map<std::string, QPointF> places() const;
    // Moves a node on the screen only, until its place is given to the document.
    void drag(NodeItem& node, QPointF place);

signals:
    void shown();  // what is on the canvas has changed
    void chosenChanged();

private:
    void look();
    void showNodes();
    void showWires();
    void arrange();
    QPointF placeBeside(std::size_t node, const std::vector<std::optional<QPointF>>& placed) const;

    document::Document& m_document;
    std::shared_ptr<const data::Dataset> m_dataset;
    GraphSight m_sight;
    std::vector<NodeItem*> m_nodes;  // as in the sight
    std::vector<WireItem*> m_wires;
    WireItem* m_aimedWire = nullptr;
    NodeItem* m_aimedNode = nullptr;
};

}  // namespace perceptory::canvas
