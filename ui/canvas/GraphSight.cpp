#include "ui/canvas/GraphSight.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>

#include "engine/data/Dataset.h"
#include "engine/layers/Layer.h"
#include "engine/training/Heads.h"
#include "ui/document/Document.h"
#include "ui/document/EngineText.h"
#include "ui/document/LayerPlace.h"

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
            return type.id == "activation" && word != "linear" ? word : QString();
        }
        case base::ParamKind::Choice:
            return first ? kindWord(value) : QString();
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
        : m_document(document), m_knowsShapes(dataset), m_check(check(document, dataset)) {}

    GraphSight run() {
        const std::vector<network::NodeSpec>& nodes = m_document.spec().network.nodes;
        for (const network::NodeSpec& node : nodes) {
            m_indices.try_emplace(node.id, m_sight.nodes.size());
            m_sight.nodes.push_back(look(node));
        }
        takeFromFile();
        if (m_knowsShapes)
            tellProblems(m_check.problems);
        else
            tellProblems(m_document.problems());
        for (std::size_t i = 0; i < nodes.size(); ++i) takeWires(nodes[i], i);
        m_sight.parameters = m_check.parameters;
        return std::move(m_sight);
    }

private:
    NodeSight look(const network::NodeSpec& node) const {
        NodeSight sight;
        sight.id = node.id;
        sight.type = node.type;
        const layers::LayerType* type = layers::shelf().find(node.type);
        sight.kind = type ? document::shelfText(type->label) : text(node.type);
        sight.facts = factsOf(node);
        sight.bypassed = node.bypass;
        sight.frozen = !node.trainable;
        const network::NodeCheck* found = m_knowsShapes ? m_check.find(node.id) : nullptr;
        if (!found) return sight;
        sight.output = found->output;
        sight.shape = text(tensor::shapeText(found->output));
        if (found->parameters > 0) sight.parameters = parametersText(found->parameters);
        return sight;
    }

    // What the engine does not care for.
    void takeFromFile() {
        const Json& network = m_document.json().value("network", Json::object());
        if (!network.contains("nodes") || !network["nodes"].is_array()) return;
        for (const Json& node : network["nodes"]) {
            if (!node.is_object() || !node.contains("id") || !node["id"].is_string()) continue;
            const auto index = m_indices.find(node["id"].get<std::string>());
            if (index == m_indices.end()) continue;
            NodeSight& sight = m_sight.nodes[index->second];
            if (node.contains("note") && node["note"].is_string()) sight.note = text(node["note"].get<std::string>());
            sight.place = placeIn(node.value("position", Json()));
        }
    }

    void tellProblems(const base::Problems& problems) {
        for (const base::Problem& problem : problems) {
            const std::string node = document::layerAt(problem.where, m_document.spec().network);
            const auto index = m_indices.find(node);
            if (index == m_indices.end()) continue;
            m_sight.problems[node].push_back(problem);
            NodeSight& sight = m_sight.nodes[index->second];
            const QString line = text(problem.sentence) + ' ' + document::remedyText(problem);
            sight.trouble += (sight.trouble.isEmpty() ? QString() : QStringLiteral("\n")) + line.trimmed();
            sight.isError = sight.isError || problem.severity == base::Severity::Error;
        }
    }

    void takeWires(const network::NodeSpec& node, std::size_t to) {
        for (std::size_t input = 0; input < node.inputs.size(); ++input) {
            const auto from = m_indices.find(node.inputs[input]);
            if (from == m_indices.end()) continue;
            const NodeSight &source = m_sight.nodes[from->second], &sink = m_sight.nodes[to];
            const bool fits = source.shape.isEmpty() || !sink.shape.isEmpty() || !sink.isError;
            m_sight.wires.push_back({from->second, to, input, node.port(input), source.shape, fits});
        }
    }

    const document::Document& m_document;
    bool m_knowsShapes;
    network::NetworkCheck m_check;
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
