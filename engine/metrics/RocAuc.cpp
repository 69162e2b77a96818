// roc_auc = probability that a sample of the class gets a higher score than one of another class, ties counting half;
// for more than two classes the mean over them, each against the rest (Fawcett 2006).

#include <algorithm>
#include <cmath>
#include <deque>
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
        // Of two classes the second tells both.
        const std::int64_t first = batch.classes == 2 && !batch.labels ? 1 : 0;
        m_scores.resize(static_cast<std::size_t>(batch.classes - first));
        for (std::int64_t i = 0; i < batch.samples; ++i)
            for (std::int64_t c = first; c < batch.classes; ++c) {
                m_isBroken = m_isBroken || std::isnan(batch.scores[i * batch.classes + c]);
                m_scores[static_cast<std::size_t>(c - first)].emplace_back(
                    batch.scores[i * batch.classes + c], batch.labels ? batch.is(i, c) : batch.actual[i] == c);
            }
    }
    double result() const override {
        if (m_isBroken) return std::numeric_limits<double>::quiet_NaN();
        double sum = 0, seen = 0;
        for (const auto& ofClass : m_scores) {
            std::vector<std::pair<float, bool>> scores(ofClass.begin(), ofClass.end());
            const double one = area(scores);
            if (one != one) continue;
            sum += one;
            ++seen;
        }
        return seen > 0 ? sum / seen : std::numeric_limits<double>::quiet_NaN();
    }

private:
    // By class; grows without ever holding them twice.
    std::vector<std::deque<std::pair<float, bool>>> m_scores;
    bool m_isBroken = false;  // scores of a run that diverged have no order
};

}  // namespace

const MetricType RocAucMetric{{"roc_auc",
                               "Area under the ROC curve",
                               "How well scores put the samples of a class above the others: AUC = P(score of one of "
                               "the class > score of another), 1 is perfect, 0.5 is chance (Fawcett 2006). For more "
                               "than two classes the mean over them, each against the rest.",
                               {},
                               "a sum over sorted scores"},
                              true,
                              false,
                              true,
                              [](const base::ParamValues&) { return std::unique_ptr<Metric>(new RocAuc); },
                              false,
                              true,
                              true};

}  // namespace perceptory::metrics
