// Training on augmented data: the same bits for any number of threads, labels that move and mix with their images.

#include <doctest/doctest.h>

#include <cmath>

#include "engine/backends/KernelLibrary.h"
#include "engine/base/Random.h"
#include "engine/data/DatasetLoader.h"
#include "engine/losses/Loss.h"
#include "engine/training/AugmentedBatch.h"
#include "engine/training/PlanRequests.h"
#include "tests/engine/training/Fixtures.h"

using namespace perceptory;
using namespace perceptory::training;
using base::Json;

namespace {

using Numbers = std::vector<double>;

Json node(const char* id, const char* type, const char* from, const Json& parameters = Json::object()) {
    return {{"id", id}, {"type", type}, {"inputs", {from}}, {"parameters", parameters}};
}

Json project(const char* generator, const Json& augmentation) {
    Json nodes =
        Json::array({{{"id", "in"}, {"type", "input"}},
                     node("conv", "conv2d", "in", {{"filters", 4}, {"padding", "same"}, {"activation", "relu"}})});
    if (generator == std::string("shapes")) {
        nodes.push_back(node("flat", "flatten", "conv"));
        nodes.push_back(node("out", "dense", "flat", {{"units", 4}}));
    } else {
        nodes.push_back(node("out", "conv2d", "conv", {{"filters", 5}, {"kernel_size", 1}}));
    }
    return {{"format", "perceptory-project"},
            {"format_version", 1},
            {"data",
             {{"source", "generator"},
              {"id", generator},
              {"parameters", {{"samples", 48}, {"size", 16}}},
              {"preprocessing", {"channel_standardize"}},
              {"augmentation", augmentation}}},
            {"network", {{"nodes", nodes}}},
            {"training", {{"loss", "softmax_cross_entropy"}, {"optimizer", "adam"}, {"batch_size", 7}, {"seed", "5"}}}};
}

std::vector<float> trained(const Json& json, int threads, int steps = 9) {
    const RunSpec spec = runSpec(json);
    Trainer trainer(spec, loadData(spec), {.threads = threads});
    std::vector<double> losses(4096);
    for (int done = 0; done < steps; done += trainer.runSteps(1, losses.data())) {
    }
    std::vector<float> weights;
    for (std::int64_t i = 0; i < static_cast<std::int64_t>(trainer.weights().size()); ++i)
        weights.push_back(static_cast<float>(trainer.weights().get(i)));
    return weights;
}

const Json everything = {"flip",
                         {{"type", "rotate"}, {"parameters", {{"probability", 1}}}},
                         "cutout",
                         {{"type", "mixup"}, {"parameters", {{"probability", 1}}}}};

}  // namespace

TEST_CASE("augmented runs have equal bits for 1, 2 and 3 threads, and again") {
    for (const char* generator : {"shapes", "shapes_masks"}) {
        CAPTURE(generator);
        const Json json = project(generator, everything);
        const std::vector<float> one = trained(json, 1);
        CHECK(one == trained(json, 1));
        CHECK(one == trained(json, 2));
        CHECK(one == trained(json, 3));
        CHECK(one != trained(project(generator, Json::array()), 1));
    }
}

TEST_CASE("an augmentation that never happens changes nothing") {
    const Json never = {{{"type", "rotate"}, {"parameters", {{"probability", 0}}}}};
    CHECK(trained(project("shapes", never), 2) == trained(project("shapes", Json::array()), 2));
}

TEST_CASE("labels of pixels move with the image") {
    const RunSpec spec = runSpec(project("shapes_masks", {{{"type", "flip"}, {"parameters", {{"probability", 1}}}}}));
    const auto dataset = loadData(spec);
    Trainer trainer(spec, dataset, {});
    const BatchLoader plain(*dataset, trainer.heads());
    const auto policy = augmentationOf(spec);
    AugmentedBatch augmented(*dataset, *policy, trainer.heads(), plain);
    const Objective objective = makeObjective(trainer.network(), trainer.heads(), Purpose::Training);
    backends::cpu::ThreadPool pool(1);
    tensor::Buffer weights(trainer.network().parameterCount()), gradients(trainer.network().parameterCount());
    backends::cpu::Executable executable(
        ir::compilePlan(objective.lowered.graph, trainingRequest(objective, trainer.network(), 2, ir::Kernels::Fast)),
        backends::kernels(), {&weights, &gradients}, pool);
    const std::vector<std::uint32_t> rows{3, 11};
    augmented.load(executable, objective, rows, {});
    const backends::MatrixView targets = executable.view(objective.heads[0].target);
    bool changed = false;
    for (std::size_t i = 0; i < 2; ++i)
        for (std::size_t y = 0; y < 16; ++y)
            for (std::size_t x = 0; x < 16; ++x) {
                const float moved = rowOf(targets, i)[y * 16 + x];
                CHECK(moved == static_cast<float>(dataset->labels[rows[i] * 256 + y * 16 + 15 - x]));
                changed = changed || moved != static_cast<float>(dataset->labels[rows[i] * 256 + y * 16 + x]);
            }
    CHECK(changed);
}

