#include "engine/training/RunCheck.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/base/Text.h"
#include "engine/ir/Primitive.h"
#include "engine/losses/Loss.h"
#include "engine/metrics/Metric.h"
#include "engine/network/Blocks.h"
#include "engine/network/Network.h"
#include "engine/optimizers/Optimizer.h"
#include "engine/schedules/Schedule.h"
#include "engine/training/AugmentedBatch.h"
#include "engine/training/Evaluation.h"
#include "engine/training/stopping/StoppingRule.h"

namespace perceptory::training {

namespace {

// Whether the losses can be lowered; what their parameters lack was told when the spec was read.
bool lossesAreSound(const std::vector<Head>& heads) {
    base::Problems known;
    for (const Head& head : heads) losses::shelf().check(head.loss, "training.loss", known);
    return !base::hasError(known);
}

bool watchesAnything(const TrainSpec& spec) {
    const schedules::ScheduleType& schedule = schedules::shelf().get(spec.schedule.type, "training.schedule");
    return schedule.observe || std::ranges::any_of(spec.stopping, [](const base::KindSpec& rule) {
               return stoppingRules().get(rule.type, "training.stopping").watched;
           });
}

// What rules and schedules watch must be measured.
void checkWatched(const RunSpec& spec, const data::Dataset& dataset, const std::vector<Head>& heads,
                  base::Problems& problems) {
    std::vector<std::string> known = metricIds(spec.training, heads);
    known.insert(known.begin(), "loss");
    for (const base::KindSpec& rule : spec.training.stopping) {
        const StoppingRuleType& type = stoppingRules().get(rule.type, "training.stopping");
        if (!type.watched) continue;
        const std::string id = type.watched(base::ParamValues(type.parameters, rule.parameters));
        if (std::ranges::count(known, id)) continue;
        std::string list;
        for (const std::string& one : known) list += (list.empty() ? "" : ", ") + one;
        problems.push_back({"training.stopping", base::Severity::Error,
                            base::sentence("\"{0}\" is not measured in this run, so no rule can watch it.", id),
                            base::sentence("Use one of: {0}.", list)});
    }
    if (watchesAnything(spec.training) && dataset.parts.validation.empty() && dataset.parts.test.empty())
        problems.push_back(
            {"data.split", base::Severity::Warning,
             base::sentence("There is no validation or test data to watch, so the training data are watched."),
             base::sentence("Give validation a share of the data.")});
}

// The node of the first random operation of a training plan; empty: there is none.
std::string randomNode(const network::NetworkCheck& check) {
    const network::Lowered lowered = network::Network(check).lower(true);
    for (const ir::Operation& operation : lowered.graph.operations())
        if (operation.type->random) return operation.node;
    return "";
}

// An optimizer that evaluates several times in a step needs the same loss every time.
void checkSolver(const RunSpec& spec, const data::Dataset& dataset, RunCheck& check) {
    const TrainSpec& training = spec.training;
    if (!optimizers::shelf().get(training.optimizer.type, "training.optimizer").solver) return;
    const auto refuse = [&](const std::string& where, std::string sentence, std::string fix) {
        check.problems.push_back({where, base::Severity::Error, std::move(sentence), std::move(fix)});
    };
    const std::string& id = training.optimizer.type;
    const std::size_t rows = dataset.parts.train.size();
    if (static_cast<std::size_t>(training.batchSize) < rows)
        refuse("training.batch_size", base::sentence("{0} needs all {1} training rows in one batch.", id, rows),
               base::sentence("Set the batch size to {0}, or choose another optimizer.", rows));
    if (const std::string node = randomNode(check.network); !node.empty())
        refuse(node, base::sentence("{0} needs the same loss every time, but this layer is random in training.", id),
               base::sentence("Remove it, or choose another optimizer."));
    if (training.clip.type != Clip::Type::None)
        refuse("training.clip", base::sentence("{0} cannot work with clipped gradients.", id),
               base::sentence("Remove \"clip\", or choose another optimizer."));
    for (const network::NodeCheck& node : check.network.nodes)
        if (node.spec.learningRateFactor != 1 && !node.weights.empty())
            refuse(node.spec.id + ".learning_rate_factor",
                   base::sentence("{0} moves all weights together and knows no factors.", id),
                   base::sentence("Remove it, or freeze the layer with \"trainable\": false."));
}

bool learns(const network::Parameter& parameter) { return parameter.trainable && parameter.learningRateFactor > 0; }

void warnIfNothingLearns(RunCheck& check) {
    const network::Network network(check.network);
    if (std::ranges::any_of(network.parameters(), learns)) return;
    const auto state = [](const network::Parameter& parameter) { return parameter.spec.state; };
    const bool none = std::ranges::all_of(network.parameters(), state);
    check.problems.push_back(
        {"network", base::Severity::Warning,
         none ? base::sentence("Nothing in this network learns: no layer has weights to train.")
              : base::sentence("Nothing in this network learns: all layers with weights are frozen."),
         none ? base::sentence("Add a layer with weights, such as dense.")
              : base::sentence("Set \"trainable\" of a layer to true and its \"learning_rate_factor\" above 0.")});
}

// A value without others to compare with is its own mean.
void warnOfSingleValues(RunCheck& check) {
    const network::Lowered lowered = network::Network(check.network).lower(true);
    for (const ir::Operation& operation : lowered.graph.operations()) {
        if (operation.type != &ir::NormalizePrimitive || operation.integers[3] != 0) continue;
        if (operation.integers[0] * operation.integers[2] != 1) continue;
        check.problems.push_back(
            {operation.node, base::Severity::Warning,
             base::sentence("It takes mean and spread out of one value at a time, so it puts out the same whatever "
                            "comes in."),
             base::sentence("Remove it, or let it see more values at a time.")});
    }
}

// Statistics of a batch need more than one value of each channel.
void warnOfLoneValues(const RunSpec& spec, const data::Dataset& dataset, RunCheck& check) {
    const auto size = static_cast<std::size_t>(spec.training.batchSize);
    if (size > 1 && dataset.parts.train.size() % size != 1) return;
    const network::Lowered lowered = network::Network(check.network).lower(true);
    for (const ir::Operation& operation : lowered.graph.operations()) {
        const bool ofBatch = operation.type == &ir::NormalizePrimitive && operation.integers[3] != 0;
        if (!ofBatch || tensor::elementCount(lowered.graph.value(operation.inputs[0]).shape) != operation.integers[1])
            continue;
        check.problems.push_back(
            {operation.node, base::Severity::Warning,
             size == 1 ? base::sentence("A batch of one row has no mean and spread of its own, so this layer uses its "
                                        "running averages, which then never change.")
                       : base::sentence("The last batch of an epoch has one row and so no mean and spread of its own; "
                                        "this layer uses its running averages for it."),
             size == 1 ? base::sentence("Use a larger batch size.") : base::sentence("Use another batch size.")});
    }
}

// The inputs whose numbers reach a node unchanged, and the first layer on the way that makes other numbers.
struct Sources {
    std::vector<const network::NodeCheck*> inputs;
    const network::NodeCheck* maker = nullptr;
};

void findSources(const network::NetworkCheck& network, const network::NodeCheck& node, Sources& sources) {
    for (const std::size_t index : node.inputs) {
        const network::NodeCheck& before = network.nodes[index];
        if (before.inputs.empty())
            sources.inputs.push_back(&before);
        else if (before.spec.bypass || before.type->passes)
            findSources(network, before, sources);
        else if (!sources.maker)
            sources.maker = &before;
    }
}

// A field of the data, all rows of it.
std::vector<float> valuesOf(const data::Dataset& dataset, const std::string& field) {
    std::vector<float> values, scratch;
    std::size_t first = 0;
    for (const data::Field& one : dataset.inputFields()) {
        const auto size = static_cast<std::size_t>(one.size());
        for (std::size_t row = 0; one.name == field && row < dataset.count; ++row) {
            const auto part = dataset.input(row, scratch).subspan(first, size);
            values.insert(values.end(), part.begin(), part.end());
        }
        first += size;
    }
    return values;
}

// The numbers of a field, of which a node looks up the rows.
void checkNumbers(const network::NodeCheck& node, const std::vector<float>& values, base::Problems& problems) {
    const std::int64_t entries = node.type->rows(base::ParamValues(node.type->parameters, node.spec.parameters));
    const auto odd = std::ranges::find_if(values, [](float x) { return x < 0 || x != std::floor(x); });
    const float most = values.empty() ? 0 : std::ranges::max(values);
    if (odd != values.end())
        problems.push_back({node.spec.id, base::Severity::Error,
                            base::sentence("It looks up whole numbers, but {0} stands in the data.", numberText(*odd)),
                            base::sentence("Connect it to whole numbers from 0 on, without preprocessing.")});
    else if (static_cast<double>(most) >= static_cast<double>(entries))
        problems.push_back(
            {node.spec.id, base::Severity::Error,
             base::sentence("It has {0} entries, but the number {1} stands in the data.", entries,
                            static_cast<double>(most) < 1e9 ? std::to_string(std::int64_t(most)) : numberText(most)),
             base::sentence("Give it more entries than the largest number.")});
}

// What looks up rows must find them.
void checkRows(const data::Dataset& dataset, RunCheck& check) {
    for (const network::NodeCheck& node : check.network.nodes) {
        if (!node.type->rows || node.spec.bypass) continue;
        Sources sources;
        findSources(check.network, node, sources);
        if (sources.maker)
            check.problems.push_back(
                {node.spec.id, base::Severity::Error,
                 base::sentence("It looks up whole numbers, but {0} puts out numbers of every kind.",
                                sources.maker->spec.id),
                 base::sentence("Connect it to an input; between them values may only change their place.")});
        for (const network::NodeCheck* input : sources.inputs)
            checkNumbers(node, valuesOf(dataset, input->spec.field), check.problems);
    }
}

// The metrics of the heads with their values: those that are sound.
template <class Visit>
void forEachMetric(const TrainSpec& spec, const RunCheck& check, Visit visit) {
    for (const Head& head : check.heads)
        for (const base::KindSpec& choice : metricsFor(spec, head.reading)) {
            base::Problems faults;
            const metrics::MetricType* type = metrics::shelf().check(choice, "training.metrics", faults);
            if (type && faults.empty()) visit(head, *type, base::ParamValues(type->parameters, choice.parameters));
        }
}

void warnOfSureHits(const TrainSpec& spec, RunCheck& check) {
    forEachMetric(spec, check, [&](const Head& head, const metrics::MetricType& type, const base::ParamValues& values) {
        const std::int64_t count = head.reading.classes;
        if (!type.guesses || type.guesses(values) < count) return;
        check.problems.push_back({"training.metrics", base::Severity::Warning,
                                  base::sentence("{0} of {1} guesses is always 1, for there are {2} classes.", type.id,
                                                 type.guesses(values), count),
                                  base::sentence("Let it guess fewer classes, or remove it.")});
    });
}

// A metric of a class that there is not measures nothing.
void warnOfMissingClasses(const TrainSpec& spec, RunCheck& check) {
    forEachMetric(spec, check, [&](const Head& head, const metrics::MetricType& type, const base::ParamValues& values) {
        if (!type.parameter("of_class") || values.text("average") != "class") return;
        const std::int64_t index = values.integer("of_class"), count = std::ssize(head.reading.names);
        if (index < count) return;
        check.problems.push_back({"training.metrics", base::Severity::Warning,
                                  base::sentence("There is no class {0} for {1}: the classes count from 0 to {2}.",
                                                 index, type.id, count - 1),
                                  base::sentence("Set \"of_class\" to one of them.")});
    });
}

// The ids of all metrics that some head can be measured with.
std::string fittingMetrics(const RunCheck& check) {
    TrainSpec all;
    for (const metrics::MetricType* type : metrics::shelf().members()) all.metrics.push_back({type->id});
    std::set<std::string> ids;
    for (const Head& head : check.heads)
        for (const base::KindSpec& choice : metricsFor(all, head.reading)) ids.insert(choice.type);
    std::string list;
    for (const std::string& id : ids) list += (list.empty() ? "" : ", ") + id;
    return list;
}

// Metrics of numbers where classes are predicted, or the other way round.
void tellIdleMetrics(const TrainSpec& spec, RunCheck& check) {
    for (const base::KindSpec& choice : spec.metrics) {
        const auto measures = [&](const Head& head) {
            return std::ranges::count(metricsFor(spec, head.reading), choice) > 0;
        };
        if (std::ranges::any_of(check.heads, measures)) continue;
        const std::string label = base::translated(metrics::shelf().get(choice.type, "training.metrics").label),
                          others = fittingMetrics(check);
        check.problems.push_back(
            {"training.metrics", base::Severity::Hint,
             base::sentence("{0} does not suit what this network predicts, so it is not measured.", label),
             others.empty() ? base::sentence("Remove it.")
                            : base::sentence("Remove it, or choose one of {0}.", others)});
    }
}

}  // namespace

RunCheck checkFit(const RunSpec& spec, const data::Dataset& dataset) {
    RunCheck check;
    check.network = network::checkNetwork(spec.network, surroundingsOf(spec.training, dataset));
    check.problems = check.network.problems;
    if (!check.ok()) return check;
    check.heads = readHeads(check.network, spec.training, dataset, spec.data.targetEncoding, check.problems);
    checkRows(dataset, check);
    network::tellOncePerBlock(spec.network, check.problems);
    return check;
}

RunCheck checkRun(const RunSpec& spec, const data::Dataset& dataset, std::int64_t memoryLimit) {
    RunCheck check = checkFit(spec, dataset);
    if (!check.network.ok()) return check;
    if (dataset.parts.train.empty())
        check.problems.push_back({"data.split", base::Severity::Error, base::sentence("No rows are left for training."),
                                  base::sentence("Give training a larger share.")});
    checkWatched(spec, dataset, check.heads, check.problems);
    checkSolver(spec, dataset, check);
    warnIfNothingLearns(check);
    warnOfMissingClasses(spec.training, check);
    warnOfSureHits(spec.training, check);
    tellIdleMetrics(spec.training, check);
    checkAugmented(spec, dataset, check.problems);
    warnOfLoneValues(spec, dataset, check);
    warnOfSingleValues(check);
    network::tellOncePerBlock(spec.network, check.problems);
    if (!check.ok() || !lossesAreSound(check.heads)) return check;  // no plan could be made
    try {
        check.memory = estimateMemory(spec, check.network, check.heads, dataset);
        const std::int64_t limit = memoryLimit > 0 ? memoryLimit : freeMemory() / 4 * 3;
        if (check.memory.total() > limit)
            check.problems.push_back(
                {"network", base::Severity::Error,
                 base::sentence("Training needs {0}; {1} can be used.", check.memory.sentence(), sizeText(limit)),
                 base::sentence("Use fewer units or a smaller batch.")});
    } catch (const base::Error& error) {
        check.problems.push_back(
            {"network", base::Severity::Error, error.sentence(), base::sentence("Use fewer units.")});
    }
    return check;
}

}  // namespace perceptory::training
