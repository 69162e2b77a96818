// mean_bias_error = mean of y − t over all values

#include "engine/metrics/Metric.h"

namespace perceptory::metrics {

namespace {

class MeanBiasError : public MeanOverValues {
    double term(double value, double target) const override { return value - target; }
};

}  // namespace

const MetricType MeanBiasErrorMetric{
    {"mean_bias_error",
     "Mean bias error",
     "MBE = mean of y − t: whether predictions are too high or too low on the whole (Willmott, Matsuura 2005).",
     {},
     "a mean of differences"},
    false,
    true,
    false,
    [](const base::ParamValues&) { return std::unique_ptr<Metric>(new MeanBiasError); }};

}  // namespace perceptory::metrics
