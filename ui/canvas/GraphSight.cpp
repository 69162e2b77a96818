#include "ui/canvas/GraphSight.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>

#include "engine/activations/Activation.h"
#include "engine/data/Dataset.h"
#include "engine/layers/Layer.h"
#include "engine/network/Blocks.h"
#include "engine/training/Heads.h"
#include "ui/document/Document.h"
#include "ui/document/EngineText.h"
#include "ui/document/LayerPlace.h"
#include "ui/document/commands/BlockCommands.h"
#include "ui/document/commands/BlockGraph.h"

namespace perceptory::canvas {

namespace {

using base::Json;

constexpr int mostFacts = 3;

class Words {
    Q_DECLARE_TR_FUNCTIONS(GraphSight)
};

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

QString kindWord(const Json& value) {
    if (value.is_string()) return text(value.get<std::string>());
    return value.is_object() && value.contains("type") && value["type"].is_string()
               ? text(value["type"].get<std::string>())
               : QString();
}

QString pairText(const Json& value) {
    if (value.is_array() && value.size() == 2 && value[0].is_number() && value[1].is_number())
        return QStringLiteral("%1×%2").arg(value[0].get<double>()).arg(value[1].get<double>());
    if (value.is_number()) return QStringLiteral("%1×%1").arg(value.get<double>());
    return kindWord(value);
}

// The first parameter of a layer is what it is mainly about; of the others windows and activations are worth the room.
QString fact(const base::ParamType& type, const Json& value, bool first) {
    switch (type.kind) {
        case base::ParamKind::Integer:
        case base::ParamKind::Number:
            return first && value.is_number() ? QLocale().toString(value.get<double>(), 'g', 6) : QString();
        case base::ParamKind::Pair:
            return first || type.id == "kernel_size" || type.id == "size" ? pairText(value) : QString();
        case base::ParamKind::Kind: {
            const QString word = kindWord(value);
            if (type.id != "activation" || word == "linear") return {};
            const auto* activation = activations::shelf().find(word.toStdString());
            return activation ? document::shelfText(activation->label) : word;
        }
        case base::ParamKind::Choice:
            return first ? document::shelfText(kindWord(value).toStdString()).replace('_', ' ') : QString();
        default:
            return {};
    }
}

// Nothing for what is no place, or so far away that the canvas could not hold it.
std::optional<QPointF> placeIn(const Json& position) {
    constexpr double farthest = 1e6;
    if (!position.is_array() || position.size() != 2) return {};
    for (const Json& number : position)
        if (!number.is_number() || std::abs(number.get<double>()) > farthest) return {};
    return QPointF(position[0].get<double>(), position[1].get<double>());
}

QString parametersText(std::int64_t count) {
    return count == 1 ? Words::tr("1 parameter") : Words::tr("%1 parameters").arg(QLocale().toString(qlonglong{count}));
}

QString factsOf(const network::NodeSpec& node) {
    const layers::LayerType* type = layers::shelf().find(node.type);
    if (!type) return {};
    QStringList facts;
    for (std::size_t i = 0; i < type->parameters.size() && facts.size() < mostFacts; ++i) {
        const base::ParamType& parameter = type->parameters[i];
        const auto given = node.parameters.find(parameter.id);
        const QString word =
            fact(parameter, given == node.parameters.end() ? parameter.fallback : *given, facts.isEmpty() && i == 0);
        if (!word.isEmpty()) facts << word;
    }
    return facts.join(QStringLiteral(" · "));
}

network::NetworkCheck check(const document::Document& document, const data::Dataset* dataset) {
    if (!dataset) return {};
    const training::RunSpec& spec = document.spec();
    return network::checkNetwork(spec.network, training::surroundingsOf(spec.training, *dataset));
}

class Looking {
public:
    Looking(const document::Document& document, const data::Dataset* dataset)
        : m_document(document),
          m_network(document.spec().network),
          m_open(m_network.findBlock(document.openBlock())),
          m_knowsShapes(dataset),
          m_check(check(document, dataset)) {
        if (!m_open && !document.openBlock().empty()) return;
        for (const network::NodeCheck& node : m_check.nodes) m_checks.emplace(node.spec.id, &node);
    }

