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

void MeanOverValues::add(const Batch& batch) {
    for (std::int64_t i = 0; i < batch.samples * batch.outputs; ++i) m_sum += term(batch.values[i], batch.targets[i]);
    m_count += batch.samples * batch.outputs;
}

double MeanOverValues::result() const {
    return m_count ? m_sum / static_cast<double>(m_count) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace perceptory::metrics
