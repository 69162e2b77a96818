// Ids that cannot be, and types that nobody knows.

#include <algorithm>

#include "engine/layers/Layer.h"
#include "engine/network/NodeRules.h"
#include "ui/document/commands/GraphJson.h"
#include "ui/document/commands/LossOutputs.h"
#include "ui/document/commands/NodeMaking.h"
#include "ui/document/commands/RemedyCandidates.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;
using Ids = std::vector<std::string>;

namespace {

class Names {
public:
    explicit Names(RemedyTrials& trials) : m_trials(trials), m_nodes(nodesOf(trials.project())) {}

    void run() {
        if (!m_nodes) return;
        for (std::size_t i = 0; i < m_nodes->size(); ++i)
            if ((*m_nodes)[i].is_object() && idOf((*m_nodes)[i]) == m_trials.where()) offerFor((*m_nodes)[i], i);
    }

private:
    void offerFor(const Json& node, std::size_t index) {
        const std::string id = idOf(node);
        if (!network::isNodeId(id))
            offerName(id);
        else if (nodeOf(*m_nodes, id) != &node)
            offerSecondName(id, index);
        if (!layers::shelf().find(textOf(node, "type")))
            for (const std::string& type : typesLike(textOf(node, "type"))) offerType(index, type);
        else if (inputsOf(node).empty() && fewestInputs(node) > 0 && index == 0)
            offerType(index, "input");
    }

    void offerName(const std::string& id) {
        std::string name;
        for (const char c : id) name += network::isNodeId("a" + std::string(1, c)) ? c : '_';
        if (!network::isNodeId(name)) name = "layer" + name;
        name = FreeIds(m_trials.project()).take(name);
        m_trials.offer(Words::tr("Rename %1 to %2").arg(Words::layer(id), Words::layer(name)),
                       [&](Json& project) { renameNode(project, id, name); });
    }

    // Others go on reading the first layer of that name.
    void offerSecondName(const std::string& id, std::size_t index) {
        Ids names = namesOfNone(m_trials.project());
        names.push_back(FreeIds(m_trials.project()).take(id));
        for (const std::string& name : names)
            m_trials.offer(Words::tr("Rename the second %1 to %2").arg(Words::layer(id), Words::layer(name)),
                           [&](Json& project) { (*nodesOf(project))[index]["id"] = name; });
    }

    // By a slip of the pen, by another name that the layer has, by a part of its id.
    static Ids typesLike(const std::string& word) {
        Ids types, parts;
        for (const layers::LayerType* type : layers::shelf().members()) {
            if (std::ranges::count(type->synonyms, word) > 0) types.push_back(type->id);
            if (!word.empty() && type->id.find(word) != std::string::npos) parts.push_back(type->id);
        }
        if (const std::string meant = base::nearest(word, layers::shelf().ids()); !meant.empty())
            types.insert(types.begin(), meant);
        types.insert(types.end(), parts.begin(), parts.end());
        return types;
    }

    void offerType(std::size_t index, const std::string& type) {
        const QString id = Words::layer(idOf((*m_nodes)[index]));
        m_trials.offer(Words::tr("Make %1 a layer of type %2").arg(id, Words::layer(type)), [&](Json& project) {
            Json& node = (*nodesOf(project))[index];
            node["type"] = type;
            if (type == "input")
                for (const char* key : {"inputs", "parameters"}) node.erase(key);
        });
    }

    RemedyTrials& m_trials;
    const Nodes* m_nodes;
};

}  // namespace

std::vector<std::string> namesOfNone(const Json& project) {
    Ids names;
    const Nodes* nodes = nodesOf(project);
    if (!nodes) return names;
    for (const Json& node : *nodes)
        for (const Source& input : inputsOf(node)) names.push_back(input.node);
    for (const std::string& output : outputsOfLosses(project)) names.push_back(output);
    std::erase_if(names, [&](const std::string& name) { return nodeOf(*nodes, name); });
    return names;
}

void offerNames(RemedyTrials& trials) { Names(trials).run(); }

}  // namespace perceptory::document
