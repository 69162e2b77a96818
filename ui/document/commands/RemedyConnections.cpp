// What a layer reads: inputs that are missing, wrong, too many, or in a circle.

#include <algorithm>
#include <set>

#include "engine/layers/Layer.h"
#include "ui/document/commands/GraphJson.h"
#include "ui/document/commands/RemedyCandidates.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;
using Ids = std::vector<std::string>;
using Inputs = std::vector<Source>;

namespace {

constexpr auto mostSources = std::size_t{8};  // that are tried for one connection

QString disconnectText(const Source& from, const std::string& to) {
    return Words::tr("Disconnect %1 from %2").arg(Words::layer(from.text()), Words::layer(to));
}

Ids portsOf(const Json& node) {
    const layers::LayerType* type = layers::shelf().find(textOf(node, "type"));
    return type ? type->ports : Ids();
}

bool hasPort(const Json& node, const std::string& port) {
    const bool bypassed = node.contains("bypass") && node["bypass"] == true;
    return !bypassed && std::ranges::count(portsOf(node), port) > 0;
}

class Connections {
public:
    explicit Connections(RemedyTrials& trials) : m_trials(trials), m_nodes(nodesOf(trials.project())) {}

    void run() {
        const Json* node = m_nodes && m_trials.rest().empty() ? nodeOf(*m_nodes, m_trials.node()) : nullptr;
        if (!node) return;
        m_node = node;
        m_id = idOf(*node);
        m_inputs = inputsOf(*node);
        const auto count = std::ssize(m_inputs);
        for (std::size_t i = 0; i < m_inputs.size(); ++i) mend(i);
        if (count > mostInputs(*node)) offerFewer();
        if (count < fewestInputs(*node)) offerMore();
        if (hasCircle(*m_nodes)) offerOutOfCircle();
        offerLoose();
    }

private:
    bool offer(const QString& label, const std::string& to, const Inputs& inputs) {
        return m_trials.offer(label, [&](Json& project) {
            Nodes& nodes = *nodesOf(project);
            setInputs(*nodeOf(nodes, to), inputs);
            for (const Source& input : inputs) bringInFront(nodes, input.node, to);
        });
    }

    void offerInput(std::size_t input, const Source& source) {
        Inputs inputs = m_inputs;
        inputs[input] = source;
        offer(connectText(source.text(), m_id), m_id, inputs);
    }

    void offerWithout(std::size_t input) {
        Inputs inputs = m_inputs;
        inputs.erase(inputs.begin() + static_cast<std::ptrdiff_t>(input));
        offer(disconnectText(m_inputs[input], m_id), m_id, inputs);
    }

    // What `to` can read without a circle: first what nobody reads, then what stands right before it.
    Ids sourcesFor(const std::string& to) const {
        Ids before, behind;
        bool passed = false;
        for (const Json& node : *m_nodes) {
            const std::string id = idOf(node);
            passed = passed || id == to;
            if (id != to && !id.empty()) (passed ? behind : before).push_back(id);
        }
        std::ranges::reverse(before);
        before.insert(before.end(), behind.begin(), behind.end());
        std::ranges::stable_partition(before, [&](const std::string& id) { return !isRead(*m_nodes, id); });
        std::erase_if(before, [&](const std::string& id) { return allReadBy(*m_nodes, id).contains(to); });
        before.resize(std::min(before.size(), mostSources));
        return before;
    }

    // An input that names no layer, or an output that the layer does not have.
    void mend(std::size_t input) {
        const Source source = m_inputs[input];
        const Json* from = nodeOf(*m_nodes, source.node);
        if (!from) {
            Ids ids;
            for (const Json& node : *m_nodes) ids.push_back(idOf(node));
            if (const std::string meant = base::nearest(source.node, ids); !meant.empty())
                offerInput(input, {meant, source.port});
            for (const std::string& id : sourcesFor(m_id)) offerInput(input, {id, ""});
            offerWithout(input);
        } else if (!source.port.empty()) {
            if (!hasPort(*from, source.port)) offerPort(input, *from);
        } else if (fewestInputs(*m_node) == 2 && mostInputs(*m_node) == 2) {
            offerPorts(input);  // its two inputs are not alike
        }
    }

