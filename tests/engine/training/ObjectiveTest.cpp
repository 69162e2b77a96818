// Losses of whole batches and their slopes: PyTorch's (tests/golden/losses.py), and differences for the whole shelf.

#include "engine/training/Objective.h"

#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <set>

#include "engine/backends/KernelLibrary.h"
#include "engine/backends/cpu/Executable.h"
#include "engine/base/Random.h"
#include "engine/ir/Primitive.h"
#include "engine/losses/Loss.h"
#include "tests/engine/backends/Extents.h"
#include "tests/engine/backends/Matrix.h"

using namespace perceptory;
using base::Json;

namespace {

using Numbers = std::vector<double>;
constexpr std::int64_t samples = 5, outputs = 4;

struct LossCase {
    base::KindSpec loss;
    tensor::Shape units{};         // of a row; empty: it is one
    std::vector<float> weights{};  // of the classes
    bool shares = false;           // targets are a share of every class

    std::size_t unitCount() const { return samples * static_cast<std::size_t>(tensor::elementCount(units)); }
    const losses::LossType& type() const { return losses::shelf().get(loss.type, "test"); }
};

// A network of nothing but its input, so that the objective is the loss of what is put in.
network::Network inputOnly(tensor::Shape shape) {
    base::Problems problems;
    const Json nodes = Json::array({{{"id", "in"}, {"type", "input"}}});
    shape.push_back(outputs);
    return network::Network(network::checkNetwork(network::NetworkSpec::fromJson({{"nodes", nodes}}, problems), shape));
}

class LossRun {
public:
    LossRun(const LossCase& made, const backends::KernelTable& table)
        : m_double(table.elementSize == 8), m_pool(1), m_objective(makeObjective(made)) {
        ir::Graph& graph = m_objective.lowered.graph;
        m_slope = ir::differentiate(graph, m_objective.loss, {m_objective.lowered.input})[0];
        m_executable = std::make_unique<backends::cpu::Executable>(
            ir::compilePlan(graph, {.batch = samples, .keep = {m_objective.loss, m_slope}}), table,
            backends::cpu::Memory{&m_weights, &m_weights}, m_pool);
        weigh(Numbers(made.unitCount(), 1));
    }

    // How much each unit counts.
    void weigh(const Numbers& weights) { fill(m_objective.heads[0].weight, weights); }
    double run(const Numbers& values, const Numbers& targets) {
        fill(m_objective.lowered.input, values);
        fill(m_objective.heads[0].target, targets);
        m_executable->run({});
        return read(m_objective.loss)[0];
    }
    Numbers slopes() { return read(m_slope); }
    const ir::Plan& plan() const { return m_executable->plan(); }

private:
    static training::Objective makeObjective(const LossCase& made) {
        training::Head head{.name = "in", .output = "in", .loss = made.loss};
        head.reading.outputs = outputs;
        head.reading.unitShape = made.units;
        head.reading.classWeights = made.weights;
        head.reading.encoding =
            made.type().classIndices && !made.shares ? training::Encoding::Index : training::Encoding::Values;
        return training::makeObjective(inputOnly(made.units), {&head, 1}, training::Purpose::Measuring);
    }
    void fill(ir::ValueId value, const Numbers& numbers) {
        if (!m_executable->plan().places.contains(value)) return;
        void* data = m_executable->view(value).data;
        for (std::size_t i = 0; i < numbers.size(); ++i)
            m_double ? static_cast<double*>(data)[i] = numbers[i] : static_cast<float*>(data)[i] = float(numbers[i]);
    }
    Numbers read(ir::ValueId value) {
        const backends::MatrixView view = m_executable->view(value);
        Numbers numbers;
        for (std::int64_t i = 0; i < view.rows * view.columns; ++i)
            numbers.push_back(m_double ? static_cast<double*>(view.data)[i]
                                       : double(static_cast<float*>(view.data)[i]));
        return numbers;
    }