    GraphSight run() {
        const document::Nodes* nodes = document::nodesOf(m_document.graph());
        const std::vector<network::NodeSpec>& specs = m_document.graphSpec().nodes;
        static const Json none;
        std::map<std::string, const Json*> byId;
        if (nodes)
            for (const Json& node : *nodes) byId.try_emplace(document::idOf(node), &node);
        for (const network::NodeSpec& spec : specs) {
            m_indices.try_emplace(spec.id, m_sight.nodes.size());
            const auto json = byId.find(spec.id);
            m_sight.nodes.push_back(look(spec, json == byId.end() ? none : *json->second));
        }
        if (m_knowsShapes) tellProblems(m_check.problems);
        tellProblems(m_document.problems());
        for (std::size_t i = 0; i < specs.size(); ++i) takeWires(specs[i], i);
        m_sight.layers = m_network.nodes.size();
        m_sight.parameters = m_check.parameters;
        return std::move(m_sight);
    }

private:
    NodeSight look(const network::NodeSpec& spec, const Json& json) const {
        NodeSight sight;
        sight.id = spec.id;
        sight.type = spec.type;
        sight.facts = factsOf(spec);
        sight.bypassed = spec.bypass;
        sight.frozen = !spec.trainable;
        const layers::LayerType* type = layers::shelf().find(spec.type);
        sight.kind = type ? document::shelfText(type->label) : text(spec.type);
        sight.note = text(document::textOf(json, "note"));
        sight.mostInputs = type ? document::mostInputs(json) : 0;
        sight.ports = document::portsOf(json);
        if (json.is_object()) sight.place = placeIn(json.value("position", Json()));
        if (document::isBlock(json))
            lookAtBlock(json, sight);
        else if (document::isEntry(json))
            sight.kind = Words::tr("What enters the block");
        sight.leaves = document::leavesBlock(m_document, spec.id);
        takeShape(sight, madeBy(spec.id, {}));
        if (const auto found = m_checks.find(nodeOf(spec.id)); found != m_checks.end() && !document::isBlock(json))
            takeCount(sight, found->second->parameters);
        return sight;
    }

    void lookAtBlock(const Json& json, NodeSight& sight) const {
        const network::BlockSpec* block = m_network.findBlock(sight.id);
        sight.kind = Words::tr("Block");
        sight.mostInputs = document::mostInputs(json);
        sight.repeat = static_cast<int>(std::clamp<std::int64_t>(document::repeatOf(json), 1, network::mostRepeats));
        base::Problems ignored;
        for (const Json& node : json["nodes"]) {
            const auto spec = network::NetworkSpec::fromJson({{"nodes", Json::array({node})}}, ignored);
            if (spec.nodes.empty()) continue;
            NodeSight layer = look(spec.nodes.front(), node);
            layer.parameters.clear();
            const auto found = block ? m_checks.find(block->copyOf(layer.id, 0)) : m_checks.end();
            takeShape(layer, found == m_checks.end() ? nullptr : found->second);
            if (found != m_checks.end()) takeCount(layer, found->second->parameters);
            sight.layers.push_back(std::move(layer));
        }
        const bool any = !sight.layers.empty();
        sight.bypassed = any && std::ranges::all_of(sight.layers, &NodeSight::bypassed);
        sight.frozen = any && std::ranges::all_of(sight.layers, &NodeSight::frozen);
        const auto many = static_cast<int>(sight.layers.size());
        sight.facts = many == 1 ? Words::tr("1 layer") : Words::tr("%n layers", nullptr, many);
        std::int64_t count = 0;
        for (const network::NodeCheck& node : m_check.nodes)
            if (const auto inside = m_network.inside(node.spec.id); inside && inside->block == block)
                count += node.parameters;
        takeCount(sight, count);
    }

