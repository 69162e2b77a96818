#include "engine/training/MemoryEstimate.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <set>

#include "engine/base/Checked.h"
#include "engine/base/Text.h"
#include "engine/metrics/Metric.h"
#include "engine/optimizers/Optimizer.h"
#include "engine/training/AugmentedBatch.h"
#include "engine/training/Evaluation.h"
#include "engine/training/PlanRequests.h"
#include "engine/training/stopping/StoppingRule.h"

namespace perceptory::training {

namespace {

constexpr std::int64_t numberSize = 4;

// A solver and its copy in restore points.
std::int64_t solverMemory(const TrainSpec& spec, std::int64_t parameters) {
    const optimizers::OptimizerType& type = optimizers::shelf().get(spec.optimizer.type, "training.optimizer");
    if (!type.solver) return 0;
    const std::int64_t numbers = type.solverNumbers(base::ParamValues(type.parameters, spec.optimizer.parameters));
    return base::checkedMultiply(parameters, 2 * numbers * static_cast<std::int64_t>(sizeof(double)),
                                 base::sentence("The memory for the optimizer"));
}

bool keepsBest(const TrainSpec& spec) {
    return std::ranges::any_of(spec.stopping, [](const base::KindSpec& rule) {
        const StoppingRuleType& type = stoppingRules().get(rule.type, "training.stopping");
        return type.restoresBest && type.restoresBest(base::ParamValues(type.parameters, rule.parameters));
    });
}

// Sizes of the batches that `rows` are taken in.
std::set<std::int64_t> batchesOf(std::size_t rows, std::int64_t size) {
    const auto all = static_cast<std::int64_t>(rows);
    std::set<std::int64_t> batches{std::min(all, size), all % size};
    batches.erase(0);
    return batches;
}

// The working memory of the plans a run makes: for training, and for measuring every part.
std::int64_t planMemory(const RunSpec& spec, const network::NetworkCheck& check, const std::vector<Head>& heads,
                        const data::Dataset& dataset) {
    const std::string what = base::sentence("The memory for the activations");
    const network::Network network(check);
    std::int64_t numbers = 0;
    const auto add = [&](const Objective& objective, const ir::PlanRequest& request) {
        numbers = base::checkedAdd(numbers, ir::compilePlan(objective.lowered.graph, request).arena, what);
    };
    const Objective training = makeObjective(network, heads, purposeOf(augmentationOf(spec).get()));
    for (const std::int64_t batch : batchesOf(dataset.parts.train.size(), spec.training.batchSize))
        add(training, trainingRequest(training, network, batch, ir::Kernels::Fast));
    const Objective measuring = makeObjective(network, heads, Purpose::Measuring);
    const std::int64_t most = measuringBatch(check.nodes, measuring.lowered.graph);
    std::set<std::int64_t> measured;
    for (const auto* part : {&dataset.parts.train, &dataset.parts.validation, &dataset.parts.test})
        measured.merge(batchesOf(part->size(), most));
    for (const std::int64_t batch : measured) add(measuring, measuringRequest(measuring, batch, ir::Kernels::Fast));
    return base::checkedMultiply(numbers, numberSize, what);
}

// What is held of every row for the losses and metrics of a head: its encoded targets, the weights of their classes,
// and all scores where a metric sorts them.
std::int64_t measuringMemory(const TrainSpec& spec, const Head& head, std::int64_t rows) {
    const OutputReading& reading = head.reading;
    std::int64_t numbers = reading.targetWidth() + (reading.classWeights.empty() ? 0 : reading.units());
    const std::vector<base::KindSpec> metrics = metricsFor(spec, reading);
    const bool sorts = std::ranges::any_of(metrics, [](const base::KindSpec& choice) {
        return metrics::shelf().get(choice.type, "training.metrics").keepsScores;
    });
    // A score and whether it is of the class; once more while they are sorted.
    const int scores = reading.classes == 2 ? 1 : std::max(reading.classes, reading.outputs);
    if (sorts) numbers += 2 * std::int64_t{reading.units()} * (scores + 1);
    return base::checkedMultiply(rows, numbers * numberSize, base::sentence("The memory for the metrics"));
}

}  // namespace

std::string sizeText(std::int64_t bytes) {
    const char* units[] = {"bytes", "kB", "MB", "GB", "TB", "PB"};
    double size = static_cast<double>(bytes);
    int unit = 0;
    while (size >= 1000 && unit < 5) {
        size /= 1000;
        ++unit;
    }
    char text[32];
    std::snprintf(text, sizeof text, unit == 0 ? "%.0f" : "%.1f", size);
    std::string result = text;
    std::ranges::replace(result, ',', '.');  // snprintf follows the locale
    return result + " " + units[unit];
}

std::int64_t freeMemory() {
    std::ifstream info("/proc/meminfo");
    for (std::string word; info >> word;)
        if (word == "MemAvailable:") {
            std::int64_t kilobytes = 0;
            info >> kilobytes;
            return kilobytes * 1024;
        }
    return static_cast<std::int64_t>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
}

MemoryEstimate estimateMemory(const RunSpec& spec, const network::NetworkCheck& network, const std::vector<Head>& heads,
                              const data::Dataset& dataset) {
    using base::checkedAdd, base::checkedMultiply;
    MemoryEstimate memory;
    memory.weights = checkedMultiply(network.parameters, numberSize, base::sentence("The memory for the weights"));
    memory.gradients = memory.weights;
    const int slots = optimizers::shelf().get(spec.training.optimizer.type, "training.optimizer").slotCount;
    // Restore points hold one more copy of what training changes.
    memory.optimizer = checkedMultiply(memory.weights, 2 * slots + 1, base::sentence("The memory for the optimizer"));
    memory.optimizer = checkedAdd(memory.optimizer, solverMemory(spec.training, network.parameters),
                                  base::sentence("The memory for the optimizer"));
    if (keepsBest(spec.training)) memory.optimizer += 2 * memory.weights;  // and in restore points
    memory.activations = planMemory(spec, network, heads, dataset);
    std::size_t numbers = dataset.inputs.size();
    for (std::size_t i = 0; i < dataset.targetCount(); ++i)
        numbers += dataset.target(i).targets.size() + dataset.target(i).labels.size();
    memory.data = static_cast<std::int64_t>(numbers * sizeof(float)) + dataset.raw.memory();
    for (const Head& head : heads)
        memory.measuring =
            checkedAdd(memory.measuring, measuringMemory(spec.training, head, static_cast<std::int64_t>(dataset.count)),
                       base::sentence("The memory for the metrics"));
    checkedAdd(checkedAdd(memory.weights + memory.gradients, memory.optimizer, base::sentence("The memory")),
               memory.activations, base::sentence("The memory"));
    return memory;
}

std::string MemoryEstimate::sentence() const {
    return base::sentence("{0}: weights {1}, gradients {2}, optimizer {3}, activations {4}, data {5}, metrics {6}",
                          sizeText(total()), sizeText(weights), sizeText(gradients), sizeText(optimizer),
                          sizeText(activations), sizeText(data), sizeText(measuring));
}

}  // namespace perceptory::training
