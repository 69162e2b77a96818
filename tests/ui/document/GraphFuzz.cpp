// Any edits of the graph in any order, over the examples and a network with all that a file may name nodes by. Whatever
// was done: names are unique, wires have ends, nothing runs in a circle, losses look at layers that are there, undo and
// a file lead back to the same bytes, and the check of the network says what it has to say.
// PERCEPTORY_GRAPH_EDITS: how many, 100,000 without.

#include <QTest>
#include <algorithm>
#include <filesystem>
#include <functional>
#include <random>
#include <set>

#include "engine/layers/Layer.h"
#include "engine/network/NetworkCheck.h"
#include "engine/project/Project.h"
#include "ui/document/Examples.h"
#include "ui/document/commands/BlockCommands.h"
#include "ui/document/commands/BlockGraph.h"
#include "ui/document/commands/GraphClipboard.h"
#include "ui/document/commands/GraphCommands.h"
#include "ui/document/commands/LayerValues.h"

using namespace perceptory;
using namespace perceptory::document;
using base::Json;

namespace {

constexpr int editsOfARound = 200;
constexpr std::size_t manyNodes = 12;

// Losses, rules that watch them, ports, places, notes, what other versions may have written.
const char* const everything = R"({"format":"perceptory-project","format_version":1,"later":[1,{}],
  "data":{"source":"generator","id":"circle"},
  "network":{"later":true,"nodes":[
    {"id":"in","type":"input","shape":[28,28,1],"position":[0,0.5],"later":null},
    {"id":"conv1","type":"conv2d","inputs":["in"],"parameters":{"filters":2,"padding":"same"},"note":"ä\n\"x\""},
    {"id":"pool1","type":"max_pool","inputs":["conv1"],"bypass":false},
    {"id":"conv2","type":"conv2d","inputs":["pool1"],"parameters":{"filters":2,"padding":"same"},"trainable":true},
    {"id":"up","type":"max_unpool","inputs":["conv2","pool1:indices"],"later":{"inputs":["conv2"]}},
    {"id":"sum","type":"add","inputs":["up","conv1"]},
    {"id":"out.a","type":"conv2d","inputs":["sum"],"parameters":{"filters":1}},
    {"id":"out","type":"dense","inputs":["conv2"],"position":[1e300,2]}]},
  "training":{"losses":[{"output":"out","type":"hinge","target":"x","later":1},
                        {"output":"out.a","type":"hinge","target":"y"},{"output":"out","type":"hinge","target":"y"}],
    "stopping":[{"type":"early_stopping","parameters":{"monitor":"out.a.loss"}},"early_stopping"]}})";

std::vector<Json> startingProjects() {
    std::set<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(examplesFolder()))
        if (entry.path().extension() == ".perceptory") files.insert(entry.path());
    std::vector<Json> projects{Json::parse(everything)};
    for (const std::filesystem::path& file : files) projects.push_back(project::loadProject(file.string()));
    return projects;
}

class Editor {
public:
    Editor(Document& document, unsigned seed) : m_document(document), m_random(seed) {}

    // One call of one function. Returns which, with the names it was given.
    std::string edit() {
        m_told.clear();
        const Edit& edit = oneOf(m_edits);
        edit.act();
        return edit.name + m_told;
    }

private:
    struct Edit {
        std::string name;
        std::function<void()> act;
    };

    std::size_t below(std::size_t bound) { return m_random() % bound; }
    template <class T>
    const T& oneOf(const std::vector<T>& list) {
        return list[below(list.size())];
    }
    const std::string& tell(const std::string& word) {
        m_told += " " + word;
        return word;
    }

    const std::vector<network::NodeSpec>& nodes() const { return m_document.graphSpec().nodes; }

    std::string id() {
        const bool none = nodes().empty() || below(30) == 0;
        return tell(none ? oneOf<std::string>({"", "none", "conv9"}) : oneOf(nodes()).id);
    }
    Ids ids() {
        Ids ids;
        for (std::size_t count = below(5); count > 0; --count) ids.push_back(id());
        return ids;
    }
    std::string type() { return below(40) == 0 ? "none" : tell(oneOf(layers::shelf().ids())); }
    std::string port() { return below(6) == 0 ? "indices" : ""; }
    Place place() { return below(4) ? Place({double(below(999)) / 8 - 50, double(below(99))}) : Place({0, 0}); }
    QString key() { return below(2) ? QString() : QString("drag %1").arg(below(2)); }
    std::string newId() {
        return tell(oneOf<std::string>({"a", "b.c", "out", "out.a", "x-1", "", "1", "h2", "a:b", "renamed"}));
    }
    std::string parameter() {
        return oneOf<std::string>({"units", "filters", "kernel_size", "activation", "rate", "padding", "none"});
    }
    Json value() { return oneOf<Json>({1, 3, "same", "relu", 0.5, nullptr, Json::array({1, 2}), -7}); }

