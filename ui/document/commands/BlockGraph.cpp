#include "ui/document/commands/BlockGraph.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "engine/network/Blocks.h"

namespace perceptory::document {

using base::Json;

namespace {

constexpr const char* blockType = "block";
constexpr const char* entryType = "block_input";

bool isListed(const Json& block) {
    return !idOf(block).empty() && block.contains("nodes") && block["nodes"].is_array();
}

// What orderWithBlocks() looks at.
network::NodeSpec connectionsOf(const Json& node) {
    network::NodeSpec spec{.id = idOf(node)};
    for (const Source& input : inputsOf(node)) spec.inputs.push_back(input.node);
    return spec;
}

void mergeBlocks(Json& network, const Nodes& nodes, Nodes& blocks) {
    std::vector<network::NodeSpec> plain, heads;
    Nodes listed, rest, merged;
    std::set<std::string> ids;  // of namesakes only the first is shown
    for (Json& block : blocks)
        (isListed(block) && ids.insert(idOf(block)).second ? listed : rest).push_back(std::move(block));
    for (const Json& node : nodes) plain.push_back(connectionsOf(node));
    for (Json& block : listed) {
        heads.push_back(connectionsOf(block));
        block["type"] = blockType;
    }
    for (const std::size_t at : network::orderWithBlocks(plain, heads))
        merged.push_back(at < nodes.size() ? nodes[at] : std::move(listed[at - nodes.size()]));
    network["nodes"] = std::move(merged);
    network["blocks"] = std::move(rest);
}

Json insideOf(const Json& block) {
    Json entry = block.value("entry", Json());
    if (!entry.is_object()) entry = Json::object();
    entry["id"] = network::blockEntry;
    entry["type"] = entryType;
    entry["count"] = std::max(inputsOf(block).size(), entriesOf(block));
    Json nodes = Json::array({entry}), losses = Json::array();
    for (const Json& node : block["nodes"]) nodes.push_back(node);
    for (const std::string& output : outputsOf(block)) {
        const Source source = Source::of(output);
        losses.push_back({{"output", source.node}, {"target", source.port}, {"was", output}});
    }
    return {{"network", {{"nodes", std::move(nodes)}}}, {"training", {{"losses", std::move(losses)}}}};
}

// The outputs of a block in a graph, with what they were.
std::vector<std::pair<std::string, std::string>> outputsIn(const Json& graph) {
    std::vector<std::pair<std::string, std::string>> outputs;
    for (const Json& loss : graph["training"].value("losses", Json::array())) {
        const std::string now = Source{textOf(loss, "output"), textOf(loss, "target")}.text();
        outputs.emplace_back(textOf(loss, "was"), now);
    }
    return outputs;
}

class Putting {
public:
    Putting(Json& project, const std::string& id, Json& block, const Json& graph)
        : m_project(project), m_id(id), m_block(block), m_before(outputsOf(block)), m_outputs(outputsIn(graph)) {
        Nodes nodes;
        for (const Json& node : *nodesOf(graph)) {
            if (isEntry(node))
                putEntry(node);
            else
                nodes.push_back(node);
        }
        m_block["nodes"] = std::move(nodes);
    }

    void run() {
        Json outputs = Json::array();
        for (const auto& [was, now] : m_outputs) outputs.push_back(now);
        if (outputs == Json(m_before)) return;
        m_block["outputs"] = std::move(outputs);
        for (Nodes* list : {nodesOf(m_project), blocksOf(m_project)})
            if (list)
                for (Json& reader : *list) follow(reader);
    }

private:
    void putEntry(Json entry) {
        for (const char* key : {"id", "type", "count"}) entry.erase(key);
        if (!entry.empty())
            m_block["entry"] = std::move(entry);
        else
            m_block.erase("entry");
    }

