#include "engine/training/Evaluation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/base/Checked.h"
#include "engine/ir/Primitive.h"
#include "engine/metrics/Metric.h"
#include "engine/training/PlanRequests.h"

namespace perceptory::training {

namespace {

constexpr std::int64_t largestBatch = 1024;
// Numbers a batch may fill: 64 MiB of floats, so that measuring wide networks takes no more memory than training them.
constexpr std::int64_t largestArena = std::int64_t{1} << 24;
// Multiply-adds of a batch, unless it has few rows: those of large networks cost more each in batches that are small.
constexpr double mostWork = 1e9;
constexpr double fewRows = 16;
// Units whose results metrics are handed together: few, so that images of pixels need no memory to speak of.
constexpr std::size_t unitsAtOnce = 1024;

// Collects what metrics and the confusion matrix of a head need from one batch after another. Units that are padding or
// of the ignored class are left out.
class Tally {
public:
    Tally(const std::vector<base::KindSpec>& metrics, const Head& head, const data::Target& target)
        : m_reading(head.reading), m_target(target) {
        const std::vector<std::string> keys = metricKeys(metrics, head.reading);
        for (std::size_t i = 0; i < metrics.size(); ++i) {
            const metrics::MetricType& type = metrics::shelf().get(metrics[i].type, "training.metrics");
            m_metrics.emplace_back(keys[i], type.create(base::ParamValues(type.parameters, metrics[i].parameters)));
        }
        const auto classes = static_cast<std::size_t>(m_reading.classes);
        m_confusion.assign(classes, std::vector<std::int64_t>(classes, 0));
    }

    // The mask has no data where nothing is padding.
    void add(const backends::MatrixView& outputs, const backends::MatrixView& mask,
             std::span<const std::uint32_t> rows) {
        const auto units = static_cast<std::size_t>(m_reading.units());
        for (std::size_t i = 0; i < rows.size(); ++i)
            for (std::size_t unit = 0; unit < units; ++unit) {
                if (!mask.data || rowOf(mask, i)[unit] != 0)
                    addUnit(rowOf(outputs, i) + unit * static_cast<std::size_t>(m_reading.outputs),
                            rows[i] * units + unit);
                if (m_values.size() >= unitsAtOnce * static_cast<std::size_t>(m_reading.outputs)) handOver();
            }
        handOver();
    }

    void tell(HeadEvaluation& evaluation) const {
        for (const auto& [key, metric] : m_metrics) evaluation.metrics[key] = metric->result();
        evaluation.confusion = m_confusion;
    }

private:
    void handOver() {
        const bool labels = m_reading.answers == Answers::Labels;
        const metrics::Batch batch{static_cast<std::int64_t>(m_values.size()) / m_reading.outputs,
                                   m_reading.outputs,
                                   m_values.data(),
                                   m_targets.data(),
                                   m_predicted.data(),
                                   m_actual.data(),
                                   labels ? m_reading.outputs : m_reading.classes,
                                   m_probabilities.data(),
                                   labels ? m_values.data() : m_scores.data(),
                                   labels ? m_targets.data() : nullptr};
        for (const auto& [key, metric] : m_metrics) metric->add(batch);
        for (auto* numbers : {&m_values, &m_targets, &m_probabilities, &m_scores}) numbers->clear();
        m_predicted.clear();
        m_actual.clear();
    }

    // `unit` counts those of all rows of the data.
    void addUnit(const float* output, std::size_t unit) {
        const auto width = static_cast<std::size_t>(m_reading.outputs);
        if (m_reading.classes) {
            const int actual = m_target.labels[unit];
            if (actual == m_reading.ignoredClass) return;
            m_predicted.push_back(m_reading.classOf(output));
            m_actual.push_back(actual);
            ++m_confusion[static_cast<std::size_t>(actual)][static_cast<std::size_t>(m_predicted.back())];
            m_reading.probabilities(output, grown(m_probabilities));
            m_reading.scores(output, grown(m_scores));
        } else {
            const float* target = m_target.targets.data() + unit * width;
            m_targets.insert(m_targets.end(), target, target + width);
            for (std::size_t k = 0; m_reading.answers == Answers::Labels && k < width; ++k)
                m_probabilities.push_back(m_reading.probability(output[k]));
        }
        m_values.insert(m_values.end(), output, output + width);
    }

    // The room for one more number of each class.
    float* grown(std::vector<float>& numbers) const {
        numbers.resize(numbers.size() + static_cast<std::size_t>(m_reading.classes));
        return numbers.data() + numbers.size() - m_reading.classes;
    }

    const OutputReading& m_reading;
    const data::Target& m_target;
    std::vector<std::pair<std::string, std::unique_ptr<metrics::Metric>>> m_metrics;
    std::vector<std::vector<std::int64_t>> m_confusion;
    std::vector<float> m_values, m_targets, m_probabilities, m_scores;
    std::vector<int> m_predicted, m_actual;
};

// A head's loss over several batches.
struct LossSum {
    double sum = 0, weight = 0;

