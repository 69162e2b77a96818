#include "engine/training/Evaluation.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/Checked.h"
#include "engine/metrics/Metric.h"
#include "engine/training/PlanRequests.h"

namespace perceptory::training {

namespace {

constexpr std::int64_t largestBatch = 1024;
// Numbers a batch may fill: 64 MiB of floats, so that measuring wide networks takes no more memory than training them.
constexpr std::int64_t largestArena = std::int64_t{1} << 24;

// Collects what metrics and the confusion matrix of a head need from one batch after another. Units that are padding or
// of the ignored class are left out.
class Tally {
public:
    Tally(const std::vector<base::KindSpec>& metrics, const Head& head, const data::Target& target)
        : m_reading(head.reading), m_target(target) {
        for (const base::KindSpec& choice : metrics) {
            const metrics::MetricType& type = metrics::shelf().get(choice.type, "training.metrics");
            m_metrics.emplace_back(type.id, type.create(base::ParamValues(type.parameters, choice.parameters)));
        }
        const auto classes = static_cast<std::size_t>(m_reading.classes);
        m_confusion.assign(classes, std::vector<std::int64_t>(classes, 0));
    }

    // The mask has no data where nothing is padding.
    void add(const backends::MatrixView& outputs, const backends::MatrixView& mask,
             std::span<const std::uint32_t> rows) {
        for (auto* numbers : {&m_values, &m_targets, &m_probabilities}) numbers->clear();
        m_predicted.clear();
        m_actual.clear();
        const auto units = static_cast<std::size_t>(m_reading.units());
        for (std::size_t i = 0; i < rows.size(); ++i)
            for (std::size_t unit = 0; unit < units; ++unit)
                if (!mask.data || rowOf(mask, i)[unit] != 0)
                    addUnit(rowOf(outputs, i) + unit * static_cast<std::size_t>(m_reading.outputs),
                            rows[i] * units + unit);
        const metrics::Batch batch{static_cast<std::int64_t>(m_values.size()) / m_reading.outputs,
                                   m_reading.outputs,
                                   m_values.data(),
                                   m_targets.data(),
                                   m_predicted.data(),
                                   m_actual.data(),
                                   m_reading.classes,
                                   m_probabilities.data()};
        for (const auto& [id, metric] : m_metrics) metric->add(batch);
    }

    void finish(HeadEvaluation& evaluation) {
        for (const auto& [id, metric] : m_metrics) evaluation.metrics[id] = metric->result();
        evaluation.confusion = std::move(m_confusion);
    }

private:
    // `unit` counts those of all rows of the data.
    void addUnit(const float* output, std::size_t unit) {
        const auto width = static_cast<std::size_t>(m_reading.outputs);
        if (m_reading.classes) {
            const int actual = m_target.labels[unit];
            if (actual == m_reading.ignoredClass) return;
            m_predicted.push_back(m_reading.classOf(output));
            m_actual.push_back(actual);
            ++m_confusion[static_cast<std::size_t>(actual)][static_cast<std::size_t>(m_predicted.back())];
            m_probabilities.resize(m_probabilities.size() + static_cast<std::size_t>(m_reading.classes));
            m_reading.probabilities(output, m_probabilities.data() + m_probabilities.size() - m_reading.classes);
        } else {
            const float* target = m_target.targets.data() + unit * width;
            m_targets.insert(m_targets.end(), target, target + width);
        }
        m_values.insert(m_values.end(), output, output + width);
    }

