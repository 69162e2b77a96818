#include "engine/exchange/cpp/Program.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/Text.h"
#include "engine/exchange/cpp/Names.h"
#include "engine/ir/Algebra.h"
#include "engine/ir/Primitive.h"

namespace perceptory::exchange::cpp {

namespace {

using ir::ValueId;

const std::string preparationNode = "preprocessing";  // what operations of the steps belong to

std::size_t at(ValueId id) { return static_cast<std::size_t>(id); }

bool isFixed(const ir::Value& value) { return value.role == ir::Role::Parameter || value.role == ir::Role::Constant; }

class Compiler {
public:
    Compiler(const ProgramSource& source, network::Lowered lowered, base::Problems& problems)
        : m_source(source), m_problems(problems), m_graph(std::move(lowered.graph)) {
        for (const network::RowInput& input : lowered.inputs) m_inputs.push_back(input.value);
        for (const std::size_t node : source.network.outputs())
            m_outputs.push_back(lowered.nodes.at(source.network.nodes()[node].spec.id));
    }

    Program run() {
        if (m_source.preprocessing) prepare();
        namePorts();
        workOutWeights();
        if (m_problems.empty()) writeProgram();
        return std::move(m_program);
    }

private:
    // Calls that compute `results`, and the arena they need.
    struct Calls {
        std::vector<Call> calls;
        std::int64_t arena = 0;
    };

    // The steps work on the field x. They are put before everything that reads it.
    void prepare() {
        const ValueId x = m_graph.find(ir::Role::Input, "x");
        if (x == ir::none) return;
        const std::size_t before = m_graph.operations().size();
        m_graph.setNode(preparationNode);
        const std::size_t field = fieldIndex("x");
        const ValueId given = m_graph.input("x", m_source.preprocessing->featureFields()[field].shape);
        ValueId value = given;
        for (const data::InputPipeline::Step& step : m_source.preprocessing->steps())
            value = step.fitted->lower(m_graph, value, step.in);
        value = ir::reshape(m_graph, value, m_graph.value(x).shape);
        std::vector<ir::Operation> operations = m_graph.operations();
        for (std::size_t i = 0; i < before; ++i) std::ranges::replace(operations[i].inputs, x, value);
        std::ranges::rotate(operations, operations.begin() + static_cast<std::ptrdiff_t>(before));
        m_graph.setOperations(std::move(operations));
        std::ranges::replace(m_inputs, x, given);
        std::ranges::replace(m_outputs, x, value);
    }

    const std::vector<data::Field>& fields() const {
        return m_source.preprocessing ? m_source.preprocessing->featureFields() : m_source.network.fields();
    }

    std::size_t fieldIndex(const std::string& name) const {
        return static_cast<std::size_t>(std::ranges::find(fields(), name, &data::Field::name) - fields().begin());
    }

    // In the order of the data.
    void namePorts() {
        std::ranges::sort(m_inputs, {}, [&](ValueId id) { return fieldIndex(m_graph.value(id).name); });
        std::int64_t first = 0;
        for (const ValueId id : m_inputs) {
            const ir::Value& value = m_graph.value(id);
            m_program.inputs.push_back({m_names.take(value.name), value.name, value.shape, first});
            first += m_program.inputs.back().size();
            m_nameOf[id] = m_program.inputs.back().name;
        }
        first = 0;
        for (std::size_t i = 0; i < m_outputs.size(); ++i) {
            const network::NodeCheck& node = m_source.network.nodes()[m_source.network.outputs()[i]];
            m_program.outputs.push_back({m_names.take(node.spec.id), node.spec.id, node.output, first});
            first += m_program.outputs.back().size();
        }
    }

    // Which operations run, and look at nothing but weights and constants.
    std::vector<bool> operationsOnWeights(const std::vector<bool>& runs) const {
        std::vector<bool> known(m_graph.values().size());
        for (std::size_t i = 0; i < known.size(); ++i) known[i] = isFixed(m_graph.values()[i]);
        const auto& operations = m_graph.operations();
        std::vector<bool> result(operations.size(), false);
        for (std::size_t i = 0; i < operations.size(); ++i) {
            const ir::Operation& operation = operations[i];
            const auto isKnown = [&](ValueId id) { return id == ir::none || known[at(id)]; };
            const auto isBatched = [&](ValueId id) { return m_graph.value(id).batched; };
            result[i] = runs[i] && !operation.type->random && std::ranges::all_of(operation.inputs, isKnown) &&
                        std::ranges::none_of(operation.outputs, isBatched);
            for (const ValueId output : operation.outputs) known[at(output)] = result[i];
        }
        return result;
    }

