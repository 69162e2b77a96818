// f1 = 2 · hits / (predictions + samples of the class), the harmonic mean of precision and recall

#include "engine/metrics/Metric.h"

namespace perceptory::metrics {

const MetricType F1Metric = classRatioMetric<ClassRatio::overlap>(
    "f1", "F1",
    "Harmonic mean of precision and recall: 2 · hits / (predictions + samples of the class) (van Rijsbergen 1979).");

}  // namespace perceptory::metrics
