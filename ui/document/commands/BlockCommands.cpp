#include "ui/document/commands/BlockCommands.h"

#include <algorithm>
#include <optional>

#include "engine/network/Blocks.h"
#include "ui/document/commands/BlockGraph.h"
#include "ui/document/commands/LossOutputs.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;

namespace {

// In a graph, see BlockGraph.h.
class Folding {
public:
    Folding(const Json& graph, const std::vector<std::string>& ids)
        : m_graph(graph), m_chosen(ids.begin(), ids.end()), m_nodes(nodesOf(graph) ? *nodesOf(graph) : Nodes()) {}

    // Why these layers are no block; empty: they are.
    QString why() {
        if (std::ranges::any_of(m_nodes, isEntry))
            return Words::tr("A block cannot hold another block. Leave this one before you fold layers.");
        Nodes inside;
        for (const Json& node : m_nodes)
            if (isChosen(idOf(node))) inside.push_back(node);
        if (inside.empty()) return Words::tr("Choose the layers that are to be folded into a block.");
        for (const Json& node : inside)
            if (const QString reason = whyNotInside(node); !reason.isEmpty()) return reason;
        if (std::set<std::string> names = namesOf(inside); names.size() < inside.size())
            return Words::tr("Two of the layers have the same name. Rename one of them.");
        findSources(inside);
        return whyNotAround();
    }

    // Puts the block in the place of the layers.
    void fold(Json& graph, const std::string& name) const {
        Nodes& nodes = *nodesOf(graph);
        Json block{{"id", name}, {"repeat", 1}, {"inputs", Json::array()}};
        for (const Source& input : m_inputs) block["inputs"].push_back(input.text());
        block["outputs"] = Json::array();
        for (const Source& output : m_outputs) block["outputs"].push_back(output.text());
        block["nodes"] = Json::array();
        for (const Json& node : nodes)
            if (isChosen(idOf(node))) block["nodes"].push_back(connectedInside(node));
        if (const Json place = middle(block["nodes"]); !place.is_null()) block["position"] = place;
        block["type"] = "block";
        std::erase_if(nodes, [&](const Json& node) { return isChosen(idOf(node)); });
        nodes.push_back(std::move(block));
        std::vector<std::string> readers;
        for (Json& node : nodes)
            if (connectOutside(node, name)) readers.push_back(idOf(node));
        for (const std::string& reader : readers) bringInFront(nodes, name, reader);
        moveLosses(graph, m_outputs.front().node, name);
    }

private:
    bool isChosen(const std::string& id) const { return m_chosen.contains(id); }

    static std::set<std::string> namesOf(const Nodes& nodes) {
        std::set<std::string> names;
        for (const Json& node : nodes) names.insert(idOf(node));
        return names;
    }

    static QString whyNotInside(const Json& node) {
        if (isBlock(node))
            return Words::tr("A block cannot hold another block. Unfold %1 first.").arg(Words::layer(idOf(node)));
        if (textOf(node, "type") == "input")
            return Words::tr("%1 cannot be in a block: here data enter the network.").arg(Words::layer(idOf(node)));
        if (idOf(node) == network::blockEntry)
            return Words::tr("In a block \"in\" means what enters it. Give this layer another name first.");
        return {};
    }

    void findSources(const Nodes& inside) {
        const auto add = [](std::vector<Source>& list, const Source& source) {
            if (std::ranges::count(list, source) == 0) list.push_back(source);
        };
        for (const Json& node : inside)
            for (const Source& input : inputsOf(node))
                if (!isChosen(input.node)) add(m_inputs, input);
        m_looked = outputsOfLosses(m_graph);
        std::erase_if(m_looked, [&](const std::string& id) { return !isChosen(id); });
        for (const std::string& id : m_looked) add(m_outputs, {id, ""});  // a loss sees the first output
        for (const Json& node : m_nodes)
            for (const Source& input : inputsOf(node))
                if (!isChosen(idOf(node)) && isChosen(input.node)) add(m_outputs, input);
        for (const Json& node : inside)
            if (!isRead(m_nodes, idOf(node))) add(m_outputs, {idOf(node), ""});
    }