    void workOutWeights() {
        const std::vector<bool> runs = ir::operationsThatRun(m_graph, {.keep = m_outputs});
        const std::vector<bool> early = operationsOnWeights(runs);
        std::vector<ir::Operation> rest;
        std::vector<ValueId> results, read = m_outputs;
        for (std::size_t i = 0; i < runs.size(); ++i)
            if (runs[i] && !early[i]) {
                rest.push_back(m_graph.operations()[i]);
                read.insert(read.end(), rest.back().inputs.begin(), rest.back().inputs.end());
            }
        for (std::size_t i = 0; i < early.size(); ++i)
            for (const ValueId output : m_graph.operations()[i].outputs)
                if (early[i] && std::ranges::count(read, output)) results.push_back(output);
        workOut(results);
        m_graph.setOperations(std::move(rest));
    }

    void workOut(const std::vector<ValueId>& results) {
        if (results.empty()) return;
        const auto nameOf = [](std::size_t i) { return "result" + std::to_string(i); };
        const Calls calls = callsFor(results, nameOf);
        if (!m_problems.empty()) return;
        std::map<std::string, std::vector<float>> arrays;
        for (const Call& call : calls.calls)
            for (const Argument& argument : call.arguments)
                if (const auto* pointer = std::get_if<Pointer>(&argument);
                    pointer && m_valueOf.contains(pointer->array))
                    arrays[pointer->array] = numbersOf(m_valueOf.at(pointer->array));
        arrays[arenaName].resize(static_cast<std::size_t>(calls.arena));
        for (std::size_t i = 0; i < results.size(); ++i)
            arrays[nameOf(i)].resize(static_cast<std::size_t>(tensor::elementCount(m_graph.value(results[i]).shape)));
        Memory memory;
        for (auto& [name, values] : arrays) memory[name] = values.data();
        for (const Call& call : calls.calls) functionOf(call.function).run(call, memory);
        for (std::size_t i = 0; i < results.size(); ++i) {
            m_workedOut[results[i]] = std::move(arrays[nameOf(i)]);
            m_graph.value(results[i]).role = ir::Role::Constant;
        }
    }

    std::vector<float> numbersOf(ValueId id) const {
        if (const auto found = m_workedOut.find(id); found != m_workedOut.end()) return found->second;
        const ir::Value& value = m_graph.value(id);
        if (value.role == ir::Role::Constant) return {value.numbers.begin(), value.numbers.end()};
        std::vector<float> numbers(static_cast<std::size_t>(tensor::elementCount(value.shape)));
        for (std::size_t i = 0; i < numbers.size(); ++i)
            numbers[i] = static_cast<float>(m_source.weights.get(value.offset + static_cast<std::int64_t>(i)));
        return numbers;
    }

    // The plan takes all that is given as parameters and what is wanted as gradients: both have places of their own,
    // outside the arena.
    Calls callsFor(const std::vector<ValueId>& results, const std::function<std::string(std::size_t)>& resultName) {
        ir::Graph graph = m_graph;
        std::map<std::int64_t, ValueId> given;
        std::map<std::int64_t, std::string> wanted;
        std::int64_t next = 0;
        for (std::size_t i = 0; i < graph.values().size(); ++i) {
            ir::Value& value = graph.value(static_cast<ValueId>(i));
            if (value.role == ir::Role::Result) continue;
            value.role = ir::Role::Parameter;
            value.offset = next;
            given[next] = static_cast<ValueId>(i);
            next += tensor::elementCount(value.shape) + 1;
        }
        ir::PlanRequest request{.kernels = ir::Kernels::Parity};
        next = 0;
        for (std::size_t i = 0; i < results.size(); ++i) {
            request.gradients.emplace_back(results[i], next);
            wanted[next] = resultName(i);
            next += tensor::elementCount(graph.value(results[i]).shape) + 1;
        }
        const Source::Naming naming = [&](const ir::Place& place) {
            if (place.region == ir::Region::Arena) return Pointer{arenaName, place.offset};
            if (place.region == ir::Region::Gradients) return Pointer{wanted.at(place.offset)};
            return Pointer{nameOf(given.at(place.offset))};
        };
        const ir::Plan plan = ir::compilePlan(graph, request);
        if (!fits(plan)) return {};
        Calls calls{{}, plan.arena};
        for (const ir::PlanStep& step : plan.steps) calls.calls.push_back(callOf(step, naming));
        return calls;
    }

    Call callOf(const ir::PlanStep& step, const Source::Naming& naming) {
        const Kernel* kernel = kernelOf(step.operation.type->id);
        Call call = kernel ? kernel->call(Source(step, naming)) : Call{};
        const std::string& node = step.operation.node;
        call.node = node == preparationNode ? node : inComment(node + ": " + typeOf(node));
        if (call.function.empty()) refuse(node, step.operation.type->id);
        return call;
    }

    const std::string& nameOf(ValueId id) {
        std::string& name = m_nameOf[id];
        if (!name.empty()) return name;
        const ir::Value& value = m_graph.value(id);
        name = m_names.take(value.role == ir::Role::Parameter ? value.name : nodeReading(id) + "_numbers");
        m_valueOf[name] = id;
        return name;
    }

