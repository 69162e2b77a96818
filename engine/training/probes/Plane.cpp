// The plane that pictures of the data lie in.

#include <Eigen/Dense>
#include <numeric>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/data/preprocessing/Covariance.h"
#include "engine/data/preprocessing/PrincipalAxes.h"
#include "engine/training/probes/Probe.h"

namespace perceptory::training {

namespace {

using base::ParamValues;

// Rows that the statistics of large data sets are taken from. Of wide rows fewer will do for a picture, and then the
// principal components are found in a fraction of a second.
constexpr std::size_t mostRows = 5000, mostWideRows = 1000;
constexpr std::size_t wideColumns = 500;

struct Moments {
    Eigen::VectorXd mean, deviation;
    Eigen::MatrixXd standardized;  // rows × columns
};

Moments moments(const data::Dataset& dataset) {
    const auto columns = static_cast<Eigen::Index>(dataset.rawNames.size());
    const std::size_t most = dataset.rawNames.size() > wideColumns ? mostWideRows : mostRows;
    const std::size_t step = std::max<std::size_t>(1, dataset.count / most);
    const auto rows = static_cast<Eigen::Index>((dataset.count + step - 1) / step);
    Moments result;
    result.standardized.resize(rows, columns);
    std::vector<float> scratch;
    for (Eigen::Index r = 0; r < rows; ++r) {
        const std::span<const float> raw = dataset.rawRow(static_cast<std::size_t>(r) * step, scratch);
        for (Eigen::Index c = 0; c < columns; ++c) result.standardized(r, c) = raw[static_cast<std::size_t>(c)];
    }
    result.mean = result.standardized.colwise().mean();
    result.standardized.rowwise() -= result.mean.transpose();
    result.deviation = (result.standardized.colwise().squaredNorm() / static_cast<double>(rows)).cwiseSqrt();
    for (Eigen::Index c = 0; c < columns; ++c)
        if (result.deviation(c) < 1e-12) result.deviation(c) = 1;
    result.standardized.array().rowwise() /= result.deviation.transpose().array();
    return result;
}

// The first two of the standardized columns.
struct Components {
    std::vector<double> axes;  // [2][columns]
    double variance[2];
};

Components componentsOf(const Moments& stats) {
    std::vector<std::uint32_t> numbers(static_cast<std::size_t>(stats.standardized.rows()));
    std::iota(numbers.begin(), numbers.end(), 0u);
    const auto read = [&stats](std::span<const std::uint32_t> rows, float* into) {
        for (const std::uint32_t row : rows)
            for (const double value : stats.standardized.row(row)) *into++ = static_cast<float>(value);
    };
    const auto columns = static_cast<std::size_t>(stats.standardized.cols());
    const data::TrainingRows rows(std::move(numbers), columns, read);
    const std::vector<double> mean(columns, 0);
    data::Covariance covariance(rows, mean, {});
    const std::vector<double> variances = covariance.variances();
    return {covariance.axes(2), {variances[0], variances[1]}};
}

}  // namespace

std::vector<base::ParamType> planeParameters(std::int64_t size) {
    return {base::integerParam("size", "Size", "Points along each side of the grid.", size, 4, 1024),
            base::choiceParam("axes", "Axes", "Two columns of the data, or its first two principal components.",
                              "columns", {"columns", "components"}),
            base::integerParam("first", "First column", "Column along x, counted from 0.", 0, 0, 1'000'000),
            base::integerParam("second", "Second column", "Column along y, counted from 0.", 1, 0, 1'000'000)};
}

Plane planeOf(const data::Dataset& dataset, const ParamValues& settings) {
    return Plane(dataset, settings.text("axes"), settings.integer("first"), settings.integer("second"));
}

std::shared_ptr<const Plane> planeIn(const ProbeContext& context, const ParamValues& settings) {
    const std::string key = settings.text("axes") + " " + std::to_string(settings.integer("first")) + " " +
                            std::to_string(settings.integer("second"));
    std::shared_ptr<const Plane>& plane = context.cache.planes[key];
    if (!plane) plane = std::make_shared<const Plane>(planeOf(context.dataset, settings));
    return plane;
}

Plane::Plane(const data::Dataset& dataset, const std::string& axes, std::int64_t first, std::int64_t second) {
    const std::size_t columns = dataset.rawNames.size();
    if (columns == 0) throw base::Error(base::sentence("The data has no columns, so it has no plane to show."));
    // Thousands of large images for one picture would keep the training waiting for minutes.
    if (columns > data::widestCovariance)
        throw base::Error(
            base::sentence("The data has {0} columns, and the map of a plane can have {1} at most. Look at "
                           "the samples, or make the images smaller.",
                           columns, data::widestCovariance));
    m_origin.assign(columns, 0);
    m_deviation.assign(columns, 1);
    m_axis[0].assign(columns, 0);
    m_axis[1].assign(columns, 0);
    if (columns == 1) {  // along x; nothing changes along y
        m_axis[0][0] = 1;
        names[0] = dataset.rawNames[0];
        minimum[0] = dataset.shownMinimum[0];
        maximum[0] = dataset.shownMaximum[0];
        minimum[1] = -1;
        maximum[1] = 1;
        return;
    }
    if (axes == "components") {
        const Moments stats = moments(dataset);
        const Components found = componentsOf(stats);
        for (std::size_t c = 0; c < columns; ++c) {
            m_origin[c] = stats.mean(static_cast<Eigen::Index>(c));
            m_deviation[c] = stats.deviation(static_cast<Eigen::Index>(c));
        }
        for (int axis = 0; axis < 2; ++axis) {
            const auto begin = found.axes.begin() + static_cast<std::ptrdiff_t>(axis * columns);
            m_axis[axis].assign(begin, begin + static_cast<std::ptrdiff_t>(columns));
            data::fixSign(m_axis[axis]);
            names[axis] = base::sentence("component {0}", axis + 1);
            const double reach = 1.1 * std::max(1.0, 2.5 * std::sqrt(std::max(0.0, found.variance[axis])));
            minimum[axis] = -reach;
            maximum[axis] = reach;
        }
        return;
    }
    const std::size_t chosen[2] = {static_cast<std::size_t>(first), static_cast<std::size_t>(second)};
    if (columns > 2) {
        const Moments stats = moments(dataset);
        for (std::size_t c = 0; c < columns; ++c) m_origin[c] = stats.mean(static_cast<Eigen::Index>(c));
    }
    for (int axis = 0; axis < 2; ++axis) {
        const std::size_t column = chosen[axis];
        if (column >= columns || chosen[0] == chosen[1])
            throw base::Error(
                base::sentence("The plane needs two different columns from 0 to {0}. Choose others.", columns - 1));
        m_axis[axis][column] = 1;
        m_origin[column] = 0;
        names[axis] = dataset.rawNames[column];
        minimum[axis] = dataset.shownMinimum[column];
        maximum[axis] = dataset.shownMaximum[column];
    }
}

std::vector<float> Plane::rawAt(double x, double y) const {
    std::vector<float> raw(m_origin.size());
    for (std::size_t c = 0; c < raw.size(); ++c)
        raw[c] = static_cast<float>(m_origin[c] + (x * m_axis[0][c] + y * m_axis[1][c]) * m_deviation[c]);
    return raw;
}

std::vector<float> Plane::grid(int size) const {
    std::vector<float> rows;
    rows.reserve(static_cast<std::size_t>(size) * static_cast<std::size_t>(size) * m_origin.size());
    for (int row = 0; row < size; ++row)
        for (int column = 0; column < size; ++column) {
            const double x = minimum[0] + (maximum[0] - minimum[0]) * (column + 0.5) / size;
            const double y = maximum[1] - (maximum[1] - minimum[1]) * (row + 0.5) / size;
            const std::vector<float> raw = rawAt(x, y);
            rows.insert(rows.end(), raw.begin(), raw.end());
        }
    return rows;
}

std::pair<float, float> Plane::project(std::span<const float> raw) const {
    double place[2] = {0, 0};
    for (int axis = 0; axis < 2; ++axis)
        for (std::size_t c = 0; c < raw.size(); ++c)
            place[axis] += m_axis[axis][c] * (static_cast<double>(raw[c]) - m_origin[c]) / m_deviation[c];
    return {static_cast<float>(place[0]), static_cast<float>(place[1])};
}

}  // namespace perceptory::training
