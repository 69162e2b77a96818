// top_k = samples whose class is among the k most probable / samples

#include <limits>

#include "engine/metrics/Metric.h"

namespace perceptory::metrics {

namespace {

class TopK : public Metric {
public:
    explicit TopK(std::int64_t k) : m_k(k) {}

    void add(const Batch& batch) override {
        for (std::int64_t i = 0; i < batch.samples; ++i) {
            const float* p = batch.probabilities + i * batch.classes;
            std::int64_t before = 0;
            for (std::int64_t c = 0; c < batch.classes; ++c) before += p[c] > p[batch.actual[i]];
            m_right += before < m_k;
        }
        m_count += batch.samples;
    }
    double result() const override {
        return m_count ? static_cast<double>(m_right) / static_cast<double>(m_count)
                       : std::numeric_limits<double>::quiet_NaN();
    }

private:
    std::int64_t m_k, m_right = 0, m_count = 0;
};

}  // namespace

const MetricType TopKMetric{
    {"top_k",
     "Top-k accuracy",
     "Share of samples whose class is among the k most probable ones: hits = those / all samples (Russakovsky et al. "
     "2015).",
     {base::integerParam("k", "k", "How many guesses count.", 5, 1, 1000)},
     "torch.topk"},
    true,
    false,
    true,
    [](const base::ParamValues& values) { return std::unique_ptr<Metric>(new TopK(values.integer("k"))); },
    false,
    false,
    false,
    [](const base::ParamValues& values) { return values.integer("k"); }};

}  // namespace perceptory::metrics
