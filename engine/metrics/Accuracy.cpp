// accuracy = samples whose predicted class is the actual one / samples; of labels: right answers / answers

#include <limits>

#include "engine/metrics/Metric.h"

namespace perceptory::metrics {

namespace {

class Accuracy : public Metric {
public:
    void add(const Batch& batch) override {
        if (batch.labels) return addLabels(batch);
        for (std::int64_t i = 0; i < batch.samples; ++i) m_right += batch.predicted[i] == batch.actual[i];
        m_count += batch.samples;
    }
    double result() const override {
        return m_count ? static_cast<double>(m_right) / static_cast<double>(m_count)
                       : std::numeric_limits<double>::quiet_NaN();
    }

private:
    void addLabels(const Batch& batch) {
        for (std::int64_t i = 0; i < batch.samples; ++i)
            for (std::int64_t k = 0; k < batch.classes; ++k) m_right += batch.says(i, k) == batch.is(i, k);
        m_count += batch.samples * batch.classes;
    }

    std::int64_t m_right = 0;
    std::int64_t m_count = 0;
};

}  // namespace

const MetricType AccuracyMetric{{"accuracy",
                                 "Accuracy",
                                 "Share of samples whose predicted class is the right one: accuracy = right / all; of "
                                 "labels, of right answers (Manning, Raghavan, Schütze 2008, section 8.3).",
                                 {},
                                 "a mean of equal classes"},
                                true,
                                false,
                                true,
                                [](const base::ParamValues&) { return std::unique_ptr<Metric>(new Accuracy); },
                                true,
                                true};

}  // namespace perceptory::metrics