    void add(backends::cpu::Executable& executable, const HeadLoss& head) {
        const double total = *rowOf(executable.view(head.total), 0);
        if (total > 0) sum += static_cast<double>(*rowOf(executable.view(head.mean), 0)) * total;
        weight += total;
    }
    double loss(bool rootOfMean) const {
        if (!(weight > 0)) return std::numeric_limits<double>::quiet_NaN();
        return rootOfMean ? std::sqrt(sum / weight) : sum / weight;
    }
};

// What the heads measured, under the keys of metricIds().
void sumUp(Evaluation& evaluation) {
    const HeadEvaluation& first = evaluation.heads.front();
    evaluation.confusion = first.confusion;
    evaluation.metrics = first.metrics;
    if (evaluation.heads.size() == 1) return;
    evaluation.metrics.clear();
    for (const HeadEvaluation& head : evaluation.heads) {
        evaluation.metrics[head.name + ".loss"] = head.loss;
        for (const auto& [id, value] : head.metrics) evaluation.metrics[head.name + "." + id] = value;
    }
}

bool fits(const metrics::MetricType& type, Answers answers) {
    switch (answers) {
        case Answers::Classes:
            return type.classification;
        case Answers::Labels:
            return type.labels;
        case Answers::Numbers:
            return type.regression;
        case Answers::Shares:
            break;
    }
    return false;
}

// What tells a choice of a metric from another one of it.
std::string distinction(const base::KindSpec& choice, const OutputReading& reading) {
    const metrics::MetricType& type = metrics::shelf().get(choice.type, "training.metrics");
    const base::ParamValues values(type.parameters, choice.parameters);
    if (!type.parameter("average")) {
        std::string numbers;
        for (const base::ParamType& parameter : type.parameters) numbers += "_" + values.value(parameter.id).dump();
        return numbers;
    }
    if (values.text("average") != "class") return "_" + values.text("average");
    const auto index = static_cast<std::size_t>(values.integer("of_class"));
    return "_" + (index < reading.names.size() ? reading.names[index] : std::to_string(index));
}

}  // namespace

std::int64_t measuringBatch(const std::vector<network::NodeCheck>& nodes, const ir::Graph& graph) {
    std::int64_t values = 1;
    for (const network::NodeCheck& node : nodes)
        values = base::checkedAdd(values, tensor::elementCount(node.output),
                                  base::sentence("The memory for the activations"));
    double work = 1;
    for (const ir::Operation& operation : graph.operations())
        if (operation.type->work) work += operation.type->work(graph, operation, 1);
    const auto rows = static_cast<std::int64_t>(std::clamp(mostWork / work, fewRows, double(largestBatch)));
    return std::clamp<std::int64_t>(largestArena / values, 1, rows);
}

std::vector<base::KindSpec> metricsFor(const TrainSpec& spec, const OutputReading& reading) {
    std::vector<base::KindSpec> chosen = spec.metrics;
    if (chosen.empty())
        for (const metrics::MetricType* type : metrics::shelf().members())
            if (type->standard) chosen.push_back({type->id});
    std::vector<base::KindSpec> fitting;
    for (const base::KindSpec& choice : chosen)
        if (fits(metrics::shelf().get(choice.type, "training.metrics"), reading.answers) &&
            std::ranges::count(fitting, choice) == 0)
            fitting.push_back(choice);
    return fitting;
}

std::vector<std::string> metricKeys(const std::vector<base::KindSpec>& metrics, const OutputReading& reading) {
    std::vector<std::string> keys;
    for (const base::KindSpec& choice : metrics) {
        const bool single = std::ranges::count(metrics, choice.type, &base::KindSpec::type) == 1;
        keys.push_back(choice.type + (single ? "" : distinction(choice, reading)));
    }
    return keys;
}

std::vector<std::string> metricIds(const TrainSpec& spec, const std::vector<Head>& heads) {
    std::vector<std::string> ids;
    for (const Head& head : heads) {
        const std::string prefix = heads.size() > 1 ? head.name + "." : "";
        if (heads.size() > 1) ids.push_back(prefix + "loss");
        for (const std::string& key : metricKeys(metricsFor(spec, head.reading), head.reading))
            ids.push_back(prefix + key);
    }
    return ids;
}

Evaluator::Evaluator(const network::Network& network, const TrainSpec& spec, const std::vector<Head>& heads,
                     tensor::Buffer& weights, const backends::cpu::Processor& processor)
    : m_spec(spec),
      m_heads(heads),
      m_weights(weights),
      m_processor(processor),
      m_objective(makeObjective(network, heads, Purpose::Measuring)),
      m_batch(static_cast<std::size_t>(measuringBatch(network.nodes(), m_objective.lowered.graph))) {}

backends::cpu::Executable& Evaluator::plan(std::int64_t batch) {
    std::unique_ptr<backends::cpu::Executable>& plan = m_plans[batch];
    if (plan) return *plan;
    plan = std::make_unique<backends::cpu::Executable>(
        ir::compilePlan(m_objective.lowered.graph, measuringRequest(m_objective, batch, m_processor.kernels)),
        m_processor.table, backends::cpu::Memory{&m_weights, nullptr}, m_processor.pool);
    return *plan;
}

backends::cpu::Executable& Evaluator::planOfEach(std::int64_t batch) {
    std::unique_ptr<backends::cpu::Executable>& plan = m_plansOfEach[batch];
    if (plan) return *plan;
    const ir::PlanRequest request{
        .batch = batch, .keep = {m_objective.heads.front().each}, .kernels = m_processor.kernels};
    plan = std::make_unique<backends::cpu::Executable>(ir::compilePlan(m_objective.lowered.graph, request),
                                                       m_processor.table, backends::cpu::Memory{&m_weights, nullptr},
                                                       m_processor.pool);
    return *plan;
}

std::vector<float> Evaluator::lossOfEach(const BatchLoader& loader, std::span<const std::uint32_t> rows) {
    std::vector<float> losses;
    const ir::ValueId each = m_objective.heads.front().each;
    const std::int64_t units = tensor::elementCount(m_objective.lowered.graph.value(each).shape);
    for (std::size_t first = 0; first < rows.size(); first += m_batch) {
        const auto batch = rows.subspan(first, std::min(m_batch, rows.size() - first));
        backends::cpu::Executable& plan = planOfEach(std::ssize(batch));
        loader.load(plan, m_objective, batch);
        plan.run({});
        for (std::size_t i = 0; i < batch.size(); ++i) {
            const float* own = rowOf(plan.view(each), i);
            losses.push_back(std::accumulate(own, own + units, 0.0f) / static_cast<float>(units));
        }
    }
    return losses;
}

struct EvaluationPass::State {
    Evaluator& evaluator;
    const BatchLoader& loader;
    std::span<const std::uint32_t> rows;
    std::size_t done = 0;  // rows
    std::vector<Tally> tallies{};
    std::vector<LossSum> losses{};
    double activity = 0;  // sum over the rows
};

EvaluationPass::EvaluationPass(std::unique_ptr<State> state) : m_state(std::move(state)) {}
EvaluationPass::EvaluationPass(EvaluationPass&&) noexcept = default;
EvaluationPass& EvaluationPass::operator=(EvaluationPass&&) noexcept = default;
EvaluationPass::~EvaluationPass() = default;

std::size_t EvaluationPass::samplesDone() const { return m_state->done; }
bool EvaluationPass::done() const { return m_state->done == m_state->rows.size(); }

void EvaluationPass::advance() {
    if (done()) return;
    const Objective& objective = m_state->evaluator.m_objective;
    const auto left = m_state->rows.subspan(m_state->done);
    const auto part = left.first(std::min(m_state->evaluator.m_batch, left.size()));
    backends::cpu::Executable& executable = m_state->evaluator.plan(static_cast<std::int64_t>(part.size()));
    m_state->loader.load(executable, objective, part);
    executable.run({});
    if (objective.activity != ir::none)
        m_state->activity +=
            static_cast<double>(*rowOf(executable.view(objective.activity), 0)) * static_cast<double>(part.size());
    for (std::size_t h = 0; h < objective.heads.size(); ++h) {
        const HeadLoss& head = objective.heads[h];
        m_state->losses[h].add(executable, head);
        m_state->tallies[h].add(executable.view(head.output),
                                head.mask == ir::none ? backends::MatrixView{} : executable.view(head.mask), part);
    }
    m_state->done += part.size();
}

Evaluation EvaluationPass::result() const {
    const Evaluator& evaluator = m_state->evaluator;
    Evaluation evaluation{.samples = m_state->done};
    if (m_state->done > 0) evaluation.activityPenalty = m_state->activity / static_cast<double>(m_state->done);
    for (std::size_t h = 0; h < evaluator.m_heads.size(); ++h) {
        const Head& head = evaluator.m_heads[h];
        HeadEvaluation one{head.name, m_state->losses[h].loss(evaluator.m_objective.heads[h].rootOfMean), {}, {}};
        m_state->tallies[h].tell(one);
        evaluation.loss += head.weight * one.loss;
        evaluation.heads.push_back(std::move(one));
    }
    sumUp(evaluation);
    return evaluation;
}

EvaluationPass Evaluator::start(const data::Dataset& dataset, const BatchLoader& loader,
                                std::span<const std::uint32_t> rows) {
    auto state = std::make_unique<EvaluationPass::State>(EvaluationPass::State{*this, loader, rows});
    for (const Head& head : m_heads)
        state->tallies.emplace_back(metricsFor(m_spec, head.reading), head, dataset.target(head.target));
    state->losses.resize(m_heads.size());
    return EvaluationPass(std::move(state));
}

}  // namespace perceptory::training