    std::string nodeReading(ValueId id) const {
        for (const ir::Operation& operation : m_graph.operations())
            if (std::ranges::count(operation.inputs, id)) return operation.node;
        return m_graph.value(id).name;
    }

    // Arrays are indexed with int.
    bool fits(const ir::Plan& plan) {
        std::int64_t largest = plan.arena;
        for (const ir::PlanStep& step : plan.steps)
            for (const auto* places : {&step.inputs, &step.outputs})
                for (const ir::Place& place : *places) largest = std::max(largest, place.rows * place.columns);
        if (largest <= std::numeric_limits<int>::max()) return true;
        m_problems.push_back({"network", base::Severity::Error,
                              base::sentence("The network needs arrays of {0} numbers, which the C++ export cannot "
                                             "count.",
                                             largest),
                              base::sentence("Export ONNX instead.")});
        return false;
    }

    std::string typeOf(const std::string& node) const {
        const auto& nodes = m_source.network.nodes();
        const auto found = std::ranges::find(nodes, node, [](const network::NodeCheck& n) { return n.spec.id; });
        return found == nodes.end() ? node : found->type->id;
    }

    void refuse(const std::string& node, const std::string& operation) {
        m_problems.push_back({node, base::Severity::Error,
                              base::sentence("C++ cannot express the layer \"{0}\" ({1}): there is no function for its "
                                             "operation {2}.",
                                             node, typeOf(node), operation),
                              base::sentence("Replace the layer, or export ONNX or the weights alone.")});
    }

    void writeProgram() {
        Calls calls = callsFor(m_outputs, [&](std::size_t i) { return m_program.outputs[i].name; });
        m_program.calls = std::move(calls.calls);
        m_program.arena = calls.arena;
        std::set<std::string> seen;
        for (const Call& call : m_program.calls)
            for (const Argument& argument : call.arguments)
                if (const auto* pointer = std::get_if<Pointer>(&argument);
                    pointer && m_valueOf.contains(pointer->array) && seen.insert(pointer->array).second)
                    addArray(pointer->array);
    }

    void addArray(const std::string& name) {
        const ValueId id = m_valueOf.at(name);
        const ir::Value& value = m_graph.value(id);
        const std::string node = nodeReading(id);
        Array array{name, value.role == ir::Role::Parameter ? value.name : node, value.shape, numbersOf(id)};
        if (!std::ranges::all_of(array.values, [](float number) { return std::isfinite(number); }))
            m_problems.push_back({node, base::Severity::Error,
                                  base::sentence("The node \"{0}\" has weights that are no numbers.", node),
                                  base::sentence("Train again with a lower learning rate.")});
        m_program.arrays.push_back(std::move(array));
    }

    const ProgramSource& m_source;
    base::Problems& m_problems;
    ir::Graph m_graph;
    std::vector<ValueId> m_inputs, m_outputs;
    Program m_program;
    Names m_names;
    std::map<ValueId, std::string> m_nameOf;
    std::map<std::string, ValueId> m_valueOf;  // of arrays that stay the same
    std::map<ValueId, std::vector<float>> m_workedOut;
};

std::int64_t sizeOf(const std::vector<Port>& ports) {
    std::int64_t sum = 0;
    for (const Port& port : ports) sum += port.size();
    return sum;
}

}  // namespace

std::int64_t Program::inputCount() const { return sizeOf(inputs); }
std::int64_t Program::outputCount() const { return sizeOf(outputs); }

std::int64_t Program::weightCount() const {
    std::int64_t sum = 0;
    for (const Array& array : arrays) sum += std::ssize(array.values);
    return sum;
}

Program makeProgram(const ProgramSource& source, base::Problems& problems) {
    return makeProgram(source, source.network.lower(false), problems);
}

Program makeProgram(const ProgramSource& source, network::Lowered lowered, base::Problems& problems) {
    return Compiler(source, std::move(lowered), problems).run();
}

std::vector<float> runProgram(const Program& program, std::span<const float> rows, std::size_t count) {
    const auto width = static_cast<std::size_t>(program.inputCount());
    const auto outputs = static_cast<std::size_t>(program.outputCount());
    std::vector<float> arena(static_cast<std::size_t>(program.arena)), in(width), results(count * outputs);
    std::vector<Array> arrays = program.arrays;  // functions take them as they take the arena
    Memory memory{{arenaName, arena.data()}};
    for (Array& array : arrays) memory[array.name] = array.values.data();
    for (const Port& port : program.inputs) memory[port.name] = in.data() + port.first;
    for (std::size_t row = 0; row < count; ++row) {
        std::ranges::copy(rows.subspan(row * width, width), in.begin());
        for (const Port& port : program.outputs) memory[port.name] = results.data() + row * outputs + port.first;
        for (const Call& call : program.calls) functionOf(call.function).run(call, memory);
    }
    return results;
}

}  // namespace perceptory::exchange::cpp
