#include "ui/document/commands/GraphJson.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "engine/layers/Layer.h"
#include "ui/document/commands/BlockGraph.h"
#include "ui/document/commands/LossOutputs.h"

namespace perceptory::document {

using base::Json;

namespace {

constexpr std::size_t mostDigits = 6;  // of a number that is counted on

const Nodes* listOf(const Json& project, const char* key) {
    if (!project.is_object() || !project.contains("network") || !project["network"].is_object()) return nullptr;
    const Json& network = project["network"];
    return network.contains(key) ? network[key].get_ptr<const Nodes*>() : nullptr;
}

auto placeOf(auto& nodes, const std::string& id) {
    return std::ranges::find_if(nodes, [&](const Json& node) { return idOf(node) == id; });
}

auto firstReader(Nodes& nodes, const std::set<std::string>& ids) {
    return std::ranges::find_if(nodes, [&](const Json& node) {
        return std::ranges::any_of(inputsOf(node), [&](const Source& input) { return ids.contains(input.node); });
    });
}

std::map<std::string, std::vector<Source>> inputsById(const Nodes& nodes) {
    std::map<std::string, std::vector<Source>> inputs;
    for (const Json& node : nodes) inputs.emplace(idOf(node), inputsOf(node));
    return inputs;
}

}  // namespace

Source Source::of(const std::string& text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos) return {text, ""};
    return {text.substr(0, colon), text.substr(colon + 1)};
}

std::string textOf(const Json& object, const char* key) {
    return object.is_object() && object.contains(key) && object[key].is_string() ? object[key].get<std::string>()
                                                                                 : std::string();
}

const Nodes* nodesOf(const Json& project) { return listOf(project, "nodes"); }
Nodes* nodesOf(Json& project) { return const_cast<Nodes*>(nodesOf(std::as_const(project))); }
const Nodes* blocksOf(const Json& project) { return listOf(project, "blocks"); }
Nodes* blocksOf(Json& project) { return const_cast<Nodes*>(blocksOf(std::as_const(project))); }

Nodes& madeNodesOf(Json& project) {
    if (Nodes* nodes = nodesOf(project)) return *nodes;
    Json& network = project["network"];
    if (!network.is_object()) network = Json::object();
    network["nodes"] = Json::array();
    return network["nodes"].get_ref<Nodes&>();
}

std::string idOf(const Json& node) { return textOf(node, "id"); }

std::vector<Source> inputsOf(const Json& node) {
    std::vector<Source> inputs;
    if (!node.is_object() || !node.contains("inputs") || !node["inputs"].is_array()) return inputs;
    for (const Json& input : node["inputs"]) {
        if (!input.is_string()) return {};
        inputs.push_back(Source::of(input.get_ref<const std::string&>()));
    }
    return inputs;
}

void setInputs(Json& node, const std::vector<Source>& inputs) {
    Json list = Json::array();
    for (const Source& input : inputs) list.push_back(input.text());
    node["inputs"] = std::move(list);
}

int fewestInputs(const Json& node) {
    if (isBlock(node)) return mostInputs(node);  // each has its own place inside
    const layers::LayerType* type = layers::shelf().find(textOf(node, "type"));
    return type ? type->minimumInputs : 1;
}

int mostInputs(const Json& node) {
    if (isEntry(node)) return 0;
    if (isBlock(node)) return static_cast<int>(std::max(entriesOf(node), inputsOf(node).size()));
    const layers::LayerType* type = layers::shelf().find(textOf(node, "type"));
    return type ? type->maximumInputs : 1;
}

std::vector<std::string> portsOf(const Json& node) {
    std::vector<std::string> ports;
    if (isBlock(node)) {
        ports = outputsOf(node);
        if (!ports.empty()) ports.erase(ports.begin());
    } else if (isEntry(node)) {
        // A foreign file may have such a node with anything in it.
        const Json count = node.value("count", Json());
        const std::size_t most = count.is_number_unsigned() ? std::min<std::size_t>(count.get<std::size_t>(), 100) : 1;
        for (std::size_t i = 1; i < most; ++i) ports.push_back(std::to_string(i));
    } else if (const layers::LayerType* type = layers::shelf().find(textOf(node, "type"))) {
        ports = type->ports;
    }
    return ports;
}