    void follow(Json& reader) const {
        const std::vector<Source> before = inputsOf(reader);
        std::vector<Source> after;
        for (const Source& input : before)
            if (const auto source = input.node == m_id ? sourceNow(input) : input) after.push_back(*source);
        if (after != before) setInputs(reader, after);
    }

    std::optional<Source> sourceNow(const Source& source) const {
        const std::string was = source.port.empty() && !m_before.empty() ? m_before.front() : source.port;
        for (std::size_t i = 0; i < m_outputs.size(); ++i)
            if (m_outputs[i].first == was) return Source{m_id, i == 0 ? "" : m_outputs[i].second};
        return std::ranges::count(m_before, was) > 0 ? std::nullopt : std::optional(source);
    }

    Json& m_project;
    const std::string& m_id;
    Json& m_block;
    std::vector<std::string> m_before;
    std::vector<std::pair<std::string, std::string>> m_outputs;  // what they were, what they are
};

}  // namespace

bool isBlock(const Json& node) { return textOf(node, "type") == blockType && node.contains("nodes"); }
bool isEntry(const Json& node) { return textOf(node, "type") == entryType; }

const Json* blockOf(const Json& project, const std::string& id) {
    const Nodes* blocks = blocksOf(project);
    const Json* block = blocks ? nodeOf(*blocks, id) : nullptr;
    return block && isListed(*block) ? block : nullptr;
}

bool hasBlocks(const Json& project) {
    const Nodes* blocks = blocksOf(project);
    return blocks && !blocks->empty();
}

Json graphOf(const Json& project, const std::string& open) {
    if (const Json* block = open.empty() ? nullptr : blockOf(project, open)) return insideOf(*block);
    Json graph = Json::object();
    for (const char* key : {"network", "training"})
        if (project.contains(key)) graph[key] = project[key];
    if (!hasBlocks(project)) return graph;
    Nodes blocks = *blocksOf(graph);
    mergeBlocks(graph["network"], Nodes(madeNodesOf(graph)), blocks);
    return graph;
}

void putGraph(Json& project, const std::string& open, const Json& graph) {
    if (!open.empty()) {
        if (Nodes* blocks = blocksOf(project))
            if (Json* block = nodeOf(*blocks, open)) Putting(project, open, *block, graph).run();
        return;
    }
    for (const char* key : {"network", "training"})
        if (graph.contains(key)) project[key] = graph[key];
    Nodes* nodes = nodesOf(project);
    if (!nodes) return;
    Nodes plain, blocks;
    for (Json& node : *nodes) {
        Nodes& list = isBlock(node) ? blocks : plain;
        list.push_back(std::move(node));
    }
    for (Json& block : blocks) block.erase("type");
    *nodes = std::move(plain);
    if (const Nodes* rest = blocksOf(project)) blocks.insert(blocks.end(), rest->begin(), rest->end());
    if (!blocks.empty())
        project["network"]["blocks"] = std::move(blocks);
    else
        project["network"].erase("blocks");
}

std::size_t entriesOf(const Json& block) {
    std::size_t most = 0;
    for (const Json& node : block.value("nodes", Json::array()))
        for (const Source& input : inputsOf(node)) {
            if (input.node != network::blockEntry) continue;
            std::size_t number = 0;
            std::from_chars(input.port.data(), input.port.data() + input.port.size(), number);
            most = std::max(most, std::min<std::size_t>(number, 99) + 1);
        }
    return most;
}

std::vector<std::string> outputsOf(const Json& block) {
    std::vector<std::string> outputs;
    if (!block.contains("outputs") || !block["outputs"].is_array()) return outputs;
    for (const Json& output : block["outputs"])
        if (output.is_string()) outputs.push_back(output.get<std::string>());
    return outputs;
}

std::int64_t repeatOf(const Json& block) {
    const Json repeat = block.value("repeat", Json(1));
    return repeat.is_number_integer() ? repeat.get<std::int64_t>() : 1;
}

}  // namespace perceptory::document
