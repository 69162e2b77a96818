// mean_absolute_error = mean of |y − t| over all values

#include <cmath>

#include "engine/metrics/Metric.h"

namespace perceptory::metrics {

namespace {

class MeanAbsoluteError : public MeanOverValues {
    double term(double value, double target) const override { return std::abs(value - target); }
};

}  // namespace

const MetricType MeanAbsoluteErrorMetric{
    {"mean_absolute_error",
     "Mean absolute error",
     "Mean distance between prediction and target: MAE = mean of |y − t| (Willmott, Matsuura 2005).",
     {},
     "nn.L1Loss"},
    false,
    true,
    false,
    [](const base::ParamValues&) { return std::unique_ptr<Metric>(new MeanAbsoluteError); },
    true};

}  // namespace perceptory::metrics