    const OutputReading& m_reading;
    const data::Target& m_target;
    std::vector<std::pair<std::string, std::unique_ptr<metrics::Metric>>> m_metrics;
    std::vector<std::vector<std::int64_t>> m_confusion;
    std::vector<float> m_values, m_targets, m_probabilities;
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

}  // namespace

std::int64_t measuringBatch(const std::vector<network::NodeCheck>& nodes) {
    std::int64_t values = 1;
    for (const network::NodeCheck& node : nodes)
        values = base::checkedAdd(values, tensor::elementCount(node.output),
                                  base::sentence("The memory for the activations"));
    return std::clamp<std::int64_t>(largestArena / values, 1, largestBatch);
}

std::vector<base::KindSpec> metricsFor(const TrainSpec& spec, data::Task task) {
    std::vector<base::KindSpec> chosen = spec.metrics;
    if (chosen.empty())
        for (const metrics::MetricType* type : metrics::shelf().members())
            if (type->standard) chosen.push_back({type->id});
    std::erase_if(chosen, [task](const base::KindSpec& choice) {
        const metrics::MetricType& type = metrics::shelf().get(choice.type, "training.metrics");
        return task == data::Task::Classification ? !type.classification : !type.regression;
    });
    return chosen;
}

std::vector<std::string> metricIds(const TrainSpec& spec, const std::vector<Head>& heads) {
    std::vector<std::string> ids;
    for (const Head& head : heads) {
        const std::string prefix = heads.size() > 1 ? head.name + "." : "";
        if (heads.size() > 1) ids.push_back(prefix + "loss");
        for (const base::KindSpec& metric : metricsFor(spec, head.reading.task)) ids.push_back(prefix + metric.type);
    }
    return ids;
}

Evaluator::Evaluator(const network::Network& network, const TrainSpec& spec, const std::vector<Head>& heads,
                     tensor::Buffer& weights, const backends::cpu::Processor& processor)
    : m_spec(spec),
      m_heads(heads),
      m_weights(weights),
      m_processor(processor),
      m_objective(makeObjective(network, heads, false)),
      m_batch(static_cast<std::size_t>(measuringBatch(network.nodes()))) {}

backends::cpu::Executable& Evaluator::plan(std::int64_t batch) {
    std::unique_ptr<backends::cpu::Executable>& plan = m_plans[batch];
    if (plan) return *plan;
    plan = std::make_unique<backends::cpu::Executable>(
        ir::compilePlan(m_objective.lowered.graph, measuringRequest(m_objective, batch, m_processor.kernels)),
        m_processor.table, backends::cpu::Memory{&m_weights, nullptr}, m_processor.pool);
    return *plan;
}

Evaluation Evaluator::run(const data::Dataset& dataset, const BatchLoader& loader,
                          std::span<const std::uint32_t> rows) {
    std::vector<Tally> tallies;
    for (const Head& head : m_heads)
        tallies.emplace_back(metricsFor(m_spec, head.reading.task), head, dataset.target(head.target));
    std::vector<LossSum> sums(m_heads.size());
    Evaluation evaluation{.samples = rows.size()};
    for (std::size_t first = 0; first < rows.size(); first += m_batch) {
        const auto part = rows.subspan(first, std::min(m_batch, rows.size() - first));
        backends::cpu::Executable& executable = plan(static_cast<std::int64_t>(part.size()));
        loader.load(executable, m_objective, part);
        executable.run({});
        if (m_objective.activity != ir::none)
            evaluation.activityPenalty += static_cast<double>(*rowOf(executable.view(m_objective.activity), 0)) *
                                          static_cast<double>(part.size()) / static_cast<double>(rows.size());
        for (std::size_t h = 0; h < m_heads.size(); ++h) {
            const HeadLoss& head = m_objective.heads[h];
            sums[h].add(executable, head);
            tallies[h].add(executable.view(head.output),
                           head.mask == ir::none ? backends::MatrixView{} : executable.view(head.mask), part);
        }
    }
    for (std::size_t h = 0; h < m_heads.size(); ++h) {
        HeadEvaluation head{m_heads[h].name, sums[h].loss(m_objective.heads[h].rootOfMean), {}, {}};
        tallies[h].finish(head);
        evaluation.loss += m_heads[h].weight * head.loss;
        evaluation.heads.push_back(std::move(head));
    }
    sumUp(evaluation);
    return evaluation;
}

}  // namespace perceptory::training
