// Samples as places in a plane: scikit-learn's principal components, and t-SNE that keeps classes together.

#include "engine/training/probes/Embed.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "tests/engine/training/Fixtures.h"

using namespace perceptory;
using namespace perceptory::training;
using base::Json;

namespace {

std::shared_ptr<const data::Dataset> digits() {
    base::Problems problems;
    data::DataSpec spec = data::DataSpec::fromJson({{"source", "dataset"}, {"id", "digits"}, {"seed", "1"}}, problems);
    return data::loadDataset(spec, std::filesystem::path("."), problems);
}

double squareOfDistance(std::span<const float> a, std::span<const float> b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += (double{a[i]} - double{b[i]}) * (double{a[i]} - double{b[i]});
    return sum;
}

}  // namespace

TEST_CASE("principal components are scikit-learn's") {
    const Json golden = Json::parse(std::ifstream(PERCEPTORY_SOURCE_DIR "/tests/golden/embedding.json"));
    const std::vector<float> found = principalComponents(golden["rows"].get<std::vector<float>>(), 30, 3);
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const double first = golden["places"][0][axis], sign = (first > 0) == (found[axis] > 0) ? 1 : -1;
        for (std::size_t row = 0; row < 30; ++row)
            CHECK(double{found[row * 3 + axis]} ==
                  doctest::Approx(sign * golden["places"][row][axis].get<double>()).epsilon(1e-3).scale(1));
    }
    // More directions than there are.
    CHECK(principalComponents(std::vector<float>{1, 2, 3}, 3, 2)[1] == 0);
}

TEST_CASE("nearest neighbours are the nearest") {
    const auto dataset = digits();
    const std::size_t samples = 400, width = dataset->features();
    const auto values = std::span(dataset->inputs).first(samples * width);
    const auto row = [&](std::size_t i) { return values.subspan(i * width, width); };
    const std::vector<std::uint32_t> found = nearestNeighbours(values, samples, 3);
    for (std::size_t i = 0; i < samples; i += 7) {
        std::vector<double> all;
        for (std::size_t k = 0; k < samples; ++k)
            if (k != i) all.push_back(squareOfDistance(row(i), row(k)));
        std::ranges::sort(all);
        for (std::size_t n = 0; n < 3; ++n)
            CHECK(squareOfDistance(row(i), row(found[i * 3 + n])) == doctest::Approx(all[n]).epsilon(1e-4));
    }
    CHECK(nearestNeighbours(std::vector<float>{1, 5}, 2, 3) == std::vector<std::uint32_t>{1, 0, 0, 0, 1, 1});
}

TEST_CASE("t-SNE of the digits keeps classes together") {
    const auto dataset = digits();
    REQUIRE(dataset->count == 1797);
    std::vector<double> told;
    const std::vector<float> places =
        tsne(dataset->inputs, 1797, {.iterations = 400}, [&](double share, std::span<const float> soFar) {
            told.push_back(share);
            CHECK(soFar.size() == 2 * 1797);
            return true;
        });
    const std::vector<std::uint32_t> nearest = nearestNeighbours(places, 1797, 1);
    int same = 0;
    for (std::size_t i = 0; i < 1797; ++i) same += dataset->labels[i] == dataset->labels[nearest[i]];
    MESSAGE("nearest neighbours of the same class: ", same / 1797.0);
    CHECK(same >= 0.93 * 1797);
    CHECK(told.back() == 1);
    CHECK(std::ranges::is_sorted(told));
}

TEST_CASE("t-SNE gives the same places again, stops when it is told to, and takes few or equal samples") {
    const auto dataset = digits();
    const auto values = std::span(dataset->inputs).first(100 * 64);
    const std::vector<float> once = tsne(values, 100, {.iterations = 60});
    CHECK(once == tsne(values, 100, {.iterations = 60}));
    int told = 0;
    tsne(values, 100, {.iterations = 600}, [&](double, std::span<const float>) { return ++told < 2; });
    CHECK(told == 2);
    const std::vector<float> same(50 * 3, 1.0f);
    for (const float place : tsne(same, 50, {.iterations = 20})) CHECK(std::isfinite(place));
    CHECK(tsne(std::vector<float>{1, 2}, 2, {}).size() == 4);
}
