#include "engine/data/preprocessing/PrincipalAxes.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/data/preprocessing/Covariance.h"
#include "engine/data/preprocessing/Moments.h"

namespace perceptory::data {

namespace {

// The share of the work that the means are.
constexpr double meanShare = 0.1;

// Variances below this part of the largest are nothing but rounding.
constexpr double rounding = 1e-12;

// So are all of them where the largest is next to nothing beside the means.
void clean(std::vector<double>& variances, const std::vector<double>& mean) {
    const double means = std::inner_product(mean.begin(), mean.end(), mean.begin(), 0.0);
    const double least = std::max(rounding * variances.front(), 1e-20 * means);
    for (double& variance : variances)
        if (variance <= least) variance = 0;
}

std::size_t countFor(const AxesKept& kept, const std::vector<double>& variances) {
    if (kept.count > 0) return std::min(static_cast<std::size_t>(kept.count), variances.size());
    const double wanted = kept.share * std::accumulate(variances.begin(), variances.end(), 0.0);
    double sum = 0;
    for (std::size_t i = 0; i < variances.size(); ++i)
        if ((sum += variances[i]) >= wanted * (1 - rounding)) return i + 1;
    return variances.size();
}

// Both report a problem when not.
bool isMeasurable(const FitRequest& request, const std::vector<double>& mean) {
    if (std::ranges::all_of(mean, [](double value) { return std::isfinite(value); })) return true;
    request.problems.push_back({request.where, base::Severity::Error,
                                base::sentence("After the steps before, some values are too large to be numbers."),
                                base::sentence("Remove the step before, or standardize first.")});
    return false;
}

bool isNarrow(const FitRequest& request) {
    const std::size_t width = request.rows.width();
    if (width <= widestCovariance) return true;
    request.problems.push_back(
        {request.where, base::Severity::Error,
         base::sentence("The data has {0} columns, and principal components can be found for at most {1}.", width,
                        widestCovariance),
         base::sentence("Use smaller images or fewer columns, or standardize instead.")});
    return false;
}

}  // namespace

void fixSign(std::span<double> axis) {
    const auto smaller = [](double a, double b) { return std::abs(a) < std::abs(b); };
    if (*std::ranges::max_element(axis, smaller) >= 0) return;
    for (double& entry : axis) entry = -entry;
}

std::optional<PrincipalAxes> principalAxes(const FitRequest& request, const AxesKept& kept) {
    if (!isNarrow(request)) return {};
    const std::size_t width = request.rows.width();
    if (kept.count > static_cast<std::int64_t>(width))
        request.problems.push_back({request.where + ".components", base::Severity::Warning,
                                    base::sentence("There are {0} columns, so no more components than that.", width),
                                    base::sentence("Choose fewer components.")});
    const TrainingRows rows = request.rows.thinned(mostCovarianceRows);
    PrincipalAxes found{meansOf(rows, base::piece(request.progress, 0, meanShare)), {}, {}};
    if (!isMeasurable(request, found.mean)) return {};
    Covariance covariance(rows, found.mean, base::piece(request.progress, meanShare, 1));
    found.variances = covariance.variances();
    clean(found.variances, found.mean);
    found.variances.resize(countFor(kept, found.variances));
    found.axes = covariance.axes(found.count());
    for (std::size_t i = 0; i < found.count(); ++i) fixSign(std::span(found.axes).subspan(i * width, width));
    return found;
}

std::vector<double> spreadsOf(const PrincipalAxes& found, double epsilon) {
    std::vector<double> spreads;
    for (const double variance : found.variances) {
        const double spread = std::sqrt(variance + epsilon);
        spreads.push_back(spread > 0 ? spread : 1);
    }
    return spreads;
}

PackedMatrix ontoAxes(const PrincipalAxes& found, const std::vector<double>& spreads) {
    const std::size_t width = found.mean.size(), count = found.count();
    std::vector<float> values(width * count);
    for (std::size_t axis = 0; axis < count; ++axis)
        for (std::size_t i = 0; i < width; ++i)
            values[i * count + axis] = static_cast<float>(found.axes[axis * width + i] / spreads[axis]);
    return {width, count, values};
}

PackedMatrix fromAxes(const PrincipalAxes& found, const std::vector<double>& spreads) {
    const std::size_t width = found.mean.size(), count = found.count();
    std::vector<float> values(width * count);
    for (std::size_t axis = 0; axis < count; ++axis)
        for (std::size_t i = 0; i < width; ++i)
            values[axis * width + i] = static_cast<float>(found.axes[axis * width + i] * spreads[axis]);
    return {count, width, values};
}

base::ParamType componentsParam() {
    return base::integerParam("components", "Components",
                              "How many to keep, the ones with the largest variance first; 0: as many as the share of "
                              "variance needs.",
                              0, 0, static_cast<std::int64_t>(widestCovariance));
}

base::ParamType varianceParam(double fallback) {
    return base::numberParam("variance", "Share of variance",
                             "With 0 components: as few are kept as hold this share of the variance of the training "
                             "part; 1 keeps all that vary at all.",
                             fallback, 0.01, 1, base::Changes::Rebuild);
}

base::ParamType epsilonParam() {
    base::ParamType type = base::numberParam("epsilon", "Epsilon",
                                             "Added to every variance before its root divides, so that directions "
                                             "with hardly any variance are not blown up into noise.",
                                             1e-5, 0, 10, base::Changes::Rebuild);
    type.logScale = true;
    return type;
}

AxesKept keptBy(const base::ParamValues& values) { return {values.integer("components"), values.number("variance")}; }

}  // namespace perceptory::data
