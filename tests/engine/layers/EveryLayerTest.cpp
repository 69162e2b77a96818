// Runs over the whole shelf: a new layer is tested by being on it.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/backends/KernelLibrary.h"
#include "engine/backends/cpu/Executable.h"
#include "engine/base/Random.h"
#include "engine/ir/Primitive.h"
#include "engine/layers/Layer.h"
#include "tests/engine/backends/Extents.h"
#include "tests/engine/backends/Matrix.h"

using namespace perceptory;
using namespace perceptory::layers;
using tensor::Precision;

namespace {

constexpr std::int64_t batch = 3;

// One layer of the shelf in one of its configurations, with a squared-error loss behind it.
struct Bench {
    ir::Graph graph;
    std::vector<ir::ValueId> inputs, weights;
    std::map<ir::ValueId, std::vector<double>> places{};  // of inputs that say which row or pixel to take
    std::vector<WeightSpec> specs;                        // of the weights
    ir::ValueId output = ir::none, target = ir::none, sampleWeight = ir::none, loss = ir::none;
    std::int64_t parameters = 0;
};

Bench makeBench(const LayerType& type, const LayerSample& sample, bool training) {
    Bench bench;
    const base::ParamValues values(type.parameters, sample.parameters);
    const LayerContext context{sample.inputs, values};
    for (std::size_t i = 0; i < sample.inputs.size(); ++i) {
        bench.inputs.push_back(bench.graph.input("x" + std::to_string(i), sample.inputs[i]));
        if (i < sample.places.size() && !sample.places[i].empty()) bench.places[bench.inputs.back()] = sample.places[i];
    }
    if (type.weights)
        for (const WeightSpec& weight : bench.specs = type.weights(context)) {
            bench.weights.push_back(bench.graph.parameter(weight.name, weight.shape, bench.parameters));
            bench.parameters += tensor::elementCount(weight.shape);
        }
    const std::string node = "node";
    bench.graph.setNode(node);
    Lowering lowering{bench.graph, node, bench.inputs, bench.weights, values, training};
    bench.output = type.lower(lowering);
    const tensor::Shape shape = bench.graph.value(bench.output).shape;
    bench.target = bench.graph.input("target", shape);
    bench.sampleWeight = bench.graph.input("weight", {1});
    const ir::ValueId each = bench.graph.add("loss", {bench.output, bench.target}, {.formula = "mean_squared_error"});
    bench.loss = bench.graph.add("weighted_mean", {bench.graph.add("row_mean", {each}), bench.sampleWeight});
    return bench;
}

class Runner {
public:
    Runner(const ir::Graph& graph, const ir::PlanRequest& request, tensor::Buffer& weights, tensor::Buffer& gradients)
        : m_pool(1),
          m_executable(ir::compilePlan(graph, request), backends::doubleKernels(), {&weights, &gradients}, m_pool) {}

    double* data(ir::ValueId value) { return static_cast<double*>(m_executable.view(value).data); }
    std::int64_t count(ir::ValueId value) {
        const backends::MatrixView view = m_executable.view(value);
        return view.rows * view.columns;
    }
    // Numbers of all kinds, the places that `bench` gives where they are wanted.
    void fill(const Bench& bench, ir::ValueId value, std::uint32_t seed) {
        fill(value, seed);
        if (!holds(value) || !bench.places.contains(value)) return;
        const std::vector<double>& places = bench.places.at(value);
        for (std::int64_t i = 0; i < count(value); ++i)
            data(value)[i] = places[static_cast<std::size_t>(i) % places.size()];
    }
    bool holds(ir::ValueId value) { return m_executable.plan().places.contains(value); }
    void fill(ir::ValueId value, std::uint32_t seed) {
        if (!holds(value)) return;
        base::RandomStream random(seed, 1);
        for (std::int64_t i = 0; i < count(value); ++i) data(value)[i] = random.uniform(-1, 1);
    }
    void run() { m_executable.run({7, 3}); }
    double run(ir::ValueId loss) {
        run();
        return *data(loss);
    }

private:
    backends::cpu::ThreadPool m_pool;
    backends::cpu::Executable m_executable;
};

// What has derivatives: trained weights first, then inputs.
std::vector<ir::ValueId> differentiable(const Bench& bench) {
    std::vector<ir::ValueId> values;
    for (std::size_t i = 0; i < bench.weights.size(); ++i)
        if (!bench.specs[i].state) values.push_back(bench.weights[i]);
    for (const ir::ValueId input : bench.inputs)
        if (!bench.places.contains(input)) values.push_back(input);
    return values;
}

std::string nameOf(const LayerType& type, const LayerSample& sample) {
    return type.id + " " + sample.parameters.dump();
}

}  // namespace

