#pragma once
// The shelf of metrics: what is told beside the loss and its penalty part (training/Evaluation.h). A metric reads batch
// after batch and answers at the end.

#include <cstdint>
#include <memory>

#include "engine/base/Shelf.h"

namespace perceptory::metrics {

// One batch of results. Class indices are empty pointers for regression.
struct Batch {
    std::int64_t samples = 0;
    std::int64_t outputs = 1;        // values per sample, K
    const float* values = nullptr;   // [samples][K], as the network puts them out
    const float* targets = nullptr;  // [samples][K], regression only
    const int* predicted = nullptr;  // [samples] class index
    const int* actual = nullptr;     // [samples] class index
};

class Metric {
public:
    virtual ~Metric() = default;
    virtual void add(const Batch& batch) = 0;
    virtual double result() const = 0;  // NaN when nothing was added
};

// The mean of a number told for each value: a regression metric is one function of a prediction and its target.
class MeanOverValues : public Metric {
public:
    void add(const Batch& batch) override;
    double result() const override;

private:
    virtual double term(double value, double target) const = 0;

    double m_sum = 0;
    std::int64_t m_count = 0;
};

struct MetricType : base::KindType {
    bool classification = false;  // which tasks it fits
    bool regression = false;
    bool higherIsBetter = false;
    std::unique_ptr<Metric> (*create)() = nullptr;
};

#define METRIC(Name) extern const MetricType Name##Metric;
#include "engine/metrics/metrics.def"
#undef METRIC

const base::Shelf<MetricType>& shelf();

}  // namespace perceptory::metrics