    QString whyNotAround() const {
        for (const Source& input : m_inputs) {
            const std::set<std::string> before = allReadBy(m_nodes, input.node);
            for (const std::string& id : m_chosen)
                if (before.contains(id))
                    return Words::tr("%1 stands between these layers: it reads %2 and is read by them. Choose it too.")
                        .arg(Words::layer(input.node), Words::layer(id));
        }
        if (m_looked.size() > 1)
            return Words::tr("Losses look at %1 and %2, but of a block only at one layer. Leave one of them out.")
                .arg(Words::layer(m_looked[0]), Words::layer(m_looked[1]));
        return m_outputs.empty() ? Words::tr("These layers run in a circle. Remove one of their connections.")
                                 : QString();
    }

    Json connectedInside(Json node) const {
        std::vector<Source> inputs = inputsOf(node);
        for (Source& input : inputs) {
            const auto found = std::ranges::find(m_inputs, input);
            if (found == m_inputs.end()) continue;
            const auto number = found - m_inputs.begin();
            input = {network::blockEntry, number == 0 ? "" : std::to_string(number)};
        }
        if (!inputs.empty()) setInputs(node, inputs);
        return node;
    }

    bool connectOutside(Json& node, const std::string& name) const {
        std::vector<Source> inputs = inputsOf(node);
        bool reads = false;
        for (Source& input : inputs) {
            if (!isChosen(input.node)) continue;
            input = {name, input == m_outputs.front() ? "" : input.text()};
            reads = true;
        }
        if (reads) setInputs(node, inputs);
        return reads;
    }

    // Of the places that the layers have.
    static Json middle(const Json& nodes) {
        double x = 0, y = 0, count = 0;
        for (const Json& node : nodes) {
            const Json place = node.value("position", Json());
            if (!place.is_array() || place.size() != 2 || !place[0].is_number() || !place[1].is_number()) continue;
            x += place[0].get<double>();
            y += place[1].get<double>();
            ++count;
        }
        return count > 0 ? Json{x / count, y / count} : Json();
    }

    const Json& m_graph;
    std::set<std::string> m_chosen;
    Nodes m_nodes;
    std::vector<Source> m_inputs, m_outputs;
    std::vector<std::string> m_looked;  // the chosen ones that losses look at
};

// In a graph, see BlockGraph.h.
class Unfolding {
public:
    Unfolding(Json& graph, Json block) : m_graph(graph), m_block(std::move(block)), m_id(idOf(m_block)) {}

    void run() {
        Nodes& nodes = *nodesOf(m_graph);
        m_repeat = std::max<std::int64_t>(1, repeatOf(m_block));
        const auto place = std::ranges::find(nodes, m_id, idOf) - nodes.begin();
        nodes.erase(nodes.begin() + place);
        nameCopies();
        Nodes written;
        for (std::int64_t copy = 0; copy < m_repeat; ++copy)
            for (const Json& node : m_block["nodes"]) written.push_back(copyOf(node, copy));
        for (Json& node : nodes) connect(node);
        nodes.insert(nodes.begin() + place, written.begin(), written.end());
        if (const auto main = outputOf({m_id, ""}))
            moveLosses(m_graph, m_id, main->node);
        else
            dropLosses(m_graph, [this](const std::string& output) { return output == m_id; });
    }

private:
    void nameCopies() {
        FreeIds free(m_graph);
        m_names.resize(static_cast<std::size_t>(m_repeat));
        for (std::size_t copy = 0; copy < m_names.size(); ++copy)
            for (const Json& node : m_block["nodes"]) {
                const std::string id = idOf(node);
                m_names[copy][id] = free.take(m_repeat == 1 ? id : m_id + "." + std::to_string(copy) + "." + id);
            }
    }

    Json copyOf(Json node, std::int64_t copy) const {
        const auto& names = m_names[static_cast<std::size_t>(copy)];
        std::vector<Source> inputs = inputsOf(node), after;
        for (const Source& input : inputs) {
            if (input.node == network::blockEntry) {
                if (const auto source = entryOf(input.port, copy)) after.push_back(*source);
            } else if (names.contains(input.node)) {
                after.push_back({names.at(input.node), input.port});
            }
        }
        node["id"] = names.at(idOf(node));
        if (copy > 0) node.erase("position");
        if (after != inputs) setInputs(node, after);
        return node;
    }

    std::optional<Source> entryOf(const std::string& port, std::int64_t copy) const {
        const std::vector<Source> inputs = inputsOf(m_block);
        const auto number = port.empty() ? 0 : static_cast<std::size_t>(QString::fromStdString(port).toUInt());
        if (copy == 0) return number < inputs.size() ? std::optional(inputs[number]) : std::nullopt;
        return named(number, copy - 1);
    }