TEST_CASE("every layer announces the shape it puts out, and its samples are sound") {
    for (const LayerType* type : shelf().members()) {
        CAPTURE(type->id);
        CHECK(!type->samples.empty());
        CHECK(!type->help.empty());
        CHECK(!type->label.empty());
        for (const LayerSample& sample : type->samples) {
            CAPTURE(nameOf(*type, sample));
            base::Problems problems;
            base::checkParams(type->parameters, sample.parameters, "sample", problems);
            CHECK(problems.empty());
            const base::ParamValues values(type->parameters, sample.parameters);
            const ShapeResult announced = type->shape({sample.inputs, values});
            REQUIRE(announced.shape);
            const Bench bench = makeBench(*type, sample, true);
            CHECK(bench.graph.value(bench.output).shape == *announced.shape);
        }
    }
}

TEST_CASE("every layer's gradients agree with differences in double") {
    for (const LayerType* type : shelf().members())
        for (const LayerSample& sample : type->samples) {
            CAPTURE(nameOf(*type, sample));
            Bench bench = makeBench(*type, sample, true);
            const std::vector<ir::ValueId> wanted = differentiable(bench);
            const auto trained = static_cast<std::size_t>(
                std::ranges::count_if(bench.specs, [](const WeightSpec& weight) { return !weight.state; }));
            const std::vector<ir::ValueId> gradients = ir::differentiate(bench.graph, bench.loss, wanted);
            ir::PlanRequest request{.batch = batch, .keep = {bench.loss, bench.output}};
            for (std::size_t i = 0; i < wanted.size(); ++i) {
                REQUIRE(gradients[i] != ir::none);
                if (i < trained)
                    request.gradients.emplace_back(gradients[i], bench.graph.value(wanted[i]).offset);
                else
                    request.keep.push_back(gradients[i]);
            }
            tensor::Buffer weights(bench.parameters, Precision::Float64), flat(bench.parameters, Precision::Float64);
            base::RandomStream random(5, 1);
            for (std::int64_t i = 0; i < bench.parameters; ++i) weights.set(i, random.uniform(-1, 1));
            Runner runner(bench.graph, request, weights, flat);
            for (const ir::ValueId input : bench.inputs)
                runner.fill(bench, input, 11 + static_cast<std::uint32_t>(input));
            runner.fill(bench.target, 99);
            for (std::int64_t i = 0; i < batch; ++i) runner.data(bench.sampleWeight)[i] = 1 + static_cast<double>(i);
            runner.run(bench.loss);

            const auto check = [&](double analytic, const std::function<void(double)>& shift) {
                constexpr double step = 1e-5;
                shift(step);
                const double above = runner.run(bench.loss);
                shift(-2 * step);
                const double below = runner.run(bench.loss);
                shift(step);
                CHECK(analytic == doctest::Approx((above - below) / (2 * step)).epsilon(1e-5).scale(1e-3));
            };
            const tensor::Buffer analytic = flat;
            for (std::size_t k = 0; k < trained; ++k) {
                const ir::Value& weight = bench.graph.value(wanted[k]);
                for (std::int64_t i = 0; i < tensor::elementCount(weight.shape); ++i) {
                    const std::int64_t place = weight.offset + i;
                    check(analytic.get(place), [&](double by) { weights.set(place, weights.get(place) + by); });
                }
            }
            for (std::size_t k = trained; k < wanted.size(); ++k) {
                if (!runner.holds(wanted[k])) continue;
                runner.run(bench.loss);
                const double* found = runner.data(gradients[k]);
                const std::vector<double> copy(found, found + runner.count(wanted[k]));
                for (std::size_t i = 0; i < copy.size(); ++i)
                    check(copy[i], [&](double by) { runner.data(wanted[k])[i] += by; });
            }
        }
}

