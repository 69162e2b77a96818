#include "ui/document/commands/GraphWires.h"

#include <algorithm>
#include <optional>

#include "ui/document/commands/GraphJson.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;

namespace {

bool hasPort(const Json& node, const std::string& port) {
    return port.empty() || std::ranges::count(portsOf(node), port) > 0;
}

// Of the input that gives way, if one must.
std::optional<std::size_t> replacedInput(const Json& node, const Source& source) {
    const std::vector<Source> inputs = inputsOf(node);
    if (inputs.empty() || std::ssize(inputs) < mostInputs(node)) return {};
    for (std::size_t i = inputs.size(); i-- > 0;)
        if (inputs[i].port == source.port) return i;
    return inputs.size() - 1;
}

// Inputs that are read at a named output stand behind the others, as layers want it.
void addInput(std::vector<Source>& inputs, const Source& source) {
    const auto place = source.port.empty()
                           ? std::ranges::find_if(inputs, [](const Source& input) { return !input.port.empty(); })
                           : inputs.end();
    inputs.insert(place, source);
}

// `input` of `to` reads `source`.
void attach(Nodes& nodes, const Source& source, const std::string& to, std::optional<std::size_t> input) {
    Json& node = *nodeOf(nodes, to);
    std::vector<Source> inputs = inputsOf(node);
    if (input)
        inputs[*input] = source;
    else
        addInput(inputs, source);
    setInputs(node, inputs);
    bringInFront(nodes, source.node, to);
}

QString noLayer(const std::string& id) { return Words::tr("There is no layer called \"%1\".").arg(Words::layer(id)); }

QString whyNotIn(const Json& project, const Source& source, const std::string& to) {
    const Nodes* nodes = nodesOf(project);
    const Json* from = nodes ? nodeOf(*nodes, source.node) : nullptr;
    const Json* reader = nodes ? nodeOf(*nodes, to) : nullptr;
    if (!from || !reader) return noLayer(from ? to : source.node);
    if (source.node == to)
        return Words::tr("That would make a circle: %1 cannot read what it puts out itself.").arg(Words::layer(to));
    if (mostInputs(*reader) == 0) return Words::tr("%1 takes no input: here data enter.").arg(Words::layer(to));
    if (!hasPort(*from, source.port))
        return Words::tr("%1 has no output called \"%2\".").arg(Words::layer(source.node), Words::layer(source.port));
    if (std::ranges::count(inputsOf(*reader), source) > 0)
        return Words::tr("%1 reads %2 already.").arg(Words::layer(to), Words::layer(source.text()));
    if (allReadBy(*nodes, source.node).contains(to))
        return Words::tr("That would make a circle: %1 reads %2, directly or through others. Disconnect these first.")
            .arg(Words::layer(source.node), Words::layer(to));
    return {};
}

QString connectText(const std::string& from, const std::string& to) {
    return Words::tr("Connect %1 with %2").arg(Words::layer(from), Words::layer(to));
}

}  // namespace

std::vector<Wire> wiresOf(const Document& document) {
    std::vector<Wire> wires;
    for (const network::NodeSpec& node : document.graphSpec().nodes)
        for (std::size_t i = 0; i < node.inputs.size(); ++i)
            wires.push_back({node.inputs[i], node.port(i), node.id, i});
    return wires;
}

bool hasWire(const Json& project, const Wire& wire) {
    const Nodes* nodes = nodesOf(project);
    const Json* node = nodes ? nodeOf(*nodes, wire.to) : nullptr;
    if (!node) return false;
    const std::vector<Source> inputs = inputsOf(*node);
    return wire.input < inputs.size() && inputs[wire.input] == Source{wire.from, wire.port};
}

QString whyNotConnect(const Document& document, const std::string& from, const std::string& port,
                      const std::string& to) {
    return whyNotIn(document.graph(), {from, port}, to);
}

QString connectLayers(Document& document, const std::string& from, const std::string& port, const std::string& to) {
    const Source source{from, port};
    const QString reason = whyNotIn(document.graph(), source, to);
    if (!reason.isEmpty()) return reason;
    document.editGraph(connectText(from, to), [&](Json& project) {
        Nodes& nodes = *nodesOf(project);
        attach(nodes, source, to, replacedInput(*nodeOf(nodes, to), source));
    });
    return {};
}

QString reconnectLayers(Document& document, const Wire& wire, const std::string& from, const std::string& port) {
    const Source source{from, port};
    if (source == Source{wire.from, wire.port}) return {};
    if (!hasWire(document.graph(), wire))
        return Words::tr("%1 does not read %2.")
            .arg(Words::layer(wire.to), Words::layer(Source{wire.from, wire.port}.text()));
    const QString reason = whyNotIn(document.graph(), source, wire.to);
    if (!reason.isEmpty()) return reason;
    document.editGraph(connectText(from, wire.to),
                       [&](Json& project) { attach(*nodesOf(project), source, wire.to, wire.input); });
    return {};
}

QString joinLayers(Document& document, const std::vector<std::string>& ids) {
    Json after = document.graph();
    for (std::size_t i = 1; i < ids.size(); ++i) {
        const Source source{ids[i - 1], ""};
        const Nodes* nodes = nodesOf(std::as_const(after));
        const Json* reader = nodes ? nodeOf(*nodes, ids[i]) : nullptr;
        if (reader && std::ranges::count(inputsOf(*reader), source) > 0) continue;
        const QString reason = whyNotIn(after, source, ids[i]);
        if (!reason.isEmpty()) return reason;
        attach(*nodesOf(after), source, ids[i], replacedInput(*reader, source));
    }
    document.editGraph(Words::tr("Connect the layers in a row"), [&](Json& project) { project = std::move(after); });
    return {};
}

void disconnectLayers(Document& document, const Wire& wire) {
    if (!hasWire(document.graph(), wire)) return;
    document.editGraph(Words::tr("Disconnect %1 from %2").arg(Words::layer(wire.from), Words::layer(wire.to)),
                       [&](Json& project) {
                           Json& node = *nodeOf(*nodesOf(project), wire.to);
                           std::vector<Source> inputs = inputsOf(node);
                           inputs.erase(inputs.begin() + static_cast<std::ptrdiff_t>(wire.input));
                           setInputs(node, inputs);
                       });
}

}  // namespace perceptory::document