    // The output with this number, of one of the copies.
    std::optional<Source> named(std::size_t output, std::int64_t copy) const {
        const std::vector<std::string> outputs = outputsOf(m_block);
        if (output >= outputs.size()) return {};
        const Source inside = Source::of(outputs[output]);
        const auto& names = m_names[static_cast<std::size_t>(copy)];
        return names.contains(inside.node) ? std::optional(Source{names.at(inside.node), inside.port}) : std::nullopt;
    }

    std::optional<Source> outputOf(const Source& source) const {
        const std::vector<std::string> outputs = outputsOf(m_block);
        const auto found = source.port.empty() ? outputs.begin() : std::ranges::find(outputs, source.port);
        return named(static_cast<std::size_t>(found - outputs.begin()), m_repeat - 1);
    }

    void connect(Json& reader) const {
        const std::vector<Source> inputs = inputsOf(reader);
        std::vector<Source> after;
        for (const Source& input : inputs)
            if (const auto source = input.node == m_id ? outputOf(input) : input) after.push_back(*source);
        if (after != inputs) setInputs(reader, after);
    }

    Json& m_graph;
    const Json m_block;
    const std::string m_id;
    std::int64_t m_repeat = 1;
    std::vector<std::map<std::string, std::string>> m_names;  // of each copy, by the name inside
};

const Json* chosenBlock(const Document& document, const std::string& id) {
    const Nodes* nodes = nodesOf(document.graph());
    const Json* block = nodes ? nodeOf(*nodes, id) : nullptr;
    return block && isBlock(*block) ? block : nullptr;
}

}  // namespace

QString foldLayers(Document& document, const std::vector<std::string>& ids, std::string& made) {
    Folding folding(document.graph(), ids);
    if (const QString reason = folding.why(); !reason.isEmpty()) return reason;
    made = FreeIds(document.graph()).take("block1");
    document.editGraph(Words::tr("Fold %1 into a block").arg(Words::layers(ids)),
                       [&](Json& graph) { folding.fold(graph, made); });
    return {};
}

QString unfoldBlock(Document& document, const std::string& id) {
    const Json* block = chosenBlock(document, id);
    if (!block) return Words::tr("Choose a block to unfold it.");
    if (std::ranges::any_of((*block)["nodes"], [](const Json& node) { return idOf(node).empty(); }) ||
        repeatOf(*block) > network::mostRepeats)
        return Words::tr("%1 has faults. Mend them before you unfold it.").arg(Words::layer(id));
    document.editGraph(Words::tr("Unfold %1").arg(Words::layer(id)),
                       [&](Json& graph) { Unfolding(graph, Json(*nodeOf(*nodesOf(graph), id))).run(); });
    return {};
}

void setRepeat(Document& document, const std::string& id, int repeat, const QString& mergeKey) {
    if (!chosenBlock(document, id)) return;
    document.editGraph(
        Words::tr("Set repeats of %1").arg(Words::layer(id)),
        [&](Json& graph) { (*nodeOf(*nodesOf(graph), id))["repeat"] = std::clamp(repeat, 1, network::mostRepeats); },
        mergeKey);
}

bool leavesBlock(const Document& document, const std::string& id) {
    return !document.openBlock().empty() && std::ranges::count(outputsOfLosses(document.graph()), id) > 0;
}

void setLeavesBlock(Document& document, const std::string& id, bool leaves) {
    const Nodes* nodes = nodesOf(document.graph());
    const Json* node = nodes ? nodeOf(*nodes, id) : nullptr;
    if (document.openBlock().empty() || !node || isEntry(*node) || leavesBlock(document, id) == leaves) return;
    const QString text = leaves ? Words::tr("Let %1 leave the block") : Words::tr("Keep %1 in the block");
    document.editGraph(text.arg(Words::layer(id)), [&](Json& graph) {
        Json& outputs = graph["training"]["losses"];
        if (leaves)
            outputs.push_back({{"output", id}, {"target", ""}, {"was", ""}});
        else
            std::erase_if(outputs.get_ref<Nodes&>(),
                          [&](const Json& output) { return textOf(output, "output") == id; });
    });
}

}  // namespace perceptory::document