namespace {

constexpr std::int64_t samples = 5, outputs = 4;

// The loss of what is put in, of `batch` samples.
class MixedLoss {
public:
    MixedLoss(const losses::LossType& type, Purpose purpose, std::int64_t batch) : m_pool(1) {
        Head head{.name = "in", .output = "in", .loss = {type.id, Json::object()}};
        head.reading.outputs = outputs;
        head.reading.encoding = type.classIndices ? Encoding::Index : Encoding::Values;
        base::Problems problems;
        const Json nodes = Json::array({{{"id", "in"}, {"type", "input"}}});
        const network::Network network(
            network::checkNetwork(network::NetworkSpec::fromJson({{"nodes", nodes}}, problems), {outputs}));
        m_objective = makeObjective(network, {&head, 1}, purpose);
        m_executable = std::make_unique<backends::cpu::Executable>(
            ir::compilePlan(m_objective.lowered.graph, {.batch = batch, .keep = {m_objective.loss}}),
            backends::doubleKernels(), backends::cpu::Memory{&m_weights, &m_weights}, m_pool);
    }

    HeadLoss& head() { return m_objective.heads[0]; }
    ir::ValueId input() const { return m_objective.lowered.input; }
    void fill(ir::ValueId value, const Numbers& numbers) {
        if (m_executable->plan().places.contains(value))
            std::ranges::copy(numbers, static_cast<double*>(m_executable->view(value).data));
    }
    double run() {
        m_executable->run({});
        return *static_cast<double*>(m_executable->view(m_objective.loss).data);
    }

private:
    backends::cpu::ThreadPool m_pool;
    Objective m_objective;
    tensor::Buffer m_weights;
    std::unique_ptr<backends::cpu::Executable> m_executable;
};

Numbers draw(std::size_t count, double low, double high, base::RandomStream& random) {
    Numbers numbers(count);
    for (double& number : numbers) number = random.uniform(low, high);
    return numbers;
}

Numbers drawTargets(const losses::LossType& type, base::RandomStream& random) {
    Numbers targets = draw(static_cast<std::size_t>(type.classIndices ? samples : samples * outputs), 0, 1, random);
    for (double& target : targets) {
        if (type.classIndices)
            target = std::floor(outputs * target);
        else if (type.reads != losses::Outputs::Numbers)
            target = target < 0.5 ? (type.classTargets == losses::TargetEncoding::PlusMinusOne ? -1 : 0) : 1;
        else
            target = 1 + 3 * target;
    }
    return targets;
}

Numbers rowOf(const Numbers& all, std::int64_t row) {
    const std::int64_t width = std::ssize(all) / samples;
    return {all.begin() + row * width, all.begin() + (row + 1) * width};
}

}  // namespace

TEST_CASE("every loss of mixed samples is the mean of those of both labels, each by its share") {
    for (const losses::LossType* type : losses::shelf().members()) {
        CAPTURE(type->id);
        base::RandomStream random(3, base::stableHash(type->id));
        const bool probable = type->reads == losses::Outputs::Probabilities;
        const Numbers values = draw(samples * outputs, probable ? 0.1 : -2, probable ? 0.9 : 2, random),
                      shares = draw(samples, 0, 1, random), own = drawTargets(*type, random),
                      other = drawTargets(*type, random);
        MixedLoss one(*type, Purpose::Measuring, 1);
        const auto lossOf = [&](std::int64_t row, const Numbers& targets) {
            one.fill(one.input(), rowOf(values, row));
            one.fill(one.head().target, rowOf(targets, row));
            one.fill(one.head().weight, {1});
            const double loss = one.run();
            return type->rootOfMean ? loss * loss : loss;
        };
        double expected = 0;
        for (std::int64_t row = 0; row < samples; ++row) {
            const double share = shares[static_cast<std::size_t>(row)];
            expected += (share * lossOf(row, own) + (1 - share) * lossOf(row, other)) / samples;
        }
        if (type->rootOfMean) expected = std::sqrt(expected);
        MixedLoss all(*type, Purpose::MixedTraining, samples);
        all.fill(all.input(), values);
        all.fill(all.head().target, own);
        all.fill(all.head().otherTarget, other);
        all.fill(all.head().weight, Numbers(samples, 1));
        all.fill(all.head().otherWeight, Numbers(samples, 1));
        all.fill(all.head().share, shares);
        CHECK(all.run() == doctest::Approx(expected).epsilon(1e-12));
    }
}
