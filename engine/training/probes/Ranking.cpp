#include "engine/training/probes/Ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace perceptory::training {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

double shareOf(double part, double all) { return all > 0 ? part / all : 0; }

}  // namespace

Ranking rank(std::span<const float> scores, std::span<const char> isCase) {
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    // Scores of a run that diverged have no order; they come last.
    const auto scoreOf = [&](std::size_t i) { return std::isnan(scores[i]) ? -infinite : double{scores[i]}; };
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return scoreOf(a) > scoreOf(b); });
    Ranking ranking;
    for (const std::size_t i : order) {
        if (ranking.cuts.empty() || ranking.cuts.back().threshold != scoreOf(i))
            ranking.cuts.push_back({scoreOf(i), ranking.cases, ranking.others});
        ++(isCase[i] ? ranking.cases : ranking.others);
        ranking.cuts.back().hits = ranking.cases;
        ranking.cuts.back().falseAlarms = ranking.others;
    }
    return ranking;
}

std::vector<CurvePoint> rocOf(const Ranking& ranking) {
    std::vector<CurvePoint> curve{{0, 0, infinite}};
    for (const Cut& cut : ranking.cuts)
        curve.push_back({shareOf(cut.falseAlarms, ranking.others), shareOf(cut.hits, ranking.cases), cut.threshold});
    return curve;
}

std::vector<CurvePoint> precisionRecallOf(const Ranking& ranking) {
    std::vector<CurvePoint> curve;
    for (auto cut = ranking.cuts.rbegin(); cut != ranking.cuts.rend(); ++cut)
        curve.push_back(
            {shareOf(cut->hits, ranking.cases), shareOf(cut->hits, cut->hits + cut->falseAlarms), cut->threshold});
    curve.push_back({0, 1, infinite});
    return curve;
}

double areaOf(const std::vector<CurvePoint>& curve) {
    double area = 0;
    for (std::size_t i = 1; i < curve.size(); ++i)
        area += (curve[i].x - curve[i - 1].x) * (curve[i].y + curve[i - 1].y) / 2;
    return std::abs(area);
}

double averagePrecision(const Ranking& ranking) {
    double sum = 0, before = 0;
    for (const Cut& cut : ranking.cuts) {
        sum += shareOf(cut.hits - before, ranking.cases) * shareOf(cut.hits, cut.hits + cut.falseAlarms);
        before = cut.hits;
    }
    return sum;
}

}  // namespace perceptory::training
