#include "engine/network/NetworkCheck.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "engine/base/Checked.h"
#include "engine/base/Text.h"
#include "engine/initializers/Initializer.h"
#include "engine/layers/Pools.h"
#include "engine/network/Blocks.h"
#include "engine/network/NodeRules.h"
#include "engine/regularizers/Regularizer.h"

namespace perceptory::network {

using base::Severity;

namespace {

// Of a layer's output. What layers make of one such size still fits 63 bits.
constexpr std::int64_t mostValues = std::int64_t{1} << 40;

class Checker {
public:
    Checker(const NetworkSpec& spec, const Surroundings& around) : m_spec(spec), m_around(around) {
        m_result.fields = around.fields;
    }

    NetworkCheck run() {
        checkIds();
        for (const NodeSpec& node : m_spec.nodes) visit(node);
        for (const NodeSpec* node : m_namesakes) checkAlone(*node);
        findOutputs();
        tellOncePerBlock(m_spec, m_result.problems);
        return std::move(m_result);
    }

private:
    void report(const std::string& where, std::string sentence, std::string fix, Severity severity = Severity::Error) {
        m_result.problems.push_back({where, severity, std::move(sentence), std::move(fix)});
    }

    void checkIds() {
        std::set<std::string> seen;
        for (const NodeSpec& node : m_spec.nodes) {
            if (!isNodeId(node.id))
                report(node.id, base::sentence("\"{0}\" cannot be the name of a node.", node.id),
                       base::sentence("Use the letters a to z, digits, _ and -, beginning with a letter."));
            else if (!seen.insert(node.id).second) {
                report(node.id, base::sentence("Two nodes are called \"{0}\".", node.id),
                       base::sentence("Rename one of them."));
                m_namesakes.push_back(&node);
            }
        }
    }

    enum class State { Open, Sound, Faulty };

    // Depth first, on a stack of our own: a chain of 10,000 nodes must not exhaust the thread's stack.
    State visit(const NodeSpec& first) {
        std::vector<const NodeSpec*> stack{&first};
        while (!stack.empty()) {
            const NodeSpec& node = *stack.back();
            if (m_states.contains(node.id) && m_states[node.id] != State::Open) {
                stack.pop_back();
                continue;
            }
            m_states[node.id] = State::Open;
            const NodeSpec* next = firstUnvisited(node, stack);
            if (next) {
                stack.push_back(next);
                continue;
            }
            m_states[node.id] = checkNode(node) ? State::Sound : State::Faulty;
            stack.pop_back();
        }
        return m_states[first.id];
    }

    const NodeSpec* firstUnvisited(const NodeSpec& node, const std::vector<const NodeSpec*>& stack) {
        for (const std::string& id : node.inputs) {
            const NodeSpec* input = m_spec.find(id);
            if (!input) continue;
            const auto state = m_states.find(id);
            if (state == m_states.end()) return input;
            if (state->second == State::Open && std::ranges::count(stack, input) && m_cycles.insert(node.id).second)
                report(node.id, base::sentence("The layer depends on its own output, through {0}.", id),
                       base::sentence("Remove one of the connections of the circle."));
        }
        return nullptr;
    }

    static bool hasPort(const NodeCheck& node, const std::string& port) {
        return port.empty() || (!node.spec.bypass && std::ranges::count(node.type->ports, port) == 1);
    }

    bool gatherInputs(const NodeSpec& node, NodeCheck& check, std::vector<tensor::Shape>& shapes) {
        bool sound = !m_cycles.contains(node.id);
        for (std::size_t i = 0; i < node.inputs.size(); ++i) {
            const std::string& id = node.inputs[i];
            if (m_spec.isFaultyBlock(id)) {
                sound = false;
                m_unresolved = true;
            } else if (!m_spec.find(id)) {
                std::vector<std::string> ids;
                for (const NodeSpec& other : m_spec.nodes) ids.push_back(other.id);
                const std::string guess = base::nearest(id, ids);
                report(node.id, base::sentence("Its input \"{0}\" does not exist.", id),
                       guess.empty() ? base::sentence("Connect it to another layer.")
                                     : base::sentence("Did you mean \"{0}\"?", guess));
                sound = false;
                m_unresolved = true;
            } else if (m_states[id] != State::Sound) {
                sound = false;  // the cause is reported there
            } else if (!hasPort(m_result.nodes[m_index.at(id)], node.port(i))) {
                const bool bypassed = m_result.nodes[m_index.at(id)].spec.bypass;
                report(node.id, base::sentence("\"{0}\" has no output called \"{1}\".", id, node.port(i)),
                       bypassed ? base::sentence("Bypass this layer too, or no longer \"{0}\".", id)
                                : base::sentence("Write \"{0}\" for its main output.", id));
                sound = false;
            } else {
                check.inputs.push_back(m_index.at(id));
                shapes.push_back(m_result.nodes[m_index.at(id)].output);
            }
        }
        return sound;
    }

