// Layers whose output goes nowhere, and networks where no data enter.

#include <algorithm>
#include <map>
#include <set>

#include "ui/document/commands/GraphJson.h"
#include "ui/document/commands/LayerRemoval.h"
#include "ui/document/commands/LossOutputs.h"
#include "ui/document/commands/NodeMaking.h"
#include "ui/document/commands/RemedyCandidates.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;
using Ids = std::vector<std::string>;
using Inputs = std::vector<Source>;

namespace {

class Ends {
public:
    explicit Ends(RemedyTrials& trials) : m_trials(trials), m_nodes(nodesOf(trials.project())) {}

    void run() {
        if (!m_nodes) return;
        for (const Json& node : *m_nodes)
            for (const Source& input : inputsOf(node)) m_readers[input.node].insert(idOf(node));
        const std::string& place = m_trials.node();
        const bool isEnd = !place.empty() && m_trials.outputOf(place);  // nothing else is wrong with it
        if (m_trials.where() != "network" && !isEnd) return;
        Ids ends = loose();
        if (isEnd && std::ranges::count(ends, place) == 0) return;
        if (isEnd) ends = {place};
        for (const std::string& end : ends) offerReaders(end);
        // The last one is most likely what the network was meant to put out.
        if (ends.size() > 1) offerWithout({ends.begin(), ends.end() - 1});
        if (ends.size() <= 2)
            for (const std::string& end : ends) offerWithout({end});
        offerInput();
    }

private:
    // Nobody reads them, and no loss looks at them.
    Ids loose() const {
        const Ids trained = outputsOfLosses(m_trials.project());
        Ids ends;
        for (const Json& node : *m_nodes)
            if (const std::string id = idOf(node); !m_readers.contains(id) && std::ranges::count(trained, id) == 0)
                ends.push_back(id);
        return ends;
    }

    // Layers that lack an input, then those that can take one more.
    void offerReaders(const std::string& end) {
        for (const bool lacking : {true, false})
            for (const Json& node : *m_nodes) {
                const std::string id = idOf(node);
                Inputs inputs = inputsOf(node);
                const auto count = std::ssize(inputs);
                const bool lacks = count < fewestInputs(node);
                if (lacks != lacking || count >= mostInputs(node) || allReadBy(*m_nodes, end).contains(id)) continue;
                inputs.push_back({end, ""});
                m_trials.offer(connectText(end, id), [&](Json& project) {
                    setInputs(*nodeOf(*nodesOf(project), id), inputs);
                    bringInFront(*nodesOf(project), end, id);
                });
            }
    }

    // With what only leads there.
    void offerWithout(const std::set<std::string>& ends) {
        std::set<std::string> gone = ends;
        const auto isGone = [&](const std::string& id) { return gone.contains(id); };
        for (bool more = true; more;) {
            more = false;
            for (const auto& [id, readers] : m_readers)
                if (std::ranges::all_of(readers, isGone)) more = gone.insert(id).second || more;
        }
        const Ids ids = inOrder(gone);
        m_trials.offer(removalText(ids), [&](Json& project) { takeOut(project, gone, false); });
    }

    Ids inOrder(const std::set<std::string>& chosen) const {
        Ids ids;
        for (const Json& node : *m_nodes)
            if (chosen.contains(idOf(node))) ids.push_back(idOf(node));
        return ids;
    }

    // Where no data enter.
    void offerInput() {
        if (std::ranges::count(*m_nodes, std::string("input"), [](const Json& node) { return textOf(node, "type"); }))
            return;
        const auto lacks = [](const Json& node) { return inputsOf(node).empty() && fewestInputs(node) == 1; };
        const auto first = std::ranges::find_if(*m_nodes, lacks);
        m_trials.offer(Words::tr("Add an input layer"), [&](Json& project) {
            Json node = freshNode(project, "input");
            Nodes& nodes = *nodesOf(project);
            if (first != m_nodes->end()) setInputs(*nodeOf(nodes, idOf(*first)), {{idOf(node), ""}});
            nodes.insert(nodes.begin(), std::move(node));
        });
    }

    RemedyTrials& m_trials;
    const Nodes* m_nodes;
    std::map<std::string, std::set<std::string>> m_readers;
};

}  // namespace

void offerEnds(RemedyTrials& trials) { Ends(trials).run(); }

}  // namespace perceptory::document
