#include "engine/metrics/Metric.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using namespace perceptory::metrics;

namespace {

// Predictions and targets of 6 samples with two outputs each, classes for the same samples.
const std::vector<float> values{2.5f, 1, 0, 2, 2, -1, 8, 0.5f, 7, 3, -1, 4};
const std::vector<float> targets{3, 1, -0.5f, 2, 2, -2, 7, 1, 7.5f, 3, -1, 6};
const std::vector<int> predicted{0, 1, 2, 1, 0, 2}, actual{0, 1, 1, 1, 2, 2};
// Of three classes; the largest is the predicted one.
const std::vector<float> shares{0.8f, 0.1f, 0.1f, 0.2f, 0.5f, 0.3f, 0.1f, 0.3f, 0.6f,
                                0.0f, 0.9f, 0.1f, 0.5f, 0.3f, 0.2f, 0.2f, 0.2f, 0.6f};

// Fed in parts of `step` samples.
double measure(const char* id, std::int64_t step = 6,
               const perceptory::base::Json& parameters = perceptory::base::Json::object()) {
    const MetricType& type = shelf().get(id, "test");
    const auto metric = type.create({type.parameters, parameters});
    for (std::int64_t i = 0; i < 6; i += step)
        metric->add({step, 2, &values[static_cast<std::size_t>(2 * i)], &targets[static_cast<std::size_t>(2 * i)],
                     &predicted[static_cast<std::size_t>(i)], &actual[static_cast<std::size_t>(i)], 3,
                     &shares[static_cast<std::size_t>(3 * i)], &shares[static_cast<std::size_t>(3 * i)]});
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

// By class: hits 1 2 1, predicted 2 2 2, actual 1 3 2.
TEST_CASE("class metrics agree with their definitions, as scikit-learn has them") {
    CHECK(measure("precision") == doctest::Approx((0.5 + 1 + 0.5) / 3));
    CHECK(measure("precision", 6, {{"average", "micro"}}) == doctest::Approx(4.0 / 6));
    CHECK(measure("recall") == doctest::Approx((1 + 2.0 / 3 + 0.5) / 3));
    CHECK(measure("recall", 6, {{"average", "class"}, {"of_class", 2}}) == doctest::Approx(0.5));
    CHECK(measure("f1") == doctest::Approx((2.0 / 3 + 0.8 + 0.5) / 3));
    CHECK(measure("dice") == measure("f1"));
    CHECK(measure("iou") == doctest::Approx((0.5 + 2.0 / 3 + 1.0 / 3) / 3));
    CHECK(measure("top_k", 6, {{"k", 1}}) == measure("accuracy"));
    CHECK(measure("top_k", 6, {{"k", 2}}) == doctest::Approx(5.0 / 6));
    CHECK(measure("log_loss") ==
          doctest::Approx(
              -(std::log(0.8) + std::log(0.5) + std::log(0.3) + std::log(0.9) + std::log(0.2) + std::log(0.6)) / 6));
    CHECK(measure("mean_bias_error") == doctest::Approx(-1.0 / 12));
}

// Class 0: its score 0.8 is above all 5 others. Class 1: 0.5 0.3 0.9 against 0.1 0.3 0.2. Class 2: 0.2 0.6 against 0.1
// 0.3 0.6 0.1.
TEST_CASE("the area under the ROC curve counts pairs in the right order, ties by half") {
    const double second = (3 + 2.5 + 3) / 9, third = (2 + 3.5) / 8;
    CHECK(measure("roc_auc") == doctest::Approx((1 + second + third) / 3));
}

// Scores of two samples tie at a probability of 1 and yet have an order.
TEST_CASE("the area under the ROC curve goes by the scores, where probabilities are cut short") {
    const float probabilities[] = {0, 1, 0, 1, 1, 0}, scores[] = {-30, 30, -40, 40, 2, -2};
    const int actualOnes[] = {0, 1, 0}, guesses[] = {1, 1, 0};
    const MetricType& type = shelf().get("roc_auc", "test");
    const perceptory::base::Json none = perceptory::base::Json::object();
    const auto metric = type.create({type.parameters, none});
    metric->add({3, 1, scores, nullptr, guesses, actualOnes, 2, probabilities, scores});
    CHECK(metric->result() == 1);
}

// Three samples of two labels. By label: hits 1 1, predicted 2 1, actual 1 2; scikit-learn's values.
TEST_CASE("labels are measured each by itself") {
    const float probabilities[] = {0.9f, 0.2f, 0.6f, 0.7f, 0.1f, 0.4f}, labels[] = {1, 0, 0, 1, 0, 1};
    const auto measured = [&](const char* id, const perceptory::base::Json& parameters) {
        const MetricType& type = shelf().get(id, "test");
        REQUIRE(type.labels);
        const auto metric = type.create({type.parameters, parameters});
        for (std::int64_t i = 0; i < 3; ++i)
            metric->add({1, 2, nullptr, labels + 2 * i, nullptr, nullptr, 2, probabilities + 2 * i,
                         probabilities + 2 * i, labels + 2 * i});
        return metric->result();
    };
    const perceptory::base::Json none = perceptory::base::Json::object();
    CHECK(measured("accuracy", none) == doctest::Approx(4.0 / 6));
    CHECK(measured("precision", none) == doctest::Approx(0.75));
    CHECK(measured("recall", none) == doctest::Approx(0.75));
    CHECK(measured("f1", none) == doctest::Approx(2.0 / 3));
    CHECK(measured("f1", {{"average", "micro"}}) == doctest::Approx(4.0 / 6));
    CHECK(measured("iou", {{"average", "class"}, {"of_class", 1}}) == doctest::Approx(0.5));
    CHECK(measured("roc_auc", none) == doctest::Approx(1));
    CHECK(measured("log_loss", none) ==
          doctest::Approx(
              -(std::log(0.9) + std::log(0.8) + std::log(0.4) + std::log(0.7) + std::log(0.9) + std::log(0.4)) / 6));
}

TEST_CASE("keys of metrics lead to their metric") {
    CHECK(metricOf("f1") == &shelf().get("f1", "test"));
    CHECK(metricOf("f1_macro") == &shelf().get("f1", "test"));
    CHECK(metricOf("out.f1_Iris.setosa") == &shelf().get("f1", "test"));
    CHECK(metricOf("value.where.mean_absolute_error") == &shelf().get("mean_absolute_error", "test"));
    CHECK(!metricOf("loss"));
    CHECK(!metricOf("out.loss"));
}

TEST_CASE("every metric fits a task, needs something to measure, and does not mind how the samples are cut") {
    for (const MetricType* type : shelf().members()) {
        CAPTURE(type->id);
        CHECK((type->classification || type->regression));
        const perceptory::base::Json none = perceptory::base::Json::object();
        CHECK(std::isnan(type->create({type->parameters, none})->result()));
        CHECK(measure(type->id.c_str(), 1) == doctest::Approx(measure(type->id.c_str())).epsilon(1e-12));
        CHECK(measure(type->id.c_str(), 3) == doctest::Approx(measure(type->id.c_str())).epsilon(1e-12));
    }
}

TEST_CASE("what a run that diverged puts out can be measured") {
    const float none = std::numeric_limits<float>::quiet_NaN(), most = std::numeric_limits<float>::infinity();
    for (const float bad : {none, most, -most})
        for (const MetricType* type : shelf().members()) {
            CAPTURE(type->id);
            const perceptory::base::Json defaults = perceptory::base::Json::object();
            const auto metric = type->create({type->parameters, defaults});
            const std::vector<float> outputs(values.size(), bad), scores(shares.size(), bad);
            metric->add({6, 2, outputs.data(), targets.data(), predicted.data(), actual.data(), 3, scores.data(),
                         scores.data()});
            metric->result();
        }
}

TEST_CASE("targets that are all alike have no r2") {
    const perceptory::base::Json none = perceptory::base::Json::object();
    const MetricType& type = shelf().get("r2", "test");
    const auto metric = type.create({type.parameters, none});
    const float value = 1, target = 2;
    for (int i = 0; i < 3; ++i) metric->add({1, 1, &value, &target, nullptr, nullptr});
    CHECK(std::isnan(metric->result()));
}