    bool checkCount(const NodeSpec& node, const layers::LayerType& type) {
        const int count = static_cast<int>(node.inputs.size());
        if (count >= type.minimumInputs && count <= type.maximumInputs) return true;
        const bool many = type.minimumInputs != type.maximumInputs;
        report(node.id,
               many ? base::sentence("A layer of type {0} takes {1} to {2} inputs, but it has {3}.", type.id,
                                     type.minimumInputs, type.maximumInputs, count)
               : type.minimumInputs == 1
                   ? base::sentence("A layer of type {0} takes 1 input, but it has {1}.", type.id, count)
                   : base::sentence("A layer of type {0} takes {1} inputs, but it has {2}.", type.id,
                                    type.minimumInputs, count),
               count == 0 ? base::sentence("Connect it to the layer before it.")
                          : base::sentence("Change its connections."));
        return false;
    }

    struct Alone {
        NodeCheck check;
        std::vector<tensor::Shape> shapes;  // of the inputs
    };

    // All that can be said of a node before its shape; nothing when an error was reported.
    std::optional<Alone> checkAlone(const NodeSpec& node) {
        Alone alone{.check = {.spec = node}};
        const std::size_t before = m_result.problems.size();
        alone.check.type = layers::shelf().check({node.type, node.parameters}, node.id, m_result.problems);
        checkTraining(node);
        const bool connected = gatherInputs(node, alone.check, alone.shapes);
        const base::Problems fresh(m_result.problems.begin() + static_cast<std::ptrdiff_t>(before),
                                   m_result.problems.end());
        const bool sound = alone.check.type && connected && !base::hasError(fresh);
        if (!sound || !checkCount(node, *alone.check.type)) return {};
        return alone;
    }

    bool checkNode(const NodeSpec& node) {
        if (m_index.contains(node.id)) return false;
        std::optional<Alone> alone = checkAlone(node);
        if (!alone) return false;
        auto& [check, shapes] = *alone;
        if (node.type == "input" && !takeField(node, shapes)) return false;
        if (!checkPool(node, check) || !findShape(node, shapes, check)) return false;
        warnOfPlaces(node, *check.type);
        if (!node.bypass) warnOfMatrices(check);
        m_index[node.id] = m_result.nodes.size();
        m_result.nodes.push_back(std::move(check));
        return true;
    }

    // In numbers, also where the pool says "same" or "valid".
    std::array<std::int64_t, 2> paddingOf(const NodeCheck& pool, const base::ParamValues& values) const {
        if (!values.value("padding").is_string()) return values.pair("padding");
        const layers::WindowResult result = layers::poolWindow(m_result.nodes[pool.inputs[0]].output, values);
        return {result.window->padTop, result.window->padLeft};
    }

    // What turns a pool round must have its window.
    bool checkPool(const NodeSpec& node, const NodeCheck& check) {
        if (check.type != &layers::MaxUnpoolLayer || node.bypass) return true;
        if (node.port(1).empty()) {
            report(
                node.id, base::sentence("Its second input is no pool's \"indices\"."),
                base::sentence("Connect that output of the pool this layer turns round, such as \"pool1:indices\"."));
            return false;
        }
        const NodeCheck& pool = m_result.nodes[check.inputs[1]];
        const base::ParamValues mine(check.type->parameters, node.parameters);
        const base::ParamValues theirs(pool.type->parameters, pool.spec.parameters);
        const bool sameStride =
            !pool.type->parameter("stride") || layers::poolStride(mine) == layers::poolStride(theirs);
        const bool sameSize = !pool.type->parameter("size") || mine.pair("size") == theirs.pair("size");
        const bool samePadding = !pool.type->parameter("padding") || mine.pair("padding") == paddingOf(pool, theirs);
        if (sameStride && sameSize && samePadding) return true;
        report(node.id, base::sentence("Its window is not that of {0}, whose indices it reads.", pool.spec.id),
               base::sentence("Give it the same size, stride and padding."));
        return false;
    }

