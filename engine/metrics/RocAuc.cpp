// roc_auc = probability that a sample of the class gets a higher score than one of another class, ties counting half;
// for more than two classes the mean over them, each against the rest (Fawcett 2006).

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/metrics/Metric.h"

namespace perceptory::metrics {

namespace {

// Scores with "is of the class"; NaN without samples of both kinds. Mann, Whitney 1947.
double area(std::vector<std::pair<float, bool>>& scores) {
    std::ranges::sort(scores);
    double rankSum = 0, cases = 0;
    for (std::size_t i = 0; i < scores.size();) {
        std::size_t end = i;
        double inside = 0;
        while (end < scores.size() && scores[end].first == scores[i].first) inside += scores[end++].second;
        rankSum += inside * (static_cast<double>(i + end) + 1) / 2;  // the mean rank of equals
        cases += inside;
        i = end;
    }
    const double others = static_cast<double>(scores.size()) - cases;
    if (cases == 0 || others == 0) return std::numeric_limits<double>::quiet_NaN();
    return (rankSum - cases * (cases + 1) / 2) / (cases * others);
}

class RocAuc : public Metric {
public:
    void add(const Batch& batch) override {
        m_classes = batch.classes;
        m_scores.insert(m_scores.end(), batch.probabilities, batch.probabilities + batch.samples * batch.classes);
        m_actual.insert(m_actual.end(), batch.actual, batch.actual + batch.samples);
    }
    double result() const override {
        // Scores of a run that diverged have no order.
        if (std::ranges::any_of(m_scores, [](float score) { return std::isnan(score); }))
            return std::numeric_limits<double>::quiet_NaN();
        double sum = 0, seen = 0;
        for (std::int64_t c = m_classes == 2 ? 1 : 0; c < m_classes; ++c) {
            std::vector<std::pair<float, bool>> scores;
            for (std::size_t i = 0; i < m_actual.size(); ++i)
                scores.emplace_back(m_scores[i * static_cast<std::size_t>(m_classes) + static_cast<std::size_t>(c)],
                                    m_actual[i] == c);
            const double one = area(scores);
            if (one != one) continue;
            sum += one;
            ++seen;
        }
        return seen > 0 ? sum / seen : std::numeric_limits<double>::quiet_NaN();
    }

private:
    std::int64_t m_classes = 0;
    std::vector<float> m_scores;
    std::vector<int> m_actual;
};

}  // namespace

const MetricType RocAucMetric{{"roc_auc",
                               "Area under the ROC curve",
                               "How well scores put the samples of a class above the others: 1 is perfect, 0.5 is "
                               "chance. For more than two classes "
                               "the mean over them, each against the rest.",
                               {}},
                              true,
                              false,
                              true,
                              [](const base::ParamValues&) { return std::unique_ptr<Metric>(new RocAuc); }};

}  // namespace perceptory::metrics