    bool m_double;
    backends::cpu::ThreadPool m_pool;
    training::Objective m_objective;
    tensor::Buffer m_weights;
    ir::ValueId m_slope = ir::none;
    std::unique_ptr<backends::cpu::Executable> m_executable;
};

// As the loader of batches fills them in: that of a unit's class.
Numbers weightsOf(const LossCase& made, const Numbers& targets) {
    Numbers weights(made.unitCount(), 1);
    for (std::size_t i = 0; !made.weights.empty() && i < weights.size(); ++i)
        weights[i] = double{made.weights[static_cast<std::size_t>(targets[i])]};
    return weights;
}

void compare(const Json& golden, const backends::KernelTable& table, double tolerance) {
    CAPTURE(std::string(table.isa));
    LossCase made{{golden["type"], golden["parameters"]}};
    made.units = golden.value("units", tensor::Shape{});
    made.weights = golden.value("class_weights", std::vector<float>{});
    const auto targets = golden["targets"].get<Numbers>();
    made.shares = made.type().classIndices && targets.size() == golden["outputs"].size();
    LossRun run(made, table);
    run.weigh(weightsOf(made, targets));
    const double value = run.run(golden["outputs"].get<Numbers>(), targets);
    CHECK(value == doctest::Approx(golden["value"].get<double>()).epsilon(tolerance));
    const Numbers slopes = run.slopes(), expected = golden["slopes"].get<Numbers>();
    REQUIRE(slopes.size() == expected.size());
    for (std::size_t i = 0; i < slopes.size(); ++i)
        CHECK(slopes[i] == doctest::Approx(expected[i]).epsilon(tolerance).scale(1));
}

Numbers drawOutputs(const LossCase& made, base::RandomStream& random) {
    const bool probable = made.type().reads == losses::Outputs::Probabilities;
    Numbers numbers;
    for (std::size_t i = 0; i < made.unitCount() * outputs; ++i)
        numbers.push_back(probable ? random.uniform(0.1, 0.9) : random.uniform(-2, 2));
    return numbers;
}

Numbers drawTargets(const LossCase& made, base::RandomStream& random) {
    const losses::LossType& type = made.type();
    Numbers numbers;
    for (std::size_t i = 0; i < made.unitCount() * (type.classIndices ? 1 : outputs); ++i) {
        const double draw = random.uniform(0, 1);
        if (type.classIndices)
            numbers.push_back(std::floor(draw * outputs));
        else if (type.reads == losses::Outputs::Numbers)
            numbers.push_back(1 + 3 * draw);
        else if (type.classTargets == losses::TargetEncoding::PlusMinusOne)
            numbers.push_back(draw < 0.5 ? -1 : 1);
        else
            numbers.push_back(draw < 0.5 ? 0 : 1);
    }
    return numbers;
}

// Those of the classes, else some for each unit.
Numbers drawWeights(const LossCase& made, const Numbers& targets, base::RandomStream& random) {
    Numbers weights = weightsOf(made, targets);
    if (made.weights.empty())
        for (double& weight : weights) weight = random.uniform(0.5, 2);
    return weights;
}

// The parameters a loss is tried with: the defaults, smoothing, an ignored class and both.
std::vector<Json> choicesOf(const losses::LossType& type) {
    std::vector<Json> choices{Json::object()};
    if (type.parameter("label_smoothing")) choices.push_back({{"label_smoothing", 0.2}});
    if (type.parameter("ignored_class")) choices.push_back({{"ignored_class", 1}});
    if (choices.size() == 3) choices.push_back({{"label_smoothing", 0.2}, {"ignored_class", 1}});
    return choices;
}

// Every loss of the shelf with its parameters, for rows, steps and pixels, with and without weights of the classes.
std::vector<LossCase> everyCase() {
    std::vector<LossCase> cases;
    for (const losses::LossType* type : losses::shelf().members())
        for (const Json& parameters : choicesOf(*type))
            for (const tensor::Shape& units : {tensor::Shape{}, {3}, {2, 3}}) {
                cases.push_back({{type->id, parameters}, units, {}});
                if (type->classIndices) cases.push_back({{type->id, parameters}, units, {0.5f, 1, 2, 0.25f}});
            }
    return cases;
}

}  // namespace

TEST_CASE("losses of batches and their slopes are PyTorch's") {
    std::ifstream file(PERCEPTORY_SOURCE_DIR "/tests/golden/batch_losses.json");
    std::set<std::string> compared;
    for (const Json& golden : Json::parse(file)) {
        const std::string& id = *compared.insert(golden["type"].get<std::string>()).first;
        CAPTURE(id);
        compare(golden, backends::doubleKernels(), 1e-12);
        for (const backends::KernelTable* table : tests::floatTables()) compare(golden, *table, 3e-6);
    }
    for (const losses::LossType* type : losses::shelf().members()) {
        CAPTURE(type->id);
        CHECK(compared.contains(type->id));
    }
}

