// root_mean_squared_error = √(mean of (y − t)² over all values)

#include <cmath>

#include "engine/metrics/Metric.h"

namespace perceptory::metrics {

namespace {

class RootMeanSquaredError : public MeanOverValues {
public:
    double result() const override { return std::sqrt(MeanOverValues::result()); }

private:
    double term(double value, double target) const override { return (value - target) * (value - target); }
};

}  // namespace

const MetricType RootMeanSquaredErrorMetric{
    {"root_mean_squared_error",
     "Root mean squared error",
     "Typical error in the units of the target, large errors weighing more: RMSE = √(mean of (y − t)²) (Willmott, "
     "Matsuura 2005).",
     {},
     "torch.sqrt of nn.MSELoss"},
    false,
    true,
    false,
    [](const base::ParamValues&) { return std::unique_ptr<Metric>(new RootMeanSquaredError); },
    true};

}  // namespace perceptory::metrics
