// f1 = 2 · hits / (predictions + samples of the class), the harmonic mean of precision and recall

#include "engine/metrics/Metric.h"

namespace perceptory::metrics {

namespace {

double ratio(double hits, [[maybe_unused]] double predicted, [[maybe_unused]] double actual) {
    return 2 * hits / (predicted + actual);
}

}  // namespace

const MetricType F1Metric{
    {"f1",
     "F1",
     "Harmonic mean of precision and recall: 2 · hits / (predictions + samples of the class).",
     {averageParam(), ofClassParam()}},
    true,
    false,
    true,
    [](const base::ParamValues& values) { return std::unique_ptr<Metric>(new ClassRatio(ratio, values)); }};

}  // namespace perceptory::metrics
