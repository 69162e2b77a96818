#include "engine/training/Limits.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace perceptory;
using namespace perceptory::training;

namespace {

tensor::Buffer bufferOf(const std::vector<double>& values, tensor::Precision precision) {
    tensor::Buffer buffer(std::ssize(values), precision);
    for (std::size_t i = 0; i < values.size(); ++i) buffer.set(static_cast<std::int64_t>(i), values[i]);
    return buffer;
}

void check(const tensor::Buffer& buffer, const std::vector<double>& expected) {
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CAPTURE(i);
        CHECK(buffer.get(static_cast<std::int64_t>(i)) == doctest::Approx(expected[i]).epsilon(1e-5));
    }
}

}  // namespace

TEST_CASE("clipping by norm shrinks all trained gradients together and leaves short ones alone") {
    for (const tensor::Precision precision : {tensor::Precision::Float32, tensor::Precision::Float64}) {
        // The number between the two stretches belongs to a frozen weight.
        tensor::Buffer gradients = bufferOf({3, 100, 0, 4}, precision);
        const Stretch stretches[] = {{0, 1}, {2, 2}};
        clipByNorm(gradients, stretches, 1);
        check(gradients, {0.6, 100, 0, 0.8});
        clipByNorm(gradients, stretches, 2);
        check(gradients, {0.6, 100, 0, 0.8});
    }
}

TEST_CASE("the norm of many gradients counts each of them") {
    const std::vector<double> ones(1003, 1);
    tensor::Buffer gradients = bufferOf(ones, tensor::Precision::Float32);
    const Stretch all[] = {{0, 1003}};
    clipByNorm(gradients, all, std::sqrt(1003.0) / 2);
    check(gradients, std::vector<double>(1003, 0.5));
}

TEST_CASE("clipping by value holds each gradient on its own") {
    tensor::Buffer gradients = bufferOf({-3, 0.2, 9, -0.5}, tensor::Precision::Float32);
    const Stretch stretches[] = {{0, 2}, {3, 1}};
    clipByValue(gradients, stretches, 0.5);
    check(gradients, {-0.5, 0.2, 9, -0.5});
}

TEST_CASE("each unit's weights are scaled by what its norm asks for") {
    // Two inputs, three units, behind one number that is none of theirs.
    tensor::Buffer weights = bufferOf({7, 3, 0.1, 0, 4, 0.2, 0}, tensor::Precision::Float32);
    std::vector<double> norms(3);
    scaleUnits(
        weights, {1, 2, 3}, [](double norm) { return norm > 1 ? 1 / norm : 1.0; }, norms);
    check(weights, {7, 0.6, 0.1, 0, 0.8, 0.2, 0});
}