    Wire wire() {
        const std::vector<Wire> wires = wiresOf(m_document);
        Wire wire = wires.empty() ? Wire{"in", "", "out", 0} : oneOf(wires);
        if (below(20) == 0) wire.input += below(3);
        if (below(20) == 0) wire.from = id();
        tell(wire.from + ">" + wire.to);
        return wire;
    }

    // Small networks are checked soon, and large ones would only be slow.
    void remove() {
        Ids gone = ids();
        for (std::size_t i = manyNodes; i < nodes().size(); ++i) gone.push_back(id());
        removeLayers(m_document, gone, below(3) > 0);
    }

    void connect() {
        const std::string from = id(), out = port(), to = id();
        const QString reason = whyNotConnect(m_document, from, out, to);
        QCOMPARE(connectLayers(m_document, from, out, to), reason);
        if (reason.isEmpty()) QCOMPARE(whyNotConnect(m_document, from, out, to).isEmpty(), false);
    }

    void rename() {
        const std::string from = id();
        renameLayer(m_document, from, newId());
    }

    // Of layers in a row, mostly; others are refused.
    void fold() {
        Ids chosen = ids();
        if (below(4)) {
            const std::size_t first = below(nodes().size() + 1);
            for (std::size_t i = first; i < std::min(nodes().size(), first + 1 + below(4)); ++i)
                chosen.push_back(tell(nodes()[i].id));
        }
        std::string made;
        foldLayers(m_document, chosen, made);
    }

    std::string blockId() {
        Ids blocks;
        for (const network::BlockSpec& block : m_document.spec().network.blocks) blocks.push_back(block.id);
        return blocks.empty() || below(20) == 0 ? id() : tell(oneOf(blocks));
    }

    void paste() {
        QString text = copyText(m_document, ids());
        if (below(2)) m_clipboard = text;
        text = m_clipboard;
        if (below(4) == 0) text = damaged(text);
        pasteText(m_document, text, below(2), {double(below(9)), 0.5});
    }

    QString damaged(QString text) {
        static const QString signs = QStringLiteral("\"[]{},:-0e9ax \\\u00e4");
        for (std::size_t i = 1 + below(3); i > 0 && !text.isEmpty(); --i) {
            const auto at = static_cast<qsizetype>(below(static_cast<std::size_t>(text.size())));
            const QChar sign = signs[static_cast<qsizetype>(below(static_cast<std::size_t>(signs.size())))];
            if (below(2))
                text[at] = sign;
            else
                text.remove(at, static_cast<qsizetype>(below(9)));
        }
        return text;
    }

    Document& m_document;
    std::mt19937 m_random;
    QString m_clipboard;
    std::string m_told;

    // Connections are made most often, since many are refused.
    const std::vector<Edit> m_edits{
        {"addLayer", [this] { addLayer(m_document, type(), place()); }},
        {"appendLayer", [this] { appendLayer(m_document, type(), id(), place()); }},
        {"appendLayer", [this] { appendLayer(m_document, type(), id(), place()); }},
        {"insertLayer", [this] { insertLayer(m_document, type(), wire(), place()); }},
        {"insertNode", [this] { insertNode(m_document, id(), wire()); }},
        {"removeLayers", [this] { remove(); }},
        {"removeLayers", [this] { remove(); }},
        {"connectLayers", [this] { connect(); }},
        {"connectLayers", [this] { connect(); }},
        {"connectLayers", [this] { connect(); }},
        {"reconnectLayers", [this] { reconnectLayers(m_document, wire(), id(), port()); }},
        {"disconnectLayers", [this] { disconnectLayers(m_document, wire()); }},
        {"renameLayer", [this] { rename(); }},
        {"joinLayers", [this] { joinLayers(m_document, ids()); }},
        {"setBypass", [this] { setBypass(m_document, ids(), below(2)); }},
        {"setTrainable", [this] { setTrainable(m_document, ids(), below(2)); }},
        {"setNote", [this] { setNote(m_document, id(), below(2) ? QStringLiteral("\u00e4\"") : QString(), key()); }},
        {"moveLayers",
         [this] {
             moveLayers(m_document, {{id(), *place()}, {id(), *place()}}, key());
         }},
        {"setParameterOfMany", [this] { setParameterOfMany(m_document, ids(), parameter(), value(), key()); }},
        {"pasteText", [this] { paste(); }},
        {"duplicateLayers",
         [this] {
             duplicateLayers(m_document, ids(), {1, 2});
         }},
        {"foldLayers", [this] { fold(); }},
        {"foldLayers", [this] { fold(); }},
        {"unfoldBlock", [this] { unfoldBlock(m_document, blockId()); }},
        {"setRepeat", [this] { setRepeat(m_document, blockId(), static_cast<int>(below(5)), key()); }},
        {"setLeavesBlock", [this] { setLeavesBlock(m_document, id(), below(2)); }},
        {"setOpenBlock", [this] { m_document.setOpenBlock(blockId()); }},
        {"setOpenBlock", [this] { m_document.setOpenBlock({}); }}};
};

