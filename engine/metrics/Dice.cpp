// dice = 2 · hits / (predictions + samples of the class)

#include "engine/metrics/Metric.h"

namespace perceptory::metrics {

namespace {

double ratio(double hits, [[maybe_unused]] double predicted, [[maybe_unused]] double actual) {
    return 2 * hits / (predicted + actual);
}

}  // namespace

const MetricType DiceMetric{
    {"dice",
     "Dice",
     "Overlap of what is predicted and what is: 2 · hits / (predictions + samples). For masks, of pixels.",
     {averageParam(), ofClassParam()}},
    true,
    false,
    true,
    [](const base::ParamValues& values) { return std::unique_ptr<Metric>(new ClassRatio(ratio, values)); }};

}  // namespace perceptory::metrics