const Json* nodeOf(const Nodes& nodes, const std::string& id) {
    const auto place = placeOf(nodes, id);
    return place == nodes.end() ? nullptr : &*place;
}

Json* nodeOf(Nodes& nodes, const std::string& id) { return const_cast<Json*>(nodeOf(std::as_const(nodes), id)); }

bool isRead(const Nodes& nodes, const std::string& id) {
    return std::ranges::any_of(
        nodes, [&](const Json& node) { return std::ranges::count(inputsOf(node), id, &Source::node) > 0; });
}

std::set<std::string> allReadBy(const Nodes& nodes, const std::string& id) {
    std::unordered_map<std::string_view, const Json*> byId;  // asked for every layer a wire is dragged over
    for (const Json& node : nodes)
        if (node.is_object() && node.contains("id") && node["id"].is_string())
            byId.emplace(node["id"].get_ref<const std::string&>(), &node);
    std::set<std::string> found{id};
    for (std::vector<std::string> open{id}; !open.empty();) {
        const auto at = byId.find(open.back());
        open.pop_back();
        if (at == byId.end()) continue;
        for (const Source& input : inputsOf(*at->second))
            if (found.insert(input.node).second) open.push_back(input.node);
    }
    return found;
}

bool hasCircle(const Nodes& nodes) {
    std::map<std::string, std::vector<std::string>> readers;
    std::map<std::string, std::size_t> waiting;  // inputs that are not yet known to be free of circles
    for (const auto& [id, inputs] : inputsById(nodes)) {
        waiting[id] += inputs.size();
        for (const Source& input : inputs) readers[input.node].push_back(id);
    }
    for (const auto& [node, ids] : readers)
        if (!waiting.contains(node))
            for (const std::string& id : ids) --waiting[id];
    std::vector<std::string> open;
    for (const auto& [id, count] : waiting)
        if (count == 0) open.push_back(id);
    std::size_t done = 0;
    for (; !open.empty(); ++done) {
        const std::string id = open.back();
        open.pop_back();
        for (const std::string& reader : readers[id])
            if (--waiting[reader] == 0) open.push_back(reader);
    }
    return done < waiting.size();
}

void insertInOrder(Nodes& nodes, const Nodes& fresh) {
    std::set<std::string> ids;
    for (const Json& node : fresh) ids.insert(idOf(node));
    auto place = firstReader(nodes, ids);
    if (place == nodes.end() && !nodes.empty() && !inputsOf(nodes.back()).empty() && !isRead(fresh, idOf(nodes.back())))
        place = std::prev(nodes.end());
    nodes.insert(place, fresh.begin(), fresh.end());
}

void bringInFront(Nodes& nodes, const std::string& from, const std::string& to) {
    const auto start = placeOf(nodes, to), end = placeOf(nodes, from);
    if (end < start || end == nodes.end()) return;
    const std::set<std::string> needed = allReadBy(nodes, from);
    std::stable_partition(start, std::next(end), [&](const Json& node) { return needed.contains(idOf(node)); });
}

FreeIds::FreeIds(const Json& project) {
    for (const Nodes* list : {nodesOf(project), blocksOf(project)}) {
        if (!list) continue;
        for (const Json& node : *list) {
            m_taken.insert(idOf(node));
            for (const Source& input : inputsOf(node)) m_taken.insert(input.node);
        }
    }
    for (const std::string& output : outputsOfLosses(project)) m_taken.insert(output);
}

std::string FreeIds::take(const std::string& wanted) {
    if (m_taken.insert(wanted).second) return wanted;
    const std::size_t digits = wanted.size() - 1 - wanted.find_last_not_of("0123456789");
    const std::string word = wanted.substr(0, wanted.size() - digits);
    int& number = m_next[word];
    const bool counts = digits > 0 && digits <= mostDigits;
    number = std::max(number, counts ? std::stoi(wanted.substr(word.size())) + 1 : 2);
    while (!m_taken.insert(word + std::to_string(number)).second) ++number;
    return word + std::to_string(number++);
}

}  // namespace perceptory::document
