// Parameters of a layer that cannot take what it gets, and of those before it that made it so.

#include <QLocale>
#include <algorithm>

#include "engine/layers/Layer.h"
#include "engine/project/NetworkFit.h"
#include "ui/document/EngineText.h"
#include "ui/document/commands/GraphJson.h"
#include "ui/document/commands/LayerRemoval.h"
#include "ui/document/commands/RemedyCandidates.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;
using base::ParamKind;
using base::ParamType;

namespace {

constexpr auto farthest = std::size_t{5};  // layers, the one at fault among them
constexpr auto mostSteps = std::int64_t{8};

QString valueText(const Json& value) {
    if (value.is_null()) return Words::tr("none");
    if (value.is_string()) return QString::fromStdString(value.get<std::string>());
    if (value.is_array() && value.size() == 2) return valueText(value[0]) + QChar(0x00d7) + valueText(value[1]);
    if (value.is_boolean()) return value.get<bool>() ? Words::tr("on") : Words::tr("off");
    if (value.is_object()) return QString::fromStdString(textOf(value, "type"));
    if (value.is_number_float()) return QLocale().toString(value.get<double>(), 'g', 6);
    return QString::fromStdString(value.dump());
}

const std::vector<ParamType>& parametersOf(const Json& node) {
    static const std::vector<ParamType> none;
    const layers::LayerType* type = layers::shelf().find(textOf(node, "type"));
    return type ? type->parameters : none;
}

// Of both axes.
std::optional<std::array<std::int64_t, 2>> numbersOf(const Json& value) {
    if (value.is_number_integer()) return {{value.get<std::int64_t>(), value.get<std::int64_t>()}};
    if (value.is_array() && value.size() == 2 && value[0].is_number_integer() && value[1].is_number_integer())
        return {{value[0].get<std::int64_t>(), value[1].get<std::int64_t>()}};
    return {};
}

Json pairOf(std::int64_t y, std::int64_t x) { return y == x ? Json(y) : Json{y, x}; }

class Parameters {
public:
    explicit Parameters(RemedyTrials& trials) : m_trials(trials), m_nodes(nodesOf(trials.project())) {}

    void run() {
        const std::string& id = m_trials.node();
        if (!m_nodes || id.empty() || !m_trials.rest().empty()) return;
        const Json& node = *nodeOf(*m_nodes, id);
        if (textOf(node, "type") == "input") return offerFields(node);
        offerWindowOfPool(node);
        for (const ParamType& type : parametersOf(node)) offerFitting(node, type);
        for (const ParamType& type : parametersOf(node)) offerUsual(m_trials, id, type);
        std::vector<std::string> chain = chainBefore(m_trials.project(), id, farthest);
        for (std::size_t i = 1; i < chain.size(); ++i)
            for (const ParamType& type : parametersOf(*nodeOf(*m_nodes, chain[i])))
                if (type.kind == ParamKind::Pair || type.kind == ParamKind::Switch)
                    offerUsual(m_trials, chain[i], type);
        for (const std::string& other : chain)
            for (const ParamType& type : parametersOf(*nodeOf(*m_nodes, other)))
                if (type.kind == ParamKind::Pair && type.minimum == 1) offerParameter(m_trials, other, type, 1);
        if (!m_trials.isMended()) offerAllUsual(node);
    }

private:
    bool offer(const Json& node, const ParamType& type, const Json& value) {
        return offerParameter(m_trials, idOf(node), type, value);
    }

    // A window as large as what it slides over, and a number that divides what it must.
    void offerFitting(const Json& node, const ParamType& type) {
        const Json now = parameterOf(node, type);
        const bool isWindow = type.kind == ParamKind::Pair || type.kind == ParamKind::Integer;
        const auto sizes = numbersOf(now);
        if (!isWindow || !sizes || &type == widthOf(node)) return;
        const std::vector<Source> inputs = inputsOf(node);
        const tensor::Shape* shape = inputs.empty() ? nullptr : m_trials.outputOf(inputs[0].node);
        if (shape && shape->size() > 1) {
            const std::int64_t height = shape->front(), width = shape->size() == 3 ? (*shape)[1] : height;
            if (offer(node, type, pairOf(std::min((*sizes)[0], height), std::min((*sizes)[1], width)))) return;
        }
        const auto least = static_cast<std::int64_t>(type.minimum);
        for (std::int64_t step = 1; type.kind == ParamKind::Integer && step <= mostSteps; ++step)
            if ((*sizes)[0] - step >= least && offer(node, type, (*sizes)[0] - step)) return;
    }

    void offerAllUsual(const Json& node) {
        const std::string id = idOf(node);
        m_trials.offer(Words::tr("Set all parameters of %1 to their defaults").arg(Words::layer(id)),
                       [&](Json& project) { nodeOf(*nodesOf(project), id)->erase("parameters"); });
    }