TEST_CASE("every loss's slopes agree with differences in double, of rows and of several units in a row") {
    for (const LossCase& made : everyCase()) {
        CAPTURE(made.loss.type + " " + made.loss.parameters.dump() + " " + tensor::shapeText(made.units));
        CAPTURE(made.weights.size());
        LossRun run(made, backends::doubleKernels());
        base::RandomStream random(3, 1);
        Numbers values = drawOutputs(made, random);
        const Numbers targets = drawTargets(made, random);
        run.weigh(drawWeights(made, targets, random));
        run.run(values, targets);
        const Numbers slopes = run.slopes();
        constexpr double step = 1e-6;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double middle = values[i];
            values[i] = middle + step;
            const double above = run.run(values, targets);
            values[i] = middle - step;
            const double below = run.run(values, targets);
            values[i] = middle;
            CHECK(slopes[i] == doctest::Approx((above - below) / (2 * step)).epsilon(1e-6).scale(1e-2));
        }
    }
}

TEST_CASE("the kernels of every loss and its slopes write what their operations declare, nothing beside") {
    for (const LossCase& made : everyCase()) {
        CAPTURE(made.loss.type + " " + made.loss.parameters.dump() + " " + tensor::shapeText(made.units));
        for (const backends::KernelTable* table : tests::floatTables())
            tests::checkExtents(LossRun(made, *table).plan(), *table);
    }
}

namespace {

// 3 inputs, 4 units whose activity is penalised, 2 outputs.
network::Network penalised(const std::string& regularizer) {
    base::Problems problems;
    const Json nodes = Json::array({{{"id", "in"}, {"type", "input"}},
                                    {{"id", "h"},
                                     {"type", "dense"},
                                     {"inputs", {"in"}},
                                     {"parameters", {{"units", 4}, {"activation", "tanh"}}},
                                     {"activity_regularizer", regularizer}},
                                    {{"id", "out"},
                                     {"type", "dense"},
                                     {"inputs", {"h"}},
                                     {"parameters", {{"units", 2}}},
                                     {"activity_regularizer", regularizer}}});
    return network::Network(network::checkNetwork(network::NetworkSpec::fromJson({{"nodes", nodes}}, problems), {3}));
}

}  // namespace

TEST_CASE("slopes of penalties on activities agree with differences in double") {
    for (const char* regularizer : {"l1", "l2", "elastic_net"}) {
        CAPTURE(std::string(regularizer));
        const network::Network network = penalised(regularizer);
        training::Head head{.name = "out", .output = "out", .loss = {"mean_squared_error"}};
        head.reading.outputs = 2;
        head.reading.encoding = training::Encoding::Values;
        const training::Objective objective = training::makeObjective(network, {&head, 1}, training::Purpose::Training);
        REQUIRE(objective.activity != ir::none);
        const std::int64_t count = network.parameterCount();
        tensor::Buffer weights(count, tensor::Precision::Float64), gradients(count, tensor::Precision::Float64);
        ir::PlanRequest request{.batch = samples, .keep = {objective.loss, objective.activity}};
        for (std::size_t i = 0; i < objective.gradients.size(); ++i)
            request.gradients.emplace_back(objective.gradients[i], network.parameters()[i].offset);
        backends::cpu::ThreadPool pool(1);
        backends::cpu::Executable executable(ir::compilePlan(objective.lowered.graph, request),
                                             backends::doubleKernels(), {&weights, &gradients}, pool);
        base::RandomStream random(4, 1);
        const auto draw = [&](ir::ValueId value, double low, double high) {
            const backends::MatrixView view = executable.view(value);
            for (std::int64_t i = 0; i < view.rows * view.columns; ++i)
                static_cast<double*>(view.data)[i] = random.uniform(low, high);
        };
        draw(objective.lowered.input, -1, 1);
        draw(objective.heads[0].target, -1, 1);
        draw(objective.heads[0].weight, 1, 1);
        for (std::int64_t i = 0; i < count; ++i) weights.set(i, random.uniform(-1, 1));
        const auto measure = [&] {
            executable.run({});
            return *static_cast<double*>(executable.view(objective.loss).data) +
                   *static_cast<double*>(executable.view(objective.activity).data);
        };
        measure();
        const tensor::Buffer slopes = gradients;
        constexpr double step = 1e-6;
        for (std::int64_t i = 0; i < count; ++i) {
            const double middle = weights.get(i);
            weights.set(i, middle + step);
            const double above = measure();
            weights.set(i, middle - step);
            const double below = measure();
            weights.set(i, middle);
            CHECK(slopes.get(i) == doctest::Approx((above - below) / (2 * step)).epsilon(1e-6).scale(1e-2));
        }
    }
}