// Depth first, so that it shares nothing with what it watches.
class CircleSearch {
public:
    explicit CircleSearch(const network::NetworkSpec& spec) : m_spec(spec) {}
    bool finds() {
        return std::ranges::any_of(m_spec.nodes, [&](const network::NodeSpec& node) { return closes(node); });
    }

private:
    bool closes(const network::NodeSpec& node) {
        if (m_open.contains(node.id)) return true;
        if (!m_seen.insert(node.id).second) return false;
        m_open.insert(node.id);
        for (const std::string& input : node.inputs)
            if (const network::NodeSpec* next = m_spec.find(input); next && closes(*next)) return true;
        m_open.erase(node.id);
        return false;
    }

    const network::NetworkSpec& m_spec;
    std::set<std::string> m_seen, m_open;
};

std::string faultOfNames(const std::vector<network::NodeSpec>& nodes, const Json& training) {
    std::set<std::string> ids;
    for (const network::NodeSpec& node : nodes) {
        for (const std::string& input : node.inputs)
            if (!ids.contains(input)) return node.id + " reads " + input + ", which does not stand in front of it";
        if (!ids.insert(node.id).second) return "two nodes are called " + node.id;
    }
    if (!training.contains("losses")) return {};
    for (const Json& loss : training["losses"])
        if (!ids.contains(loss.value("output", ""))) return "a loss looks at no node: " + loss.dump();
    return training["losses"].empty() ? "the list of losses is empty" : "";
}

// Blocks may miss an input or an output, which the check tells; what they name is there, outside and inside.
std::string faultOfBlocks(const Document& document) {
    Ids open{""};
    for (const network::BlockSpec& block : document.spec().network.blocks) open.push_back(block.id);
    for (const std::string& id : open) {
        base::Problems ignored;
        const Json graph = graphOf(document.json(), id);
        const auto network = network::NetworkSpec::fromJson(graph["network"], ignored);
        const bool hasOutputs = !graph["training"].contains("losses") || !graph["training"]["losses"].empty();
        const std::string fault = faultOfNames(network.nodes, hasOutputs ? graph["training"] : Json::object());
        if (!fault.empty()) return id + ": " + fault;
    }
    return {};
}

// Empty when all that edits promise holds.
std::string faultOf(const Document& document) {
    const Json& graph = document.graph();
    const network::NetworkSpec& network = document.graphSpec();
    if (graph["network"]["nodes"].size() != network.nodes.size()) return "a node is no node";
    if (CircleSearch(network).finds() || CircleSearch(document.spec().network).finds()) return "there is a circle";
    if (document.openBlock().empty() && document.spec().network.blocks.empty())
        return faultOfNames(network.nodes, graph["training"]);
    return faultOfBlocks(document);
}

std::string textOf(const Document& document) { return document.json().dump(); }

void undoAll(Document& document) {
    while (document.undoStack().canUndo()) document.undoStack().undo();
}

void redoAll(Document& document) {
    while (document.undoStack().canRedo()) document.undoStack().redo();
}

}  // namespace

class GraphFuzz : public QObject {
    Q_OBJECT

private slots:
    void editsAtRandom() {
        bool isNumber = false;
        const int asked = qEnvironmentVariableIntValue("PERCEPTORY_GRAPH_EDITS", &isNumber);
        const std::vector<Json> projects = startingProjects();
        QVERIFY(projects.size() > 20);
        const unsigned rounds = static_cast<unsigned>((isNumber ? asked : 100'000) / editsOfARound);
        for (unsigned round = 0; round < rounds && !QTest::currentTestFailed(); ++round)
            oneRound(projects[round % projects.size()], round);
    }

private:
    void oneRound(const Json& project, unsigned seed) {
        Document document;
        document.open(project, {}, "start");
        QCOMPARE(QString::fromStdString(faultOf(document)), QString());
        Editor editor(document, seed);
        for (int i = 0; i < editsOfARound; ++i) {
            const int steps = document.undoStack().index();
            const std::string done = editor.edit();
            const std::string fault = faultOf(document);
            if (!fault.empty() || document.undoStack().index() > steps + 1)
                QFAIL(qPrintable(QString("Round %1, edit %2, %3: %4")
                                     .arg(seed)
                                     .arg(i)
                                     .arg(QString::fromStdString(done), QString::fromStdString(fault))));
        }
        network::checkNetwork(document.spec().network, {28, 28, 1});
        const std::string after = textOf(document);
        Document other;
        other.open(project::parseProject(project::projectText(document.json()), "test"), {}, "again");
        QCOMPARE(textOf(other), after);
        undoAll(document);
        QCOMPARE(textOf(document), project.dump());
        redoAll(document);
        QCOMPARE(textOf(document), after);
    }
};

QTEST_APPLESS_MAIN(GraphFuzz)
#include "GraphFuzz.moc"
