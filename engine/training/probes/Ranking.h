#pragma once
// Samples in the order of a score, cut at every threshold: what ROC and precision-recall curves are made of. Fawcett
// 2006.

#include <span>
#include <vector>

namespace perceptory::training {

// With all samples taken for the class whose score is at least `threshold`.
struct Cut {
    double threshold = 0;
    double hits = 0, falseAlarms = 0;  // counts
};

struct Ranking {
    double cases = 0, others = 0;
    std::vector<Cut> cuts;  // from the highest threshold on, one for each different score
};

// `isCase`: 0 or 1 for each score.
Ranking rank(std::span<const float> scores, std::span<const char> isCase);

struct CurvePoint {
    double x = 0, y = 0, threshold = 0;
};
// False alarms / others against hits / cases, from (0, 0) at the threshold ∞ on.
std::vector<CurvePoint> rocOf(const Ranking& ranking);
// Recall against precision, from the lowest threshold on, ending in (0, 1) at ∞.
std::vector<CurvePoint> precisionRecallOf(const Ranking& ranking);
// By trapezes; of a curve whose x only rises or only falls.
double areaOf(const std::vector<CurvePoint>& curve);
// Σ (recall_i − recall_{i−1}) · precision_i, which does not flatter as the area by trapezes does.
double averagePrecision(const Ranking& ranking);

}  // namespace perceptory::training
