#include "engine/training/Evaluation.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/Checked.h"
#include "engine/metrics/Metric.h"

namespace perceptory::training {

namespace {

constexpr std::int64_t largestBatch = 1024;
// Numbers a batch may fill: 64 MiB of floats, so that measuring wide networks takes no more memory than training them.
constexpr std::int64_t largestArena = std::int64_t{1} << 24;

float* row(const backends::MatrixView& view, std::int64_t index) {
    return static_cast<float*>(view.data) + index * view.stride;
}

// Collects what metrics and the confusion matrix need from one batch after another.
class Tally {
public:
    Tally(const std::vector<base::KindSpec>& metrics, const OutputReading& reading) : m_reading(reading) {
        for (const base::KindSpec& choice : metrics) {
            const metrics::MetricType& type = metrics::shelf().get(choice.type, "training.metrics");
            m_metrics.emplace_back(type.id, type.create(base::ParamValues(type.parameters, choice.parameters)));
        }
        const auto classes = static_cast<std::size_t>(reading.classes);
        m_confusion.assign(classes, std::vector<std::int64_t>(classes, 0));
    }

    void add(const backends::MatrixView& outputs, const data::Dataset& dataset, std::span<const std::uint32_t> rows) {
        const auto width = static_cast<std::size_t>(m_reading.outputs);
        const auto classes = static_cast<std::size_t>(m_reading.classes);
        m_values.resize(rows.size() * width);
        m_probabilities.resize(rows.size() * classes);
        m_predicted.clear();
        m_actual.clear();
        m_targets.clear();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const float* output = row(outputs, static_cast<std::int64_t>(i));
            std::copy_n(output, width, m_values.begin() + static_cast<std::ptrdiff_t>(i * width));
            if (m_reading.classes) {
                addClass(m_reading.classOf(output), dataset.labels[rows[i]]);
                m_reading.probabilities(output, m_probabilities.data() + i * classes);
            } else
                m_targets.insert(m_targets.end(),
                                 dataset.targets.begin() + static_cast<std::ptrdiff_t>(rows[i] * width),
                                 dataset.targets.begin() + static_cast<std::ptrdiff_t>((rows[i] + 1) * width));
        }
        const metrics::Batch batch{static_cast<std::int64_t>(rows.size()),
                                   m_reading.outputs,
                                   m_values.data(),
                                   m_targets.data(),
                                   m_predicted.data(),
                                   m_actual.data(),
                                   m_reading.classes,
                                   m_probabilities.data()};
        for (const auto& [id, metric] : m_metrics) metric->add(batch);
    }

    void finish(Evaluation& evaluation) {
        for (const auto& [id, metric] : m_metrics) evaluation.metrics[id] = metric->result();
        evaluation.confusion = std::move(m_confusion);
    }

private:
    void addClass(int predicted, int actual) {
        m_predicted.push_back(predicted);
        m_actual.push_back(actual);
        ++m_confusion[static_cast<std::size_t>(actual)][static_cast<std::size_t>(predicted)];
    }

    const OutputReading& m_reading;
    std::vector<std::pair<std::string, std::unique_ptr<metrics::Metric>>> m_metrics;
    std::vector<std::vector<std::int64_t>> m_confusion;
    std::vector<float> m_values, m_targets, m_probabilities;
    std::vector<int> m_predicted, m_actual;
};

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

std::vector<std::string> metricIds(const TrainSpec& spec, data::Task task) {
    std::vector<std::string> ids;
    for (const base::KindSpec& metric : metricsFor(spec, task)) ids.push_back(metric.type);
    return ids;
}

Evaluator::Evaluator(const network::Network& network, const RunSpec& spec, const OutputReading& reading,
                     tensor::Buffer& weights, const backends::cpu::Processor& processor)
    : m_metrics(metricsFor(spec.training, reading.task)),
      m_reading(reading),
      m_weights(weights),
      m_processor(processor),
      m_objective(makeObjective(network, spec.training.loss, reading, false)),
      m_batch(static_cast<std::size_t>(measuringBatch(network.nodes()))) {}

backends::cpu::Executable& Evaluator::plan(std::int64_t batch) {
    std::unique_ptr<backends::cpu::Executable>& plan = m_plans[batch];
    if (!plan)
        plan = std::make_unique<backends::cpu::Executable>(
            ir::compilePlan(m_objective.lowered.graph,
                            {.batch = batch,
                             .keep = {m_objective.mean, m_objective.total, m_objective.lowered.output},
                             .kernels = m_processor.kernels}),
            m_processor.table, backends::cpu::Memory{&m_weights, nullptr}, m_processor.pool);
    return *plan;
}

Evaluation Evaluator::run(const data::Dataset& dataset, std::span<const float> targets,
                          std::span<const std::uint32_t> rows) {
    Evaluation evaluation;
    evaluation.samples = rows.size();
    evaluation.loss = std::numeric_limits<double>::quiet_NaN();
    Tally tally(m_metrics, m_reading);
    double sum = 0, total = 0;
    const auto width = static_cast<std::size_t>(m_reading.targetWidth());
    for (std::size_t first = 0; first < rows.size(); first += m_batch) {
        const auto part = rows.subspan(first, std::min(m_batch, rows.size() - first));
        backends::cpu::Executable& executable = plan(static_cast<std::int64_t>(part.size()));
        const bool readsInput = executable.plan().places.contains(m_objective.lowered.input);
        for (std::size_t i = 0; i < part.size(); ++i) {
            const auto index = static_cast<std::int64_t>(i);
            if (readsInput)
                std::ranges::copy(dataset.input(part[i]), row(executable.view(m_objective.lowered.input), index));
            std::ranges::copy(targets.subspan(part[i] * width, width), row(executable.view(m_objective.target), index));
            *row(executable.view(m_objective.weight), index) = 1;
        }
        executable.run({});
        const double weight = *row(executable.view(m_objective.total), 0);
        sum += static_cast<double>(*row(executable.view(m_objective.mean), 0)) * weight;
        total += weight;
        tally.add(executable.view(m_objective.lowered.output), dataset, part);
    }
    if (total > 0) evaluation.loss = m_objective.rootOfMean ? std::sqrt(sum / total) : sum / total;
    tally.finish(evaluation);
    return evaluation;
}

}  // namespace perceptory::training
