#include "engine/data/preprocessing/Moments.h"

#include <cmath>

namespace perceptory::data {

namespace {

// Calls add(group, value) for every value of every row.
template <class Add>
void forValues(const TrainingRows& rows, std::size_t groups, const base::Progress& progress, Add add) {
    const auto visit = [&](const float* row) {
        for (std::size_t first = 0; first < rows.width(); first += groups)
            for (std::size_t group = 0; group < groups; ++group) add(group, static_cast<double>(row[first + group]));
    };
    rows.each(visit, progress);
}

std::vector<double> means(const TrainingRows& rows, std::size_t groups, const base::Progress& progress) {
    const auto n = static_cast<double>(rows.count() * (rows.width() / groups));
    std::vector<double> mean(groups);
    forValues(rows, groups, progress, [&](std::size_t group, double x) { mean[group] += x / n; });
    return mean;
}

}  // namespace

Moments momentsOf(const TrainingRows& rows, std::size_t groups, const base::Progress& progress) {
    const auto n = static_cast<double>(rows.count() * (rows.width() / groups));
    Moments moments{means(rows, groups, base::piece(progress, 0, 0.5)), std::vector<double>(groups)};
    forValues(rows, groups, base::piece(progress, 0.5, 1), [&](std::size_t group, double x) {
        const double distance = x - moments.mean[group];
        moments.deviation[group] += distance * distance / n;
    });
    for (std::size_t group = 0; group < groups; ++group) {
        double& deviation = moments.deviation[group];
        deviation = std::sqrt(deviation);
        if (deviation <= 1e-7 * std::abs(moments.mean[group]) || deviation == 0) deviation = 1;
    }
    return moments;
}

std::vector<double> meansOf(const TrainingRows& rows, const base::Progress& progress) {
    return means(rows, rows.width(), progress);
}

}  // namespace perceptory::data