    void offerPort(std::size_t input, const Json& from) {
        const Source source = m_inputs[input];
        if (const std::string meant = base::nearest(source.port, portsOf(from)); !meant.empty())
            offerInput(input, {source.node, meant});
        offerInput(input, {source.node, ""});
        offerPorts(input);
        const auto setBypass = [](const std::string& id, bool bypass) {
            return [id, bypass](Json& project) { (*nodeOf(*nodesOf(project), id))["bypass"] = bypass; };
        };
        m_trials.offer(Words::tr("Use %1 again").arg(Words::layer(source.node)), setBypass(source.node, false));
        m_trials.offer(Words::tr("Bypass %1").arg(Words::layer(m_id)), setBypass(m_id, true));
    }

    void offerPorts(std::size_t input) {
        for (const Json& node : *m_nodes)
            for (const std::string& port : portsOf(node)) offerInput(input, {idOf(node), port});
    }

    void offerFewer() {
        const auto most = static_cast<std::size_t>(mostInputs(*m_node));
        if (m_inputs.size() == most + 1)
            for (std::size_t i = m_inputs.size(); i-- > 0;) offerWithout(i);
        else
            offer(Words::tr("Disconnect from %1 what it has too much").arg(Words::layer(m_id)), m_id,
                  {m_inputs.begin(), m_inputs.begin() + static_cast<std::ptrdiff_t>(most)});
    }

    void offerMore() {
        const Ids sources = sourcesFor(m_id);
        const bool one = std::ssize(m_inputs) + 1 >= fewestInputs(*m_node);
        for (std::size_t i = 0; i < sources.size(); ++i) {
            const Source first{sources[i], ""};
            if (one) offerAlso({first}, connectText(sources[i], m_id));
            for (const std::string& port : portsOf(*nodeOf(*m_nodes, sources[i])))
                offerAlso({{sources[i], port}}, connectText(sources[i] + ":" + port, m_id));
            for (std::size_t j = i + 1; !one && j < sources.size(); ++j)
                offerAlso({first, {sources[j], ""}},
                          Words::tr("Connect %1 and %2 with %3")
                              .arg(Words::layer(sources[i]), Words::layer(sources[j]), Words::layer(m_id)));
        }
    }

    void offerAlso(const Inputs& more, const QString& label) {
        Inputs inputs = m_inputs;
        inputs.insert(inputs.end(), more.begin(), more.end());
        offer(label, m_id, inputs);
    }

    // What nobody else reads was perhaps meant.
    void offerLoose() {
        for (const std::string& id : sourcesFor(m_id))
            for (std::size_t i = 0; i < m_inputs.size() && !isRead(*m_nodes, id); ++i) offerInput(i, {id, ""});
    }

    // Each wire of the circle, first those that run against the order of the layers.
    void offerOutOfCircle() {
        std::vector<std::pair<const Json*, std::size_t>> wires, others;
        std::set<std::string> passed;
        for (const Json& node : *m_nodes) {
            const Inputs inputs = inputsOf(node);
            for (std::size_t i = 0; i < inputs.size(); ++i)
                if (allReadBy(*m_nodes, inputs[i].node).contains(idOf(node)))
                    (passed.contains(inputs[i].node) ? others : wires).push_back({&node, i});
            passed.insert(idOf(node));
        }
        wires.insert(wires.end(), others.begin(), others.end());
        for (const auto& [node, input] : wires) offerOther(*node, input);
    }

    void offerOther(const Json& node, std::size_t input) {
        const std::string to = idOf(node);
        const Inputs inputs = inputsOf(node);
        for (const std::string& id : sourcesFor(to)) {
            Inputs other = inputs;
            other[input] = {id, ""};
            if (offer(connectText(id, to), to, other)) break;
        }
        Inputs fewer = inputs;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(input));
        offer(disconnectText(inputs[input], to), to, fewer);
    }

    RemedyTrials& m_trials;
    const Nodes* m_nodes;
    const Json* m_node = nullptr;
    std::string m_id;
    Inputs m_inputs;
};

}  // namespace

void offerConnections(RemedyTrials& trials) { Connections(trials).run(); }

}  // namespace perceptory::document
