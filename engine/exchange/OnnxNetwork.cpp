#include "engine/exchange/OnnxNetwork.h"

#include <algorithm>

#include "engine/base/Text.h"
#include "engine/layers/OnnxLowering.h"

namespace perceptory::exchange {

namespace {

using layers::OnnxValue;
using network::NodeCheck;

class Translator {
public:
    Translator(const OnnxSource& source, base::Problems& problems) : m_source(source), m_problems(problems) {}

    ir::OnnxGraph run() {
        readInputs();
        for (const NodeCheck& node : nodes()) translate(node);
        for (const std::size_t output : m_source.network.outputs()) putOut(output);
        m_graph.prune();
        return std::move(m_graph);
    }

private:
    const std::vector<NodeCheck>& nodes() const { return m_source.network.nodes(); }

    // The fields that the network reads, in the order of the data.
    void readInputs() {
        const auto& fields = m_source.network.fields();
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const auto reads = [&](const NodeCheck& node) {
                return node.spec.type == "input" && node.spec.field == fields[i].name;
            };
            if (std::ranges::any_of(nodes(), reads)) m_fields[fields[i].name] = readField(i);
        }
    }

    OnnxValue readField(std::size_t index) {
        const data::Field& field = m_source.network.fields()[index];
        if (!m_source.preprocessing || field.name != "x" || !m_source.preprocessing->prepares())
            return {.name = m_graph.input(field.name, layers::onnxShape(field.shape)), .shape = field.shape};
        const data::Field& before = m_source.preprocessing->featureFields()[index];
        const OnnxValue given{.name = m_graph.input(field.name, layers::onnxShape(before.shape)),
                              .shape = before.shape};
        m_graph.setNode("preprocessing");
        std::string value = fillMissing(layers::engineOrder(m_graph, given), index);
        for (const data::InputPipeline::Step& step : m_source.preprocessing->steps()) value = prepare(step, value);
        return {.name = layers::onnxOrder(m_graph, value, field.shape), .shape = field.shape};
    }

    // A feature for which nothing stands in stays NaN.
    std::string fillMissing(const std::string& x, std::size_t index) {
        const auto& fields = m_source.preprocessing->featureFields();
        const std::vector<float> all = m_source.preprocessing->featureFill();
        if (all.empty()) return x;
        std::int64_t first = 0;
        for (std::size_t i = 0; i < index; ++i) first += fields[i].size();
        const std::vector<float> values(all.begin() + first, all.begin() + first + fields[index].size());
        return m_graph.add("Where", {m_graph.add("IsNaN", {x}), m_graph.constant(fields[index].shape, values), x});
    }

    std::string prepare(const data::InputPipeline::Step& step, const std::string& x) {
        const std::string y = step.fitted->onnx(m_graph, x, step.in);
        if (!y.empty()) return y;
        m_problems.push_back({"data.preprocessing", base::Severity::Error,
                              base::sentence("ONNX cannot express the step {0} here.", step.type),
                              base::sentence("Export without preprocessing: --set preprocessing=false.")});
        return x;
    }

    OnnxValue valueOf(const NodeCheck& node, std::size_t input) const {
        const auto& ports = m_values[node.inputs[input]];
        const auto found = ports.find(node.spec.port(input));
        return found == ports.end() ? ports.at("") : found->second;
    }

    std::vector<OnnxValue> inputsOf(const NodeCheck& node) {
        std::vector<OnnxValue> inputs;
        for (std::size_t i = 0; i < node.inputs.size(); ++i) inputs.push_back(valueOf(node, i));
        if (node.spec.type != "input") return inputs;
        const OnnxValue& field = m_fields.at(node.spec.field);
        if (field.shape == node.output) return {field};
        return {{.name = layers::onnxReshape(m_graph, field, node.output), .shape = node.output}};
    }

    std::vector<const tensor::NamedTensor*> weightsOf(const NodeCheck& node) {
        std::vector<const tensor::NamedTensor*> weights;
        for (std::size_t i = 0; i < node.weights.size(); ++i) weights.push_back(&m_source.weights[m_nextWeight++]);
        return weights;
    }

