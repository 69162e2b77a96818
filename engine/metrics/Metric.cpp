#include "engine/metrics/Metric.h"

namespace perceptory::metrics {

const base::Shelf<MetricType>& shelf() {
    static const base::Shelf<MetricType> all("metric", {
#define METRIC(Name) &Name##Metric,
#include "engine/metrics/metrics.def"
#undef METRIC
                                                       });
    return all;
}

}  // namespace perceptory::metrics
