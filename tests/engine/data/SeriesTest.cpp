// Series to forecast: what the formulas say.

#include <doctest/doctest.h>

#include <eigen3/Eigen/Dense>

#include <cmath>
#include <numbers>
#include <numeric>

#include "engine/data/generators/Generator.h"

using namespace perceptory;
using namespace perceptory::data;

namespace {

Table makeSeries(const base::Json& parameters) {
    const GeneratorType& type = generator_members::Series;
    base::Problems problems;
    base::checkParams(type.parameters, parameters, type.id, problems);
    REQUIRE(problems.empty());
    return generateTable(type, parameters, 1);
}

// The series itself, from windows that begin one after the other.
std::vector<double> seriesOf(base::Json parameters, std::size_t count) {
    parameters.update({{"samples", count}, {"length", 1}, {"stride", 1}});
    const Table table = makeSeries(parameters);
    std::vector<float> values = table.values.floats();
    return {values.begin(), values.end()};
}

double varianceOf(const std::vector<double>& x) {
    const double n = static_cast<double>(x.size()), mean = std::accumulate(x.begin(), x.end(), 0.0) / n;
    return std::inner_product(x.begin(), x.end(), x.begin(), 0.0) / n - mean * mean;
}

}  // namespace

TEST_CASE("a window is followed by its target, and no two share a value unless the stride says so") {
    const std::vector<double> x = seriesOf({{"process", "mackey_glass"}}, 400);
    const auto check = [&](int length, int horizon, int asked, int stride) {
        const Table table = makeSeries({{"process", "mackey_glass"},
                                        {"samples", 20},
                                        {"length", length},
                                        {"horizon", horizon},
                                        {"stride", asked}});
        CHECK(table.shape == std::vector<std::int64_t>{length, 1});
        CHECK(table.columns.back() == "x 0");
        CHECK(table.columns.front() == "x " + std::to_string(1 - length));
        CHECK(table.targetNames == std::vector<std::string>{"x +" + std::to_string(horizon)});
        CHECK(table.rowsOverlap == (stride < length + horizon));
        std::vector<float> row(static_cast<std::size_t>(length));
        for (std::size_t i = 0; i < 20; ++i) {
            table.values.read(i, row.data());
            const std::size_t first = i * static_cast<std::size_t>(stride);
            for (std::size_t t = 0; t < row.size(); ++t) CHECK(static_cast<double>(row[t]) == x[first + t]);
            CHECK(static_cast<double>(table.targets[i]) ==
                  x[first + row.size() + static_cast<std::size_t>(horizon - 1)]);
        }
    };
    check(5, 3, 0, 8);
    check(5, 3, 1, 1);
    check(5, 1, 6, 6);
    check(3, 1, 19, 19);
    check(1, 1, 0, 2);
}

TEST_CASE("least squares finds the coefficients of the autoregression, whose variance is 1") {
    for (const auto& [memory, period] : {std::pair{0.9, 12.0}, {0.5, 4.0}, {0.0, 10.0}, {0.97, 30.0}}) {
        CAPTURE(memory);
        const std::vector<double> x =
            seriesOf({{"process", "autoregression"}, {"memory", memory}, {"period", period}}, 40000);
        Eigen::Matrix2d products = Eigen::Matrix2d::Zero();
        Eigen::Vector2d answers = Eigen::Vector2d::Zero();
        for (std::size_t t = 2; t < x.size(); ++t) {
            const Eigen::Vector2d past(x[t - 1], x[t - 2]);
            products += past * past.transpose();
            answers += past * x[t];
        }
        const Eigen::Vector2d found = products.inverse() * answers;
        CHECK(std::abs(found[0] - 2 * memory * std::cos(2 * std::numbers::pi / period)) < 0.02);
        CHECK(std::abs(found[1] + memory * memory) < 0.02);
        CHECK(varianceOf(x) == doctest::Approx(1).epsilon(0.1));
    }
}

TEST_CASE("the logistic map follows its rule, sines have variance 1, trend and noise are added") {
    const std::vector<double> x = seriesOf({{"process", "logistic_map"}, {"growth", 3.7}}, 500);
    for (std::size_t t = 1; t < x.size(); ++t)
        CHECK(x[t] == doctest::Approx(3.7 * x[t - 1] * (1 - x[t - 1])).epsilon(1e-5));
    CHECK(varianceOf(x) > 0.02);
    const std::vector<double> sines = seriesOf(base::Json::object(), 20000);
    CHECK(varianceOf(sines) == doctest::Approx(1).epsilon(0.02));
    const std::vector<double> more = seriesOf({{"trend", 4}, {"noise", 0.3}}, 20000);
    std::vector<double> noise;
    for (std::size_t t = 0; t < sines.size(); ++t)
        noise.push_back(more[t] - sines[t] - 4 * static_cast<double>(t) / 20001);
    CHECK(std::sqrt(varianceOf(noise)) == doctest::Approx(0.3).epsilon(0.03));
    CHECK(std::abs(std::accumulate(noise.begin(), noise.end(), 0.0) / 20000) < 0.01);
}

// Heun's method with steps of a hundredth, from the same first value.
TEST_CASE("Mackey-Glass is what another integration of the equation gives") {
    constexpr int delay = 17, steps = 100;
    const auto slope = [](double x, double past) { return 0.2 * past / (1 + std::pow(past, 10)) - 0.1 * x; };
    base::RandomStream random(1, base::stableHash("generator.series"));
    std::vector<double> x(delay * steps + 1, random.uniform(0.9, 1.3));
    for (int i = 0; i < 700 * steps; ++i) {
        const double past = x[x.size() - 1 - delay * steps], next = x[x.size() - delay * steps], now = x.back();
        const double first = slope(now, past), second = slope(now + first / steps, next);
        x.push_back(now + (first + second) / 2 / steps);
    }
    const std::vector<double> found = seriesOf({{"process", "mackey_glass"}}, 200);
    for (std::size_t t = 0; t < found.size(); ++t)
        CHECK(std::abs(found[t] - x[delay * steps + (501 + t) * steps]) < 3e-3);
    CHECK(varianceOf(found) > 0.03);
}
