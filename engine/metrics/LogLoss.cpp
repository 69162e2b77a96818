// log_loss = mean of −log of the probability given to the actual class, held at −log 1e-15

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/metrics/Metric.h"

namespace perceptory::metrics {

namespace {

class LogLoss : public Metric {
public:
    void add(const Batch& batch) override {
        if (batch.labels) return addLabels(batch);
        for (std::int64_t i = 0; i < batch.samples; ++i)
            addOne(double{batch.probabilities[i * batch.classes + batch.actual[i]]});
    }
    double result() const override {
        return m_count ? m_sum / static_cast<double>(m_count) : std::numeric_limits<double>::quiet_NaN();
    }

private:
    void addLabels(const Batch& batch) {
        for (std::int64_t i = 0; i < batch.samples; ++i)
            for (std::int64_t k = 0; k < batch.classes; ++k) {
                const double p{batch.probabilities[i * batch.classes + k]};
                addOne(batch.is(i, k) ? p : 1 - p);
            }
    }
    void addOne(double probability) {
        m_sum -= std::log(std::max(1e-15, probability));
        ++m_count;
    }

    double m_sum = 0;
    std::int64_t m_count = 0;
};

}  // namespace

const MetricType LogLossMetric{
    {"log_loss",
     "Log loss",
     "L = mean of −log of the probability given to the right class, whatever loss is trained with (Good 1952).",
     {},
     "nn.NLLLoss"},
    true,
    false,
    false,
    [](const base::ParamValues&) { return std::unique_ptr<Metric>(new LogLoss); },
    false,
    true};

}  // namespace perceptory::metrics
