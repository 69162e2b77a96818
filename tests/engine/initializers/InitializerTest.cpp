#include "engine/initializers/Initializer.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace perceptory;
using namespace perceptory::initializers;
using base::Json;

namespace {

const WeightShape dense{{300, 200}, 300, 200};
const WeightShape convolution{{3, 3, 8, 12}, 72, 108};

std::vector<double> draw(const std::string& id, const WeightShape& weight, const Json& parameters = Json::object(),
                         std::uint64_t seed = 1) {
    const InitializerType& type = shelf().get(id, "test");
    base::RandomStream random(seed, 1);
    return type.draw(base::ParamValues(type.parameters, parameters), weight, random);
}

struct Facts {
    double mean = 0, deviation = 0, largest = 0;

    explicit Facts(const std::vector<double>& values) {
        const auto count = static_cast<double>(values.size());
        for (const double value : values) mean += value / count;
        for (const double value : values) deviation += (value - mean) * (value - mean) / count;
        for (const double value : values) largest = std::max(largest, std::abs(value));
        deviation = std::sqrt(deviation);
    }
};

// The largest difference between the products of all columns and the unit matrix.
double defect(const std::vector<double>& q, std::int64_t rows, std::int64_t columns, double length) {
    double worst = 0;
    for (std::int64_t a = 0; a < columns; ++a)
        for (std::int64_t b = 0; b < columns; ++b) {
            double sum = 0;
            for (std::int64_t r = 0; r < rows; ++r)
                sum += q[static_cast<std::size_t>(r * columns + a)] * q[static_cast<std::size_t>(r * columns + b)];
            worst = std::max(worst, std::abs(sum - (a == b ? length : 0)));
        }
    return worst;
}

}  // namespace

TEST_CASE("every initializer fills every tensor with finite numbers, the same for the same seed") {
    const WeightShape shapes[] = {dense, convolution, {{7}, 5, 7}, {{1, 1}, 1, 1}, {{2, 5}, 2, 5}};
    for (const InitializerType* type : shelf().members())
        for (const WeightShape& weight : shapes) {
            CAPTURE(type->id);
            const std::vector<double> values = draw(type->id, weight);
            CHECK(std::ssize(values) == tensor::elementCount(weight.shape));
            for (const double value : values) REQUIRE(std::isfinite(value));
            CHECK(draw(type->id, weight) == values);
        }
}

// 60,000 values: the deviation found lies within one in a hundred of the true one.
TEST_CASE("values spread as the sources say") {
    const struct {
        const char* id;
        Json parameters;
        double deviation, bound;  // bound 0: none
    } cases[] = {
        {"torch_default", Json::object(), std::sqrt(1 / 900.0), std::sqrt(1 / 300.0)},
        {"fan_in_uniform", Json::object(), 1 / 300.0 / std::sqrt(3.0), 1 / 300.0},
        {"lecun_uniform", Json::object(), std::sqrt(1 / 300.0), std::sqrt(3 / 300.0)},
        {"lecun_normal", Json::object(), std::sqrt(1 / 300.0), 0},
        {"xavier_uniform", {{"gain", 2}}, 2 * std::sqrt(2 / 500.0), 2 * std::sqrt(6 / 500.0)},
        {"xavier_normal", Json::object(), std::sqrt(2 / 500.0), 0},
        {"he_uniform", {{"mode", "fan_out"}}, std::sqrt(2 / 200.0), std::sqrt(6 / 200.0)},
        {"he_normal", {{"slope", 1}}, std::sqrt(1 / 300.0), 0},
        {"siren", Json::object(), std::sqrt(2 / 300.0) / 30, std::sqrt(6 / 300.0) / 30},
        {"siren", {{"first", true}}, 1 / 300.0 / std::sqrt(3.0), 1 / 300.0},
        {"truncated_normal", {{"deviation", 2}}, 2 * 0.8796, 4},
        {"ones", Json::object(), 0, 1},
    };
    for (const auto& test : cases) {
        CAPTURE(test.id);
        const Facts facts(draw(test.id, dense, test.parameters));
        CHECK(facts.deviation == doctest::Approx(test.deviation).epsilon(0.01));
        if (test.bound > 0) CHECK(facts.largest <= test.bound);
        if (test.bound > 0) CHECK(facts.largest >= 0.99 * test.bound);
    }
}

TEST_CASE("orthogonal matrices keep lengths, tall or wide, times the gain") {
    CHECK(defect(draw("orthogonal", {{40, 17}, 40, 17}), 40, 17, 1) < 1e-12);
    CHECK(defect(draw("orthogonal", convolution, {{"gain", 3}}), 72, 12, 9) < 1e-11);
    const std::vector<double> wide = draw("orthogonal", {{5, 30}, 5, 30});
    std::vector<double> turned;
    for (std::size_t c = 0; c < 30; ++c)
        for (std::size_t r = 0; r < 5; ++r) turned.push_back(wide[r * 30 + c]);
    CHECK(defect(turned, 30, 5, 1) < 1e-12);
}

TEST_CASE("convolutions of identity and delta-orthogonal weights see the middle pixel only") {
    for (const char* id : {"identity", "delta_orthogonal"}) {
        CAPTURE(id);
        const std::vector<double> values = draw(id, convolution);
        const Matrices matrices(convolution.shape);
        CHECK(matrices.centre == 4);
        for (std::int64_t tap = 0; tap < 9; ++tap) {
            double sum = 0;
            for (std::int64_t i = 0; i < 8; ++i)
                for (std::int64_t o = 0; o < 12; ++o) sum += std::abs(values[matrices.index(tap, i, o)]);
            CHECK((sum > 0) == (tap == 4));
        }
        CHECK(values[matrices.index(4, 3, 3)] != 0);
        if (id == std::string("identity")) CHECK(values[matrices.index(4, 3, 2)] == 0);
    }
}
