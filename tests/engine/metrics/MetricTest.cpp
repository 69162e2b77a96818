#include "engine/metrics/Metric.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace perceptory::metrics;

namespace {

// Predictions and targets of 6 samples with two outputs each, classes for the same samples.
const std::vector<float> values{2.5f, 1, 0, 2, 2, -1, 8, 0.5f, 7, 3, -1, 4};
const std::vector<float> targets{3, 1, -0.5f, 2, 2, -2, 7, 1, 7.5f, 3, -1, 6};
const std::vector<int> predicted{0, 1, 2, 1, 0, 2}, actual{0, 1, 1, 1, 2, 2};

// Fed in parts of `step` samples.
double measure(const char* id, std::int64_t step = 6) {
    const auto metric = shelf().get(id, "test").create();
    for (std::int64_t i = 0; i < 6; i += step)
        metric->add({step, 2, &values[static_cast<std::size_t>(2 * i)], &targets[static_cast<std::size_t>(2 * i)],
                     &predicted[static_cast<std::size_t>(i)], &actual[static_cast<std::size_t>(i)]});
    return metric->result();
}

}  // namespace

// Worked out by hand. Squared errors by output: 1.75 and 5.25; squared distances of the targets from their mean: 65.5
// and 55 − 11² / 6.
TEST_CASE("metrics agree with their definitions") {
    CHECK(measure("accuracy") == doctest::Approx(4.0 / 6));
    CHECK(measure("mean_absolute_error") == doctest::Approx(6.0 / 12));
    CHECK(measure("root_mean_squared_error") == doctest::Approx(std::sqrt(7.0 / 12)));
    CHECK(measure("r2") == doctest::Approx(1 - (1.75 / 65.5 + 5.25 / (55 - 121.0 / 6)) / 2));
}

TEST_CASE("every metric fits a task, needs something to measure, and does not mind how the samples are cut") {
    for (const MetricType* type : shelf().members()) {
        CAPTURE(type->id);
        CHECK((type->classification || type->regression));
        CHECK(std::isnan(type->create()->result()));
        CHECK(measure(type->id.c_str(), 1) == doctest::Approx(measure(type->id.c_str())).epsilon(1e-12));
        CHECK(measure(type->id.c_str(), 3) == doctest::Approx(measure(type->id.c_str())).epsilon(1e-12));
    }
}

TEST_CASE("targets that are all alike have no r2") {
    const auto metric = shelf().get("r2", "test").create();
    const float value = 1, target = 2;
    for (int i = 0; i < 3; ++i) metric->add({1, 1, &value, &target, nullptr, nullptr});
    CHECK(std::isnan(metric->result()));
}
