// recall = hits / samples of the class

#include "engine/metrics/Metric.h"

namespace perceptory::metrics {

namespace {

double ratio(double hits, [[maybe_unused]] double predicted, [[maybe_unused]] double actual) {
    return actual > 0 ? hits / actual : 0;
}

}  // namespace

const MetricType RecallMetric = classRatioMetric<ratio>("recall", "Recall",
                                                        "How many of a class are found: recall = hits / samples of the "
                                                        "class (Manning, Raghavan, Schütze 2008, section 8.3).");

}  // namespace perceptory::metrics
