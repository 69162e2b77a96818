#pragma once
// The shelf of metrics: what is told beside the loss. A metric reads batch after batch and answers at the end.

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
