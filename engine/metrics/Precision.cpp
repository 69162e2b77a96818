// precision = hits / predictions of the class

#include "engine/metrics/Metric.h"

namespace perceptory::metrics {

namespace {

double ratio(double hits, [[maybe_unused]] double predicted, [[maybe_unused]] double actual) {
    return predicted > 0 ? hits / predicted : 0;
}

}  // namespace

const MetricType PrecisionMetric =
    classRatioMetric<ratio>("precision", "Precision",
                            "How many of those predicted to be of a class are: precision = hits / predictions "
                            "(Manning, Raghavan, Schütze 2008, section 8.3).");

}  // namespace perceptory::metrics
