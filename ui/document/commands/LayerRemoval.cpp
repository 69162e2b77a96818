#include "ui/document/commands/LayerRemoval.h"

#include <algorithm>
#include <optional>

#include "ui/document/commands/BlockGraph.h"
#include "ui/document/commands/LossOutputs.h"

namespace perceptory::document {

using base::Json;

namespace {

class Removal {
public:
    Removal(Json& project, Nodes& nodes, const std::set<std::string>& ids, bool heal)
        : m_project(project), m_nodes(nodes), m_heals(heal) {
        for (const Json& node : nodes) {
            if (ids.contains(idOf(node)) && !isEntry(node))
                m_gone.emplace(idOf(node), inputsOf(node));
            else
                m_kept[idOf(node)] = mostInputs(node) > 0;
        }
    }

    void run() {
        for (Json& node : m_nodes)
            if (!isGone(idOf(node))) rewire(node);
        for (const std::string& output : outputsOfLosses(m_project))
            if (const auto heir = isGone(output) ? heirOf(output) : std::nullopt; heir && m_kept.at(heir->node))
                moveLosses(m_project, output, heir->node);
        dropLosses(m_project, [&](const std::string& output) { return isGone(output); });
        std::erase_if(m_nodes, [&](const Json& node) { return isGone(idOf(node)); });
    }

private:
    bool isGone(const std::string& id) const { return m_gone.contains(id); }

    // What is read instead of the main output of a layer that goes. Foreign files may have circles.
    std::optional<Source> heirOf(std::string id) const {
        std::set<std::string> seen;
        while (m_heals && seen.insert(id).second && !m_gone.at(id).empty()) {
            const Source& first = m_gone.at(id).front();
            if (!isGone(first.node)) return m_kept.contains(first.node) ? std::optional(first) : std::nullopt;
            if (!first.port.empty()) return {};
            id = first.node;
        }
        return {};
    }

    void rewire(Json& node) const {
        const std::vector<Source> before = inputsOf(node);
        std::vector<Source> after;
        std::set<std::string> healed;
        for (const Source& input : before) {
            if (!isGone(input.node)) {
                after.push_back(input);
            } else if (const auto heir = input.port.empty() ? heirOf(input.node) : std::nullopt;
                       heir && heir->node != idOf(node)) {
                after.push_back(*heir);
                healed.insert(heir->text());
            }
        }
        if (after == before) return;
        for (const std::string& text : healed) dropDoubles(after, Source::of(text), fewestInputs(node));
        setInputs(node, after);
    }

    // The same is not read twice where one time is enough.
    static void dropDoubles(std::vector<Source>& inputs, const Source& source, int fewest) {
        while (std::ranges::count(inputs, source) > 1 && std::ssize(inputs) > fewest)
            inputs.erase(std::ranges::find(inputs.rbegin(), inputs.rend(), source).base() - 1);
    }

    Json& m_project;
    Nodes& m_nodes;
    bool m_heals;
    std::map<std::string, std::vector<Source>> m_gone;  // what they read
    std::map<std::string, bool> m_kept;                 // whether they are layers that read something
};

}  // namespace

void takeOut(Json& project, const std::set<std::string>& ids, bool heal) {
    if (Nodes* nodes = nodesOf(project)) Removal(project, *nodes, ids, heal).run();
}

}  // namespace perceptory::document
