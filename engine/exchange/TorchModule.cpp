#include "engine/exchange/TorchModule.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "engine/base/Text.h"
#include "engine/exchange/TorchBlocks.h"
#include "engine/layers/TorchLowering.h"

namespace perceptory::exchange {

namespace {

using layers::TorchValue;
using network::NodeCheck;

using Ports = std::map<std::string, TorchValue>;  // what a node puts out

// Where nodes are written: the module itself, or a copy of a block.
struct Place {
    layers::TorchClass lines{};
    std::string path{};                             // "block1.0.", empty for the module
    std::map<std::size_t, std::string> names{};     // of its nodes
    std::map<std::size_t, TorchValue> arguments{};  // what a copy gets from outside, by node
};

std::string listed(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
    return list;
}

// "block1" as classes are called: "Block1".
std::string className(std::string id) {
    id.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(id.front())));
    return id;
}

std::string classText(const Place& place, const std::vector<std::string>& arguments, const std::string& result) {
    std::string lines = "def __init__(self):\n    super().__init__()\n";
    for (const std::string& part : place.lines.parts) lines += "    " + part + "\n";
    lines += "\ndef forward(self, " + listed(arguments) + "):\n";
    for (const std::string& line : place.lines.forward) lines += "    " + line + "\n";
    return "class {name}(nn.Module):\n" + ir::indented(lines + "    return " + result + "\n");
}

// What makes a list of copies, equal ones in one go.
std::string copiesOf(const std::vector<std::string>& classes) {
    std::vector<std::string> parts;
    for (std::size_t k = 0; k < classes.size();) {
        std::size_t end = k;
        while (end < classes.size() && classes[end] == classes[k]) ++end;
        const std::string made = classes[k] + "()";
        parts.push_back(end - k == 1 ? made : "*[" + made + " for _ in range(" + std::to_string(end - k) + ")]");
        k = end;
    }
    if (parts.size() == 1 && parts.front().starts_with("*")) return parts.front().substr(1);
    return "[" + listed(parts) + "]";
}

class Translator {
public:
    Translator(const network::Network& network, const TorchBlocks& blocks, base::Problems& problems)
        : m_network(network), m_blocks(blocks), m_problems(problems), m_code(fileNames()) {}

    TorchModule run() {
        m_values.resize(nodes().size());
        nameEverything();
        for (std::size_t i = 0; i < nodes().size(); ++i) valuesOf(i);
        for (const std::size_t output : m_network.outputs()) putOut(output);
        m_module.definitions = m_code.definitions();
        m_module.parts = std::move(m_main.lines.parts);
        m_module.forward = std::move(m_main.lines.forward);
        return std::move(m_module);
    }

private:
    const std::vector<NodeCheck>& nodes() const { return m_network.nodes(); }

    // Functions of the file are not called like a node, whose value would hide them.
    ir::PythonNames fileNames() const {
        ir::PythonNames names;
        for (std::size_t i = 0; i < nodes().size(); ++i) names.keep(ir::PythonNames().take(m_blocks.innerName(i)));
        for (const data::Field& field : m_network.fields()) names.keep(ir::PythonNames().take(field.name));
        return names;
    }

    // Fields come first: an input is called as the data calls it.
    void nameEverything() {
        for (const data::Field& field : m_network.fields()) {
            const auto reads = [&](const NodeCheck& node) {
                return node.spec.type == "input" && node.spec.field == field.name;
            };
            if (std::ranges::none_of(nodes(), reads)) continue;
            const std::string name = m_main.lines.names.take(field.name);
            m_fields[field.name] = {.name = name, .shape = field.shape};
            m_module.inputs.push_back({field.name, name, layers::torchShape(field.shape), field.shape});
        }
        for (std::size_t i = 0; i < nodes().size(); ++i)
            if (!m_blocks.copyOf(i)) m_main.names[i] = m_main.lines.names.take(nodes()[i].spec.id);
        for (const TorchBlocks::Block& block : m_blocks.all())
            m_blockNames.push_back(m_main.lines.names.take(block.id));
    }

    // What the node puts out, as those beside it see it.
    const Ports& valuesOf(std::size_t index) {
        if (m_values[index].empty()) {
            if (const auto copy = m_blocks.copyOf(index))
                translateBlock(copy->block);
            else
                m_values[index] = translate(index, m_main);
        }
        return m_values[index];
    }

