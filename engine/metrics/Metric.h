#pragma once
// The shelf of metrics: what is told beside the loss and its penalty part (training/Evaluation.h). A metric reads batch
// after batch and answers at the end.

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/base/Shelf.h"

namespace perceptory::metrics {

// One batch of results. Class indices are empty pointers for regression, and for labels: several answers of yes or no
// for each sample, which count as so many classes.
struct Batch {
    std::int64_t samples = 0;
    std::int64_t outputs = 1;        // values per sample, K
    const float* values = nullptr;   // [samples][K], as the network puts them out
    const float* targets = nullptr;  // [samples][K], regression only
    const int* predicted = nullptr;  // [samples] class index
    const int* actual = nullptr;     // [samples] class index
    std::int64_t classes = 0;
    const float* probabilities = nullptr;  // [samples][classes], no regression
    const float* scores = nullptr;         // the same order of samples, but never cut short at 0 or 1
    const float* labels = nullptr;         // [samples][classes], 0 or 1

    // Whether the answer to a label is yes.
    bool says(std::int64_t sample, std::int64_t label) const { return probabilities[sample * classes + label] > 0.5f; }
    bool is(std::int64_t sample, std::int64_t label) const { return labels[sample * classes + label] > 0.5f; }
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

// How the counts of single classes become one number.
base::ParamType averageParam();
base::ParamType ofClassParam();

// Hits, predictions and cases of every class; a metric is one ratio of them. Classes that neither occur nor are
// predicted count for nothing, a ratio without cases is 0 (as scikit-learn has it).
class ClassRatio : public Metric {
public:
    using Ratio = double (*)(double hits, double predicted, double actual);
    ClassRatio(Ratio ratio, const base::ParamValues& values);

    void add(const Batch& batch) override;
    double result() const override;

    // 2 · hits / (predicted + actual): F1 of classes, Dice of masks.
    static double overlap(double hits, double predicted, double actual) { return 2 * hits / (predicted + actual); }

private:
    struct Counts {
        double hits = 0, predicted = 0, actual = 0;
    };

    void addLabels(const Batch& batch);
    double macro() const;

    Ratio m_ratio;
    std::string m_average;
    std::size_t m_class;
    std::vector<Counts> m_counts;
};

struct MetricType : base::KindType {
    bool classification = false;  // which tasks it fits
    bool regression = false;
    bool higherIsBetter = false;
    std::unique_ptr<Metric> (*create)(const base::ParamValues& values) = nullptr;
    bool standard = false;     // measured when a project names no metrics
    bool labels = false;       // fits answers of yes or no too
    bool keepsScores = false;  // holds the scores of all samples until the end
    // How many classes it takes for right at once: where there are no more, it is always 1. Null: one.
    std::int64_t (*guesses)(const base::ParamValues& values) = nullptr;
};

// The metric of one ratio; higher is better.
template <ClassRatio::Ratio ratio>
MetricType classRatioMetric(const std::string& id, const std::string& label, const std::string& help) {
    return {{id, label, help, {averageParam(), ofClassParam()}, "sums and a quotient"},
            true,
            false,
            true,
            [](const base::ParamValues& values) { return std::unique_ptr<Metric>(new ClassRatio(ratio, values)); },
            false,
            true};
}

#define METRIC(Name) extern const MetricType Name##Metric;
#include "engine/metrics/metrics.def"
#undef METRIC

const base::Shelf<MetricType>& shelf();
// The metric of a key such as "f1", "f1_macro" or "OUTPUT.f1_macro"; null: of none.
const MetricType* metricOf(const std::string& key);

}  // namespace perceptory::metrics