    static void takeCount(NodeSight& sight, std::int64_t parameters) {
        if (parameters > 0) sight.parameters = parametersText(parameters);
    }

    static void takeShape(NodeSight& sight, const network::NodeCheck* node) {
        sight.output = node ? std::optional(node->output) : std::nullopt;
        sight.shape = node ? text(tensor::shapeText(node->output)) : QString();
    }

    // What a layer is called in the network.
    std::string nodeOf(const std::string& id) const { return m_open ? m_open->copyOf(id, 0) : id; }

    // The node of the network whose output stands at this output of the graph; null while it is unknown.
    const network::NodeCheck* madeBy(const std::string& id, const std::string& port) const {
        const auto at = [&](const std::vector<std::string>& nodes, std::size_t number) {
            const auto found = number < nodes.size() ? m_checks.find(nodes[number]) : m_checks.end();
            return found == m_checks.end() ? nullptr : found->second;
        };
        if (m_open && id == network::blockEntry) return at(m_open->inputs, text(port).toUInt());
        const network::BlockSpec* block = m_open ? nullptr : m_network.findBlock(id);
        if (!block || m_network.find(id)) return at({nodeOf(id)}, 0);
        const Json* json = document::blockOf(m_document.json(), id);
        const std::vector<std::string> outputs = json ? document::outputsOf(*json) : std::vector<std::string>();
        const auto found = port.empty() ? outputs.begin() : std::ranges::find(outputs, port);
        return at(block->outputs, static_cast<std::size_t>(found - outputs.begin()));
    }

    void tellProblems(const base::Problems& problems) {
        for (const base::Problem& problem : problems) {
            const document::LayerPlace place = document::placeIn(m_document, problem.where);
            const std::string& open = m_document.openBlock();
            const std::string node = place.block == open ? place.layer : open.empty() ? place.block : std::string();
            const auto index = m_indices.find(node);
            if (index == m_indices.end()) continue;
            m_sight.problems[node].push_back(problem);
            NodeSight& sight = m_sight.nodes[index->second];
            tell(problem, sight);
            for (NodeSight& layer : sight.layers)
                if (layer.id == place.layer) tell(problem, layer);
        }
    }

    static void tell(const base::Problem& problem, NodeSight& sight) {
        const QString line = text(problem.sentence) + ' ' + document::remedyText(problem);
        sight.trouble += (sight.trouble.isEmpty() ? QString() : QStringLiteral("\n")) + line.trimmed();
        sight.isError = sight.isError || problem.severity == base::Severity::Error;
    }

    void takeWires(const network::NodeSpec& node, std::size_t to) {
        for (std::size_t input = 0; input < node.inputs.size(); ++input) {
            const auto from = m_indices.find(node.inputs[input]);
            if (from == m_indices.end()) continue;
            const NodeSight& sink = m_sight.nodes[to];
            const network::NodeCheck* source = madeBy(node.inputs[input], node.port(input));
            // What is wrong in a block is not always with what enters it, and is shown there.
            const bool fits = !source || !sink.shape.isEmpty() || !sink.isError || sink.repeat > 0;
            const QString shape = source ? text(tensor::shapeText(source->output)) : QString();
            m_sight.wires.push_back({from->second, to, input, node.port(input), shape, fits});
        }
    }

    const document::Document& m_document;
    const network::NetworkSpec& m_network;
    const network::BlockSpec* m_open;
    bool m_knowsShapes;
    network::NetworkCheck m_check;
    std::map<std::string, const network::NodeCheck*> m_checks;  // by id
    std::map<std::string, std::size_t> m_indices;
    GraphSight m_sight;
};

}  // namespace

std::optional<std::size_t> GraphSight::find(const std::string& id) const {
    const auto found = std::ranges::find(nodes, id, &NodeSight::id);
    return found == nodes.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - nodes.begin()));
}

GraphSight lookAt(const document::Document& document, const data::Dataset* dataset) {
    return Looking(document, dataset).run();
}

}  // namespace perceptory::canvas
