// Images made to another size.

#include "tests/engine/data/PreprocessingSamples.h"

using namespace perceptory;
using namespace perceptory::data;

namespace {

Json resize(int height, int width) {
    return {{{"type", "resize"}, {"parameters", {{"height", height}, {"width", width}}}}};
}

}  // namespace

TEST_CASE("resized images get a shape and names of their size; where a size is 0, it stays") {
    const Samples samples = randomSamples(8, {4, 6, 2});
    const InputPipeline small = fitted(samples, resize(2, 3));
    CHECK(small.inputShape() == std::vector<std::int64_t>{2, 3, 2});
    CHECK(small.inputNames().front() == "pixel_0_0_0");
    CHECK(small.inputNames().back() == "pixel_1_2_1");
    const std::vector<float> inputs = prepared(small, samples);
    for (std::size_t c = 0; c < 2; ++c) {
        const float* v = samples.values.data() + c;  // halves on both axes: means of four
        CHECK(inputs[c] == doctest::Approx((v[0] + v[2] + v[12] + v[14]) / 4));
    }
    CHECK(fitted(samples, resize(0, 3)).inputShape() == std::vector<std::int64_t>{4, 3, 2});
    const InputPipeline same = fitted(samples, resize(4, 0));
    CHECK(same.inputNames() == same.featureNames());
    CHECK(prepared(same, samples) == samples.values);
    // The width of a row stays, its shape does not: also in place.
    std::vector<float> values = samples.values;
    const InputPipeline turned = fitted(samples, resize(6, 4));
    const Rows rows{values.data(), samples.count(), samples.width};
    turned.steps()[0].fitted->apply(rows, rows);
    CHECK(values == prepared(turned, samples));
}

TEST_CASE("resizing keeps what has no details, and undoing gives images of the size before") {
    Samples ramp;
    ramp.width = 8 * 8;
    ramp.fields = {{"x", {8, 8, 1}}};
    for (int i = 0; i < 64; ++i) ramp.values.push_back(static_cast<float>(i % 8));
    ramp.values.insert(ramp.values.end(), 64, 0.5f);
    ramp.train(1);
    const InputPipeline half = fitted(ramp, resize(4, 4));
    const std::vector<float> inputs = prepared(half, ramp);
    for (std::size_t i = 0; i < 16; ++i) {
        CHECK(inputs[i] == doctest::Approx(2 * static_cast<double>(i % 4) + 0.5));
        CHECK(inputs[16 + i] == 0.5f);
    }
    const std::vector<float> back = undone(half, inputs);
    for (std::size_t i = 0; i < 64; ++i) {
        if (i % 8 > 0 && i % 8 < 7) CHECK(back[i] == doctest::Approx(ramp.values[i]));
        CHECK(back[64 + i] == 0.5f);
    }
}

TEST_CASE("rows without height and width, and images that would be too large, are not resized") {
    const base::Problem table = refusal(randomSamples(5, {6}), resize(2, 2));
    CHECK(table.where == "data.preprocessing[0]");
    CHECK(table.sentence == "Only images can be resized, and these rows have no height and width.");
    const Json behind{{{"type", "pca"}, {"parameters", {{"components", 2}}}}, resize(2, 2)[0]};
    CHECK(refusal(randomSamples(9, {2, 2, 1}), behind).where == "data.preprocessing[1]");
    const base::Problem large = refusal(randomSamples(2, {1, 1, 2}), resize(1024, 1024));
    CHECK(large.sentence == "Images of 1024 x 1024 pixels and 2 channels have more than 1048576 values.");
}
