#include "engine/metrics/Metric.h"

#include <limits>

namespace perceptory::metrics {

const base::Shelf<MetricType>& shelf() {
    static const base::Shelf<MetricType> all("metric", {
#define METRIC(Name) &Name##Metric,
#include "engine/metrics/metrics.def"
#undef METRIC
                                                       });
    return all;
}

const MetricType* metricOf(const std::string& key) {
    for (std::size_t start = 0;; start = key.find('.', start) + 1) {
        const std::string rest = key.substr(start);
        for (const MetricType* type : shelf().members())
            if (rest == type->id || rest.starts_with(type->id + "_")) return type;
        if (key.find('.', start) == std::string::npos) return nullptr;
    }
}

void MeanOverValues::add(const Batch& batch) {
    for (std::int64_t i = 0; i < batch.samples * batch.outputs; ++i) m_sum += term(batch.values[i], batch.targets[i]);
    m_count += batch.samples * batch.outputs;
}

double MeanOverValues::result() const {
    return m_count ? m_sum / static_cast<double>(m_count) : std::numeric_limits<double>::quiet_NaN();
}

base::ParamType averageParam() {
    return base::choiceParam(
        "average", "Average",
        "macro: the mean over the classes; micro: over all samples alike; class: that of one class.", "macro",
        {"macro", "micro", "class"});
}

base::ParamType ofClassParam() {
    return base::integerParam("of_class", "Class", "Which class, counted from 0, when the average is \"class\".", 1, 0,
                              1'000'000);
}

ClassRatio::ClassRatio(Ratio ratio, const base::ParamValues& values)
    : m_ratio(ratio),
      m_average(values.text("average")),
      m_class(static_cast<std::size_t>(values.integer("of_class"))) {}

void ClassRatio::add(const Batch& batch) {
    if (std::ssize(m_counts) < batch.classes) m_counts.resize(static_cast<std::size_t>(batch.classes));
    if (batch.labels) return addLabels(batch);
    for (std::int64_t i = 0; i < batch.samples; ++i) {
        const auto predicted = static_cast<std::size_t>(batch.predicted[i]),
                   actual = static_cast<std::size_t>(batch.actual[i]);
        m_counts[actual].hits += predicted == actual;
        ++m_counts[actual].actual;
        ++m_counts[predicted].predicted;
    }
}

void ClassRatio::addLabels(const Batch& batch) {
    for (std::int64_t i = 0; i < batch.samples; ++i)
        for (std::int64_t k = 0; k < batch.classes; ++k) {
            Counts& counts = m_counts[static_cast<std::size_t>(k)];
            counts.hits += batch.says(i, k) && batch.is(i, k);
            counts.predicted += batch.says(i, k);
            counts.actual += batch.is(i, k);
        }
}

double ClassRatio::macro() const {
    double sum = 0, seen = 0;
    for (const Counts& c : m_counts) {
        if (c.predicted + c.actual == 0) continue;
        sum += m_ratio(c.hits, c.predicted, c.actual);
        ++seen;
    }
    return seen > 0 ? sum / seen : std::numeric_limits<double>::quiet_NaN();
}

double ClassRatio::result() const {
    if (m_average == "macro") return macro();
    Counts counts;
    if (m_average == "class" && m_class < m_counts.size()) counts = m_counts[m_class];
    if (m_average == "micro")
        for (const Counts& c : m_counts)
            counts = {counts.hits + c.hits, counts.predicted + c.predicted, counts.actual + c.actual};
    if (counts.predicted + counts.actual == 0) return std::numeric_limits<double>::quiet_NaN();
    return m_ratio(counts.hits, counts.predicted, counts.actual);
}

}  // namespace perceptory::metrics