    TorchValue valueOf(std::size_t node, const std::string& port, const Place& place) {
        if (const auto argument = place.arguments.find(node); argument != place.arguments.end())
            return argument->second;
        const Ports& ports = valuesOf(node);
        const auto found = ports.find(port);
        return found == ports.end() ? ports.at("") : found->second;
    }

    std::vector<TorchValue> inputsOf(const NodeCheck& node, const Place& place) {
        std::vector<TorchValue> inputs;
        for (std::size_t i = 0; i < node.inputs.size(); ++i)
            inputs.push_back(valueOf(node.inputs[i], node.spec.port(i), place));
        if (node.spec.type != "input") return inputs;
        const TorchValue& field = m_fields.at(node.spec.field);
        if (field.shape == node.output) return {field};
        return {{.name = layers::torchReshape(field, node.output), .shape = node.output}};
    }

    // Layers that count on an order of a row's values get the engine's, unless their weights are turned to PyTorch's.
    static bool wantsEngineOrder(const NodeCheck& node) {
        const bool turned = std::ranges::any_of(node.weights, &layers::WeightSpec::readsFeatures);
        return !turned && (node.type->order == layers::ValueOrder::Mixed || !node.weights.empty());
    }

    // The ports of a node that somebody reads.
    std::set<std::string> wantedOf(std::size_t index) const {
        std::set<std::string> wanted;
        for (const NodeCheck& node : nodes())
            for (std::size_t i = 0; i < node.inputs.size(); ++i)
                if (node.inputs[i] == index) wanted.insert(node.spec.port(i));
        return wanted;
    }

    // As a line of forward; values that are there already stay.
    static void bind(Place& place, const std::string& name, TorchValue& value) {
        if (value.name == name) return;
        place.lines.forward.push_back(name + " = " + value.name);
        value.name = name;
    }

    Ports translate(std::size_t index, Place& place) {
        const NodeCheck& node = nodes()[index];
        std::vector<TorchValue> inputs = inputsOf(node, place);
        if (!inputs.empty() && (node.spec.bypass || (node.spec.type == "input" && isName(inputs.front().name))))
            return {{"", inputs.front()}};
        return lower(index, std::move(inputs), place);
    }

    static bool isName(const std::string& expression) { return expression.find_first_of("(. ") == std::string::npos; }