TEST_CASE("every layer gives the same bits twice, and none of its randomness outside training") {
    for (const LayerType* type : shelf().members())
        for (const LayerSample& sample : type->samples)
            for (const bool training : {true, false}) {
                CAPTURE(nameOf(*type, sample));
                const Bench bench = makeBench(*type, sample, training);
                std::vector<double> results[2];
                for (std::vector<double>& result : results) {
                    tensor::Buffer weights(bench.parameters, Precision::Float64), none;
                    for (std::int64_t i = 0; i < bench.parameters; ++i)
                        weights.set(i, 0.1 * static_cast<double>(i % 7) + 0.1);
                    Runner runner(bench.graph, {.batch = batch, .keep = {bench.output, bench.loss}}, weights, none);
                    for (const ir::ValueId input : bench.inputs) runner.fill(bench, input, 3);
                    runner.fill(bench.target, 4);
                    runner.fill(bench.sampleWeight, 5);
                    runner.run(bench.loss);
                    result.assign(runner.data(bench.output), runner.data(bench.output) + runner.count(bench.output));
                }
                CHECK(results[0] == results[1]);
                for (const ir::Operation& operation : bench.graph.operations())
                    if (!training && operation.type->id != "fractional_max_pool") CHECK(!operation.type->random);
            }
}

TEST_CASE("values that share memory change no bit of the gradients, however few the samples") {
    for (const LayerType* type : shelf().members())
        for (const LayerSample& sample : type->samples)
            for (const std::int64_t few : {1, 2, 5}) {
                CAPTURE(nameOf(*type, sample));
                CAPTURE(few);
                Bench bench = makeBench(*type, sample, true);
                std::vector<ir::ValueId> gradients = ir::differentiate(bench.graph, bench.loss, differentiable(bench));
                std::erase(gradients, ir::none);
                ir::PlanRequest shared{.batch = few, .keep = gradients}, apart = shared;
                for (const ir::Operation& operation : bench.graph.operations())
                    apart.keep.insert(apart.keep.end(), operation.outputs.begin(), operation.outputs.end());
                std::vector<double> results[2];
                for (const ir::PlanRequest* request : {&shared, &apart}) {
                    tensor::Buffer weights(bench.parameters, Precision::Float64), none;
                    for (std::int64_t i = 0; i < bench.parameters; ++i)
                        weights.set(i, 0.1 * static_cast<double>(i % 7) + 0.1);
                    Runner runner(bench.graph, *request, weights, none);
                    for (const ir::ValueId input : bench.inputs) runner.fill(bench, input, 3);
                    runner.fill(bench.target, 4);
                    runner.fill(bench.sampleWeight, 5);
                    runner.run();
                    for (const ir::ValueId id : gradients)
                        results[request == &apart].insert(results[request == &apart].end(), runner.data(id),
                                                          runner.data(id) + runner.count(id));
                }
                CHECK(results[0] == results[1]);
            }
}

TEST_CASE("the kernels of every layer and its gradients write what their operations declare, nothing beside") {
    for (const LayerType* type : shelf().members())
        for (const LayerSample& sample : type->samples) {
            CAPTURE(nameOf(*type, sample));
            Bench bench = makeBench(*type, sample, true);
            ir::PlanRequest request{.batch = batch,
                                    .keep = ir::differentiate(bench.graph, bench.loss, differentiable(bench))};
            request.keep.push_back(bench.loss);
            std::erase(request.keep, ir::none);
            for (const ir::Kernels kernels : {ir::Kernels::Fast, ir::Kernels::Parity}) {
                request.kernels = kernels;
                const ir::Plan plan = ir::compilePlan(bench.graph, request);
                for (const backends::KernelTable* table : tests::floatTables()) tests::checkExtents(plan, *table);
            }
        }
}