    // Layers that count on an order of a row's values get the engine's, unless their weights are turned to PyTorch's.
    bool wantsEngineOrder(const NodeCheck& node) const {
        const bool turned = std::ranges::any_of(node.weights, &layers::WeightSpec::readsFeatures);
        return !turned && (node.type->order == layers::ValueOrder::Mixed || !node.weights.empty());
    }

    void translate(const NodeCheck& node) {
        m_graph.setNode(node.spec.id);
        std::vector<OnnxValue> inputs = inputsOf(node);
        const std::vector<const tensor::NamedTensor*> weights = weightsOf(node);
        if (node.spec.bypass && !inputs.empty())
            m_values.push_back({{"", inputs.front()}});
        else
            m_values.push_back(lower(node, std::move(inputs), weights));
        OnnxValue& value = m_values.back()[""];
        if (m_graph.isOwn(value.name)) value.name = m_graph.rename(value.name, node.spec.id);
    }

    std::map<std::string, OnnxValue> lower(const NodeCheck& node, std::vector<OnnxValue> inputs,
                                           const std::vector<const tensor::NamedTensor*>& weights) {
        bool reordered = false;
        for (OnnxValue& input : inputs) {
            if (input.image.empty() || input.places || !wantsEngineOrder(node)) continue;
            input.name = layers::engineOrder(m_graph, input);
            input.image.clear();
            reordered = true;
        }
        const base::ParamValues values(node.type->parameters, node.spec.parameters);
        layers::OnnxLowering lowering{m_graph, inputs, weights, values};
        if (!inputs.empty()) lowering.mask = inputs.front().mask;
        const std::string name = node.type->onnx ? node.type->onnx(lowering) : lowering.x();
        if (!node.type->onnx) lowering.refuse(base::sentence("Opset 17 has no operators for it."));
        for (std::size_t i = 0; i < inputs.size(); ++i)
            if (inputs[i].places && !(node.type == &layers::MaxUnpoolLayer && i == 1))
                lowering.refuse(base::sentence("It reads numbers of pixels, which ONNX counts in another way."));
        if (!lowering.refusal.empty()) refuse(node, lowering.refusal);
        OnnxValue value{.name = name, .shape = node.output};
        if (node.output.size() == 1) value.image = m_source.network.flattenedImage(node);
        if (reordered && !value.image.empty()) value.name = layers::onnxRow(m_graph, name, value.image);
        if (node.output.size() == 2 && node.output[0] == inputs.front().shape[0]) value.mask = lowering.mask;
        lowering.ports[""] = std::move(value);
        return std::move(lowering.ports);
    }

    void refuse(const NodeCheck& node, const std::string& reason) {
        m_problems.push_back(
            {node.spec.id, base::Severity::Error,
             base::sentence("ONNX cannot express the layer \"{0}\" ({1}): {2}", node.spec.id, node.type->id, reason),
             base::sentence("Replace the layer, or export the weights alone.")});
    }

    // Of a node of the network, in the order in which the engine puts the values out.
    void putOut(std::size_t node) {
        const OnnxValue& value = m_values[node].at("");
        const std::string& id = nodes()[node].spec.id;
        std::string name = value.name;
        m_graph.setNode(id);
        if (!value.image.empty()) name = layers::engineOrder(m_graph, value);
        if (name != id && !m_graph.isOwn(name)) name = m_graph.add("Identity", {name});
        if (name != id) name = m_graph.rename(name, id);
        m_graph.output(name, layers::onnxShape(value.shape));
    }

    const OnnxSource& m_source;
    base::Problems& m_problems;
    ir::OnnxGraph m_graph;
    std::size_t m_nextWeight = 0;
    std::map<std::string, OnnxValue> m_fields;
    std::vector<std::map<std::string, OnnxValue>> m_values;  // of each node, by port
};

}  // namespace

ir::OnnxGraph onnxNetwork(const OnnxSource& source, base::Problems& problems) {
    return Translator(source, problems).run();
}

}  // namespace perceptory::exchange