    // What turns a pool round has its window.
    void offerWindowOfPool(const Json& node) {
        for (const Source& input : inputsOf(node)) {
            const Json* pool = input.port.empty() ? nullptr : nodeOf(*m_nodes, input.node);
            if (!pool) continue;
            const QString label = Words::tr("Give %1 the window of %2");
            m_trials.offer(label.arg(Words::layer(idOf(node)), Words::layer(input.node)), [&](Json& project) {
                Json& mine = *nodeOf(*nodesOf(project), idOf(node));
                for (const ParamType& type : parametersOf(node))
                    for (const ParamType& theirs : parametersOf(*pool))
                        if (theirs.id == type.id) setParameter(mine, type, parameterOf(*pool, theirs));
            });
        }
    }

    // Of an input: which data enter there, and in which shape.
    void offerFields(const Json& node) {
        const std::string id = idOf(node);
        const auto without = [&](const char* key) {
            return [&id, key](Json& project) {
                Json& own = *nodeOf(*nodesOf(project), id);
                own.erase(key);
                if (own.contains("parameters") && own["parameters"].is_object()) own["parameters"].erase(key);
            };
        };
        if (!m_trials.dataset()) return;
        m_trials.offer(Words::tr("Let %1 take the data in their own shape").arg(Words::layer(id)), without("shape"));
        for (const data::Field& field : m_trials.dataset()->inputFields())
            m_trials.offer(Words::tr("Let %1 take the data \"%2\"").arg(Words::layer(id), Words::layer(field.name)),
                           [&](Json& project) {
                               without("field")(project);
                               without("shape")(project);
                               if (field.name != "x") nodeOf(*nodesOf(project), id)->emplace("field", field.name);
                           });
    }

    RemedyTrials& m_trials;
    const Nodes* m_nodes;
};

}  // namespace

QString setText(const ParamType& type, const QString& owner, const Json& value) {
    return Words::tr("Set %1 of %2 to %3").arg(shelfText(type.label), owner, valueText(value));
}

Json parameterOf(const Json& node, const ParamType& type) {
    const bool given =
        node.contains("parameters") && node["parameters"].is_object() && node["parameters"].contains(type.id);
    return given ? node["parameters"][type.id] : type.fallback;
}

void setParameter(Json& node, const ParamType& type, const Json& value) {
    if (value == parameterOf(node, type)) return;
    Json& parameters = node["parameters"];
    if (!parameters.is_object()) parameters = Json::object();
    if (value == type.fallback)
        parameters.erase(type.id);
    else
        parameters[type.id] = value;
}

bool offerParameter(RemedyTrials& trials, const std::string& node, const ParamType& type, const Json& value) {
    return trials.offer(setText(type, Words::layer(node), value),
                        [&](Json& project) { setParameter(*nodeOf(*nodesOf(project), node), type, value); });
}

const ParamType* widthOf(const Json& node) {
    for (const ParamType& type : parametersOf(node))
        if (type.id == "units" || type.id == "filters") return &type;
    return nullptr;
}

std::vector<std::string> chainBefore(const Json& project, const std::string& id, std::size_t most) {
    std::vector<std::string> chain;
    const Nodes* nodes = nodesOf(project);
    for (const Json* node = nodes ? nodeOf(*nodes, id) : nullptr; node && chain.size() < most;) {
        chain.push_back(idOf(*node));
        const std::vector<Source> inputs = inputsOf(*node);
        node = inputs.empty() ? nullptr : nodeOf(*nodes, inputs[0].node);
    }
    return chain;
}

void offerUsual(RemedyTrials& trials, const std::string& id, const ParamType& type) {
    if (type.kind == ParamKind::Kind) return;
    const Json now = parameterOf(*nodeOf(*nodesOf(trials.project()), id), type);
    if (type.kind == ParamKind::Switch && now.is_boolean()) offerParameter(trials, id, type, !now.get<bool>());
    offerParameter(trials, id, type, type.fallback);
    if (type.kind == ParamKind::Pair && std::ranges::count(type.choices, "same") > 0)
        offerParameter(trials, id, type, "same");
}

void offerParameters(RemedyTrials& trials) { Parameters(trials).run(); }

// As many entries as the data have numbers, and the data themselves instead of what a layer makes of them.
void offerRows(RemedyTrials& trials) {
    const Nodes* nodes = nodesOf(trials.project());
    const Json* node = nodes ? nodeOf(*nodes, trials.node()) : nullptr;
    const layers::LayerType* type = node ? layers::shelf().find(textOf(*node, "type")) : nullptr;
    if (!type || !type->rows || !trials.dataset()) return;
    if (const ParamType* entries = type->parameter("entries")) {
        Json raised = trials.project();
        project::raiseEntries(raised, *trials.dataset());
        offerParameter(trials, trials.node(), *entries,
                       parameterOf(*nodeOf(*nodesOf(raised), trials.node()), *entries));
        const std::vector<float>& largest = trials.dataset()->rawMaximum;
        if (const auto most = std::ranges::max_element(largest); most != largest.end())
            offerParameter(trials, trials.node(), *entries, 1 + static_cast<std::int64_t>(*most));
    }
    std::vector<std::string> between = chainBefore(trials.project(), trials.node(), nodes->size());
    if (between.size() < 3) return;
    between = {between.begin() + 1, between.end() - 1};
    trials.offer(removalText(between), [&](Json& project) {
        takeOut(project, {between.begin(), between.end()}, true);
    });
}

}  // namespace perceptory::document