    Ports lower(std::size_t index, std::vector<TorchValue> inputs, Place& place) {
        const NodeCheck& node = nodes()[index];
        bool reordered = false;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            TorchValue& input = inputs[i];
            if (input.whole && node.type != &layers::MaxUnpoolLayer) input = {input.name + ".float()", input.shape};
            if (input.image.empty() || !wantsEngineOrder(node)) continue;
            input.name = layers::engineOrder(input);
            input.image.clear();
            reordered = true;
        }
        const std::string& name = place.names.at(index);
        const base::ParamValues values(node.type->parameters, node.spec.parameters);
        const std::set<std::string> wanted = wantedOf(index);
        layers::TorchLowering lowering{m_code, place.lines, name, inputs, values, node.output, wanted};
        if (!inputs.empty()) lowering.mask = inputs.front().mask;
        TorchValue value{.name = node.type->torch ? node.type->torch(lowering) : lowering.x(), .shape = node.output};
        if (!node.type->torch) lowering.refuse(base::sentence("PyTorch has nothing like it."));
        report(node, lowering);
        if (node.output.size() == 1) value.image = m_network.flattenedImage(node);
        if (reordered && !value.image.empty()) value.name = layers::torchRow(value.name, value.image);
        if (node.output.size() == 2 && node.output[0] == inputs.front().shape[0]) value.mask = lowering.mask;
        bind(place, name, value);
        m_module.paths[node.spec.id] = place.path + name;
        lowering.ports[""] = std::move(value);
        return std::move(lowering.ports);
    }

    void report(const NodeCheck& node, const layers::TorchLowering& lowering) {
        if (!lowering.refusal.empty())
            m_problems.push_back({node.spec.id, base::Severity::Error,
                                  base::sentence("PyTorch cannot express the layer \"{0}\" ({1}): {2}", node.spec.id,
                                                 node.type->id, lowering.refusal),
                                  base::sentence("Replace the layer, or export the weights alone.")});
        if (!lowering.differs.empty())
            m_module.differences.push_back({node.spec.id, base::Severity::Warning,
                                            base::sentence("While training, \"{0}\" ({1}) differs in PyTorch: {2}",
                                                           node.spec.id, node.type->id, lowering.differs),
                                            ""});
    }

    // Every copy as a class, equal ones are one; and the walk through them.
    void translateBlock(std::size_t number) {
        const TorchBlocks::Block& block = m_blocks.all()[number];
        const std::string& name = m_blockNames[number];
        std::vector<std::string> results;
        for (const std::string& output : block.outputs)
            results.push_back(block.outputs.size() == 1 ? name : m_main.lines.names.take(name + "_" + output));
        std::vector<std::string> classes, calls;
        for (const TorchBlocks::Copy& copy : block.copies) {
            const std::string path = name + "." + std::to_string(classes.size()) + ".";
            std::vector<std::string> given;
            for (const std::size_t entry : copy.entries) given.push_back(valueOf(entry, "", m_main).name);
            calls.push_back("(" + listed(given) + ")");
            classes.push_back(translateCopy(block, copy, path));
            for (std::size_t i = 0; i < results.size(); ++i)
                m_values[m_blocks.nodeOf(copy, block.outputs[i])].at("").name = results[i];
        }
        m_main.lines.parts.push_back("self." + name + " = nn.ModuleList(" + copiesOf(classes) + ")");
        walk(name, listed(results), calls);
    }

    std::string translateCopy(const TorchBlocks::Block& block, const TorchBlocks::Copy& copy, const std::string& path) {
        Place place;
        place.path = path;
        std::vector<std::string> arguments, results;
        for (const std::size_t entry : copy.entries) {
            arguments.push_back(
                place.lines.names.take(copy.entries.size() == 1 ? "x" : "x" + std::to_string(arguments.size() + 1)));
            place.arguments[entry] = valueOf(entry, "", m_main);
            place.arguments[entry].name = arguments.back();
        }
        for (const std::size_t node : copy.nodes) place.names[node] = place.lines.names.take(m_blocks.innerName(node));
        for (const std::size_t node : copy.nodes) m_values[node] = translate(node, place);
        for (const std::string& output : block.outputs)
            results.push_back(m_values[m_blocks.nodeOf(copy, output)].at("").name);
        return m_code.define(className(block.id), classText(place, arguments, listed(results)));
    }

    // Copies that take what the one before them gave are walked through; else each is called by itself.
    void walk(const std::string& name, const std::string& results, const std::vector<std::string>& calls) {
        std::vector<std::string>& lines = m_main.lines.forward;
        const auto commas = [](const std::string& text) { return std::ranges::count(text, ','); };
        const bool alike = commas(calls.front()) == commas(results) &&
                           std::ranges::all_of(calls.begin() + 1, calls.end(),
                                               [&](const std::string& call) { return call == "(" + results + ")"; });
        if (calls.size() < 3 || !alike) {
            for (std::size_t k = 0; k < calls.size(); ++k)
                lines.push_back(results + " = self." + name + "[" + std::to_string(k) + "]" + calls[k]);
            return;
        }
        const std::string copy = m_main.lines.names.take("copy");
        lines.push_back(results + " = " + calls.front().substr(1, calls.front().size() - 2));
        lines.push_back("for " + copy + " in self." + name + ":");
        lines.push_back("    " + results + " = " + copy + "(" + results + ")");
    }

    // In the order in which the engine puts the values out.
    void putOut(std::size_t node) {
        const TorchValue& value = valuesOf(node).at("");
        const std::string expression = value.image.empty() ? value.name : layers::engineOrder(value);
        const tensor::Shape& shape = nodes()[node].output;
        TorchPort port{nodes()[node].spec.id, expression, layers::torchShape(shape), shape};
        for (const auto& [id, field] : m_fields)
            if (!value.mask.empty() && field.name == value.mask) port.mask = id;
        port.maskInside = !value.mask.empty() && port.mask.empty();
        m_module.outputs.push_back(std::move(port));
    }

    const network::Network& m_network;
    const TorchBlocks& m_blocks;
    base::Problems& m_problems;
    ir::TorchCode m_code;
    TorchModule m_module;
    Place m_main;
    std::map<std::string, TorchValue> m_fields;
    std::vector<Ports> m_values;  // of each node
    std::vector<std::string> m_blockNames;
};

}  // namespace

std::string TorchModule::nameOf(const network::Parameter& parameter) const {
    return paths.at(parameter.node) + "." + parameter.spec.name;
}

TorchModule torchModule(const network::Network& network, const std::vector<network::BlockSpec>& specs,
                        base::Problems& problems) {
    const TorchBlocks blocks(network, specs);
    return Translator(network, blocks, problems).run();
}

}  // namespace perceptory::exchange
