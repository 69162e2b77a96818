#pragma once
// Rows that tests of preprocessing share, and short ways to fit steps to them.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/Random.h"
#include "engine/data/InputPipeline.h"

namespace perceptory::data {

using base::Json;

// Rows to fit and to prepare. All columns are called c0, c1, …
struct Samples {
    std::size_t width = 0;
    std::vector<float> values;
    std::vector<std::uint32_t> training;
    std::vector<Field> fields;

    std::size_t count() const { return values.size() / width; }
    void train(std::size_t rows) {
        training.resize(rows);
        std::iota(training.begin(), training.end(), 0u);
    }
};

inline Samples randomSamples(std::size_t count, std::vector<std::int64_t> shape, std::uint64_t seed = 1) {
    Samples samples;
    samples.fields = {{"x", std::move(shape)}};
    samples.width = static_cast<std::size_t>(samples.fields[0].size());
    base::RandomStream random(seed, 0);
    for (std::size_t i = 0; i < count * samples.width; ++i)
        samples.values.push_back(
            static_cast<float>(random.normal() * static_cast<double>(1 + i % samples.width) +
                               (i >= samples.width && i % samples.width > 0 ? 0.3 * samples.values.back() : 2)));
    samples.train(count - count / 4);
    return samples;
}

inline InputPipeline unfitted(const Samples& samples) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < samples.width; ++i) names.push_back("c" + std::to_string(i));
    base::Problems problems;
    InputPipeline pipeline = InputPipeline::make({names}, {}, problems).value();
    pipeline.setFields(samples.fields);
    return pipeline;
}

inline bool fit(InputPipeline& pipeline, const Samples& samples, const Json& steps, base::Problems& problems,
                const base::Progress& progress = {}) {
    std::vector<base::KindSpec> specs;
    for (const Json& step : steps) specs.push_back(base::KindSpec::fromJson(step, "", problems));
    const auto read = [&](std::size_t row, float* into) {
        std::copy_n(&samples.values[row * samples.width], samples.width, into);
    };
    return pipeline.fit(specs, read, samples.training, problems, progress);
}

inline InputPipeline fitted(const Samples& samples, const Json& steps) {
    InputPipeline pipeline = unfitted(samples);
    base::Problems problems;
    REQUIRE_MESSAGE(fit(pipeline, samples, steps, problems), (problems.empty() ? "" : describe(problems[0])));
    return pipeline;
}

inline base::Problem refusal(const Samples& samples, const Json& steps) {
    InputPipeline pipeline = unfitted(samples);
    base::Problems problems;
    CHECK_FALSE(fit(pipeline, samples, steps, problems));
    CHECK(pipeline.steps().empty());
    CHECK(pipeline.inputCount() == samples.width);
    REQUIRE(problems.size() == 1);
    return problems[0];
}

inline std::vector<float> prepared(const InputPipeline& pipeline, const Samples& samples) {
    return pipeline.apply(samples.values, samples.count());
}

inline std::vector<float> undone(const InputPipeline& pipeline, const std::vector<float>& inputs) {
    const std::size_t count = inputs.size() / pipeline.inputCount();
    std::vector<float> features(count * pipeline.featureCount());
    pipeline.undo(inputs, count, features);
    return features;
}

inline double largestDifference(const std::vector<float>& a, const std::vector<float>& b) {
    REQUIRE(a.size() == b.size());
    double worst = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double difference = std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
        if (!(difference <= worst)) worst = difference;
    }
    return worst;
}

// Every member by its id alone; c2 has few values, so that one_hot finds something to do.
inline Samples forEvery() {
    Samples samples = randomSamples(40, {2, 1, 3});
    for (std::size_t row = 0; row < samples.count(); ++row)
        samples.values[row * samples.width + 2] = static_cast<float>(row % 4);
    return samples;
}

// Of the first `rows` rows, divided by their number.
inline std::vector<double> covariance(const std::vector<float>& values, std::size_t width, std::size_t rows) {
    std::vector<double> mean(width), result(width * width);
    for (std::size_t i = 0; i < rows * width; ++i)
        mean[i % width] += static_cast<double>(values[i]) / static_cast<double>(rows);
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t a = 0; a < width; ++a)
            for (std::size_t b = 0; b < width; ++b)
                result[a * width + b] += (static_cast<double>(values[row * width + a]) - mean[a]) *
                                         (static_cast<double>(values[row * width + b]) - mean[b]) /
                                         static_cast<double>(rows);
    return result;
}

}  // namespace perceptory::data
