// r2 = 1 − Σ (y − t)² / Σ (t − mean t)², the coefficient of determination, for each output of its own, then the mean of
// the outputs. The spread of the targets is summed as Welford does it: targets far from 0 lose no digits.
// Source: B. P. Welford, "Note on a method for calculating corrected sums of squares and products", 1962.

#include <limits>
#include <vector>

#include "engine/metrics/Metric.h"

namespace perceptory::metrics {

namespace {

class R2 : public Metric {
public:
    void add(const Batch& batch) override {
        m_outputs.resize(static_cast<std::size_t>(batch.outputs));
        for (std::int64_t i = 0; i < batch.samples; ++i) {
            ++m_count;
            for (std::int64_t k = 0; k < batch.outputs; ++k)
                m_outputs[static_cast<std::size_t>(k)].add(batch.values[i * batch.outputs + k],
                                                           batch.targets[i * batch.outputs + k], m_count);
        }
    }

    double result() const override {
        double sum = 0;
        for (const Output& output : m_outputs) sum += output.result();
        return m_count ? sum / static_cast<double>(m_outputs.size()) : std::numeric_limits<double>::quiet_NaN();
    }

private:
    struct Output {
        double mean = 0, spread = 0, errors = 0;

        void add(double value, double target, double count) {
            const double before = target - mean;
            mean += before / count;
            spread += before * (target - mean);
            errors += (value - target) * (value - target);
        }
        // Targets that are all alike leave nothing to explain: NaN.
        double result() const { return spread > 0 ? 1 - errors / spread : std::numeric_limits<double>::quiet_NaN(); }
    };

    std::vector<Output> m_outputs;
    double m_count = 0;
};

}  // namespace

const MetricType R2Metric{{"r2",
                           "R²",
                           "Share of the targets' variance that the predictions explain, R² = 1 − Σ(y − t)² / Σ(t − "
                           "mean t)²: 1 is perfect, 0 no better than their mean (Wright 1921).",
                           {},
                           "sums and a quotient"},
                          false,
                          true,
                          true,
                          [](const base::ParamValues&) { return std::unique_ptr<Metric>(new R2); },
                          true};

}  // namespace perceptory::metrics