    // "indices" are numbers of pixels, not values; only the second input of max_unpool takes them for such.
    void warnOfPlaces(const NodeSpec& node, const layers::LayerType& type) {
        for (std::size_t i = 0; i < node.inputs.size(); ++i)
            if (!node.port(i).empty() && !(&type == &layers::MaxUnpoolLayer && i == 1))
                report(node.id,
                       base::sentence("It reads \"{0}:{1}\", which are numbers of pixels, as if they were values.",
                                      node.inputs[i], node.port(i)),
                       base::sentence("Write \"{0}\" for its main output.", node.inputs[i]), Severity::Warning);
    }

    // An initializer that fills windows, for weights that have none.
    void warnOfMatrices(const NodeCheck& check) {
        for (const layers::WeightSpec& weight : check.weights) {
            const initializers::InitializerType* type = initializers::shelf().find(weight.initializer.type);
            if (!type || !type->windows || weight.shape.size() > 2) continue;
            report(check.spec.id,
                   base::sentence("{0} is made for convolutions, but \"{1}\" has no window.", type->id, weight.name),
                   base::sentence("Choose orthogonal."), Severity::Warning);
        }
    }

    // The shape in which a field of the data enters at an input.
    bool takeField(const NodeSpec& node, std::vector<tensor::Shape>& shapes) {
        const auto field = std::ranges::find(m_around.fields, node.field, &data::Field::name);
        if (field == m_around.fields.end()) {
            std::string names;
            for (const data::Field& one : m_around.fields) names += (names.empty() ? "" : ", ") + one.name;
            report(node.id, base::sentence("The data has no field called \"{0}\".", node.field),
                   base::sentence("Use one of: {0}.", names));
            return false;
        }
        shapes = {node.shape.empty() ? field->shape : node.shape};
        const bool whole = std::ranges::all_of(shapes[0], [](std::int64_t size) { return size >= 1; });
        if (whole && tensor::elementCount(shapes[0]) == tensor::elementCount(field->shape)) return true;
        report(node.id,
               base::sentence("Its shape {0} does not hold the {1} values of the data.", tensor::shapeText(shapes[0]),
                              field->size()),
               base::sentence("Remove \"shape\", or use sizes whose product is {0}.", field->size()));
        return false;
    }

    void checkTraining(const NodeSpec& node) {
        const double factor = node.learningRateFactor;
        if (!(factor >= 0 && factor <= 1000))
            report(node.id + ".learning_rate_factor",
                   base::sentence("The factor on the learning rate is out of range."),
                   base::sentence("Use a value from {0} to {1}.", "0", "1000"));
        if (!node.biasRegularizer.type.empty())
            regularizers::shelf().check(node.biasRegularizer, node.id + ".bias_regularizer", m_result.problems);
        checkActivity(node);
    }

    void checkActivity(const NodeSpec& node) {
        if (node.activityRegularizer.type.empty()) return;
        const std::string where = node.id + ".activity_regularizer";
        const auto* type = regularizers::shelf().check(node.activityRegularizer, where, m_result.problems);
        if (type && !type->each)
            report(where, base::sentence("{0} limits weights and says nothing about what a layer puts out.", type->id),
                   base::sentence("Use l1, l2 or elastic_net."));
    }

    bool findShape(const NodeSpec& node, const std::vector<tensor::Shape>& shapes, NodeCheck& check) {
        const base::ParamValues values(check.type->parameters, node.parameters);
        const layers::LayerContext context{shapes, values};
        if (node.bypass && !shapes.empty()) {
            check.output = shapes.front();
            return true;
        }
        const layers::ShapeResult result = check.type->shape(context);
        if (!result.shape) {
            report(node.id, result.sentence, result.fix);
            return false;
        }
        check.output = *result.shape;
        try {
            if (tensor::elementCount(check.output) > mostValues) {
                report(node.id,
                       base::sentence("It puts out {0} for each sample, which no computer can hold.",
                                      tensor::shapeText(check.output)),
                       base::sentence("Use fewer units, filters or pixels."));
                return false;
            }
            if (check.type->weights) check.weights = check.type->weights(context);
            for (layers::WeightSpec& weight : check.weights)
                if (weight.name == "bias") weight.regularizer = node.biasRegularizer;
            for (const layers::WeightSpec& weight : check.weights)
                check.parameters = base::checkedAdd(check.parameters, tensor::elementCount(weight.shape),
                                                    base::sentence("The layer {0}", node.id));
            m_result.parameters =
                base::checkedAdd(m_result.parameters, check.parameters, base::sentence("The network"));
        } catch (const base::Error& error) {
            report(node.id, error.sentence(), base::sentence("Use fewer units, filters or pixels."));
            return false;
        }
        return true;
    }

    void findOutputs() {
        if (m_spec.nodes.empty())
            return report("network", base::sentence("The network has no layers."),
                          base::sentence("Add an input and a dense layer."));
        const bool hasInput = std::ranges::count(m_spec.nodes, "input", &NodeSpec::type) > 0;
        if (!hasInput)
            report("network", base::sentence("The network has no input."), base::sentence("Add an input layer."));
        for (const std::string& id : m_around.outputs) checkOutput(id);
        // Which ends were meant cannot be told while connections are missing or run in a circle.
        if (m_unresolved || !m_cycles.empty()) return;
        const std::vector<std::string> ends = nodesNobodyReads();
        if (ends.empty() && m_around.outputs.empty())
            return report("network", base::sentence("The network has no output."),
                          base::sentence("Leave the output of one layer unconnected."));
        if (m_around.outputs.empty())
            checkSingle(ends);
        else
            checkTrained(ends);
        for (const std::string& id : m_around.outputs.empty() ? ends : m_around.outputs)
            if (m_index.contains(id)) m_result.outputs.push_back(m_index[id]);
        if (!m_result.outputs.empty()) m_result.output = m_result.outputs.front();
    }

    void checkOutput(const std::string& id) {
        if (m_spec.find(id) || m_spec.isFaultyBlock(id)) return;
        std::vector<std::string> ids;
        for (const NodeSpec& node : m_spec.nodes) ids.push_back(node.id);
        const std::string guess = base::nearest(id, ids);
        report("training.losses", base::sentence("The output \"{0}\" does not exist.", id),
               guess.empty() ? base::sentence("Name a layer of the network.")
                             : base::sentence("Did you mean \"{0}\"?", guess));
    }

    std::vector<std::string> nodesNobodyReads() const {
        std::set<std::string> read;
        for (const NodeSpec& node : m_spec.nodes) read.insert(node.inputs.begin(), node.inputs.end());
        std::vector<std::string> ends;
        for (const NodeSpec& node : m_spec.nodes)
            if (!read.contains(node.id)) ends.push_back(node.id);
        return ends;
    }

    void checkSingle(const std::vector<std::string>& ends) {
        if (ends.size() <= 1) return;
        std::string list;
        for (const std::string& id : ends) list += (list.empty() ? "" : ", ") + id;
        report("network", base::sentence("Several layers have an output nobody reads: {0}.", list),
               base::sentence("Connect them, remove all but one, or give each a loss in \"losses\"."));
    }

    void checkTrained(const std::vector<std::string>& ends) {
        for (const std::string& id : ends)
            if (std::ranges::count(m_around.outputs, id) == 0)
                report(id, base::sentence("No layer reads its output, and no loss trains it."),
                       base::sentence("Connect it, remove it, or add a loss for it to \"losses\"."));
    }

    const NetworkSpec& m_spec;
    const Surroundings& m_around;
    NetworkCheck m_result;
    std::map<std::string, State> m_states;
    std::map<std::string, std::size_t> m_index;
    std::vector<const NodeSpec*> m_namesakes;  // of nodes that stand before them
    std::set<std::string> m_cycles;
    bool m_unresolved = false;  // an input that does not exist was named
};

}  // namespace

const NodeCheck* NetworkCheck::find(const std::string& id) const {
    for (const NodeCheck& node : nodes)
        if (node.spec.id == id) return &node;
    return nullptr;
}

NetworkCheck checkNetwork(const NetworkSpec& spec, const Surroundings& around) { return Checker(spec, around).run(); }

NetworkCheck checkNetwork(const NetworkSpec& spec, const tensor::Shape& input) {
    return checkNetwork(spec, Surroundings{{{"x", input}}, {}});
}

}  // namespace perceptory::network
