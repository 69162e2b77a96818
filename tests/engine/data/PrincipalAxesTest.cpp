// Principal axes by each of the methods: few or all of many columns, fewer rows than columns, bits that do not depend
// on the number of threads.

#include <functional>
#include <numbers>

#include "engine/data/preprocessing/TridiagonalRotations.h"
#include "tests/engine/data/PreprocessingSamples.h"

using namespace perceptory;
using namespace perceptory::data;

TEST_CASE("whitened training rows have the identity as covariance") {
    const Samples samples = randomSamples(80, {4});
    for (const char* id : {"pca_whitening", "zca_whitening"}) {
        INFO(id);
        const InputPipeline pipeline = fitted(samples, {{{"type", id}, {"parameters", {{"epsilon", 0}}}}});
        const std::vector<double> found = covariance(prepared(pipeline, samples), 4, samples.training.size());
        for (std::size_t i = 0; i < 16; ++i) CHECK(found[i] == doctest::Approx(i % 5 == 0 ? 1 : 0).epsilon(1e-5));
    }
}

// Of many columns only the axes that are wanted are worked out, by another method.
TEST_CASE("a few components of many columns are the largest, orthogonal and uncorrelated") {
    constexpr std::size_t width = 1100, rows = 64, kept = 8;
    Samples samples;
    samples.width = width;
    samples.fields = {{"x", {width}}};
    base::RandomStream random(2, 0);
    std::vector<float> axes(12 * width);
    for (float& value : axes) value = static_cast<float>(random.normal());
    samples.values.resize(rows * width);
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t axis = 0; axis < 12; ++axis) {
            const auto score = static_cast<float>(random.normal() / static_cast<double>(1 + axis));
            for (std::size_t i = 0; i < width; ++i) samples.values[row * width + i] += score * axes[axis * width + i];
        }
    samples.train(rows);
    const auto keep = [&](std::size_t count) {
        return fitted(samples, {{{"type", "pca"}, {"parameters", {{"components", count}}}}});
    };
    const InputPipeline few = keep(kept);
    const std::vector<float> scores = prepared(few, samples);
    const std::vector<double> found = covariance(scores, kept, rows);
    for (std::size_t i = 0; i < kept * kept; ++i)
        CHECK(std::abs(found[i] - (i % (kept + 1) == 0 ? found[i] : 0)) < 1e-4 * found[0]);
    for (std::size_t i = 1; i < kept; ++i) CHECK(found[i * (kept + 1)] < found[(i - 1) * (kept + 1)]);
    CHECK(largestDifference(few.apply(undone(few, scores), rows), scores) < 1e-3);
    const InputPipeline all = keep(12);
    CHECK(largestDifference(undone(all, prepared(all, samples)), samples.values) < 1e-3);
}

TEST_CASE("eigenvectors of a tridiagonal matrix come out where eigenvalues are equal or the matrix falls apart") {
    // Three copies of [[2, 1], [1, 2]] with 3 and 1, and a 3 by itself.
    const Tridiagonal matrix{{2, 2, 2, 2, 2, 2, 3}, {1, 0, 1, 0, 1, 0}};
    const std::vector<double> values{3, 3, 3, 3, 1, 1, 1};
    const auto vectors = tridiagonalVectors(matrix, values);
    REQUIRE(vectors);
    for (std::size_t a = 0; a < 7; ++a)
        for (std::size_t i = 0; i < 7; ++i) {
            const double* x = &(*vectors)[a * 7];
            double image = matrix.diagonal[i] * x[i];
            if (i > 0) image += matrix.beside[i - 1] * x[i - 1];
            if (i < 6) image += matrix.beside[i] * x[i + 1];
            CHECK(image == doctest::Approx(values[a] * x[i]).epsilon(1e-9));
            const double product = std::inner_product(x, x + 7, &(*vectors)[i * 7], 0.0);
            CHECK(product == doctest::Approx(a == i ? 1 : 0).epsilon(1e-9));
        }
    CHECK_FALSE(tridiagonalVectors(matrix, {3, 3, 2.5}));
}

// Their sums are shared among threads in panels of columns.
TEST_CASE("axes of more rows than columns whiten them, all or the first few") {
    constexpr std::size_t width = 230, rows = 300;
    Samples samples = randomSamples(rows, {width});
    samples.train(rows);
    for (const std::size_t kept : {width, std::size_t{20}}) {
        CAPTURE(kept);
        const Json step{{"type", "pca_whitening"}, {"parameters", {{"components", kept}, {"epsilon", 0}}}};
        const std::vector<double> found =
            covariance(prepared(fitted(samples, Json::array({step})), samples), kept, rows);
        double worst = 0;
        for (std::size_t i = 0; i < kept * kept; ++i)
            worst = std::max(worst, std::abs(found[i] - (i % (kept + 1) == 0 ? 1 : 0)));
        CHECK(worst < 1e-3);
    }
}

TEST_CASE("values that a step before made too large are told instead of axes") {
    Samples samples = randomSamples(4, {2});
    samples.train(4);
    for (const std::size_t i : {0u, 2u, 4u}) samples.values[i] = 3e38f;
    samples.values[6] = -3e38f;
    const base::Problem problem = refusal(samples, {"mean_image", "pca"});
    CHECK(problem.where == "data.preprocessing[1]");
    CHECK(problem.sentence == "After the steps before, some values are too large to be numbers.");
}

// Their covariance is that of the rows' products with one another, which are fewer.
TEST_CASE("axes of fewer rows than columns are those of the covariance") {
    Samples samples = randomSamples(16, {40});
    samples.train(12);
    const auto keep = [&](const char* id, std::size_t count) {
        return Json{{{"type", id}, {"parameters", {{"components", count}, {"variance", 1}}}}};
    };
    const InputPipeline all = fitted(samples, keep("pca", 0));
    CHECK(all.inputCount() == 11);  // around their mean
    const std::vector<double> found = covariance(prepared(all, samples), 11, 12);
    for (std::size_t i = 0; i < 11 * 11; ++i)
        if (i % 12 > 0) CHECK(std::abs(found[i]) < 1e-5 * found[0]);
    const std::vector<float> back = undone(all, prepared(all, samples));
    for (std::size_t i = 0; i < 12 * 40; ++i) CHECK(std::abs(back[i] - samples.values[i]) < 1e-3f);
    // More than there are rows: the others stand at right angles, and nothing varies along them.
    const InputPipeline more = fitted(samples, keep("pca", 20));
    const std::vector<float> scores = prepared(more, samples), fewer = prepared(all, samples);
    for (std::size_t row = 0; row < 12; ++row)
        for (std::size_t i = 0; i < 20; ++i) {
            const float expected = i < 11 ? fewer[row * 11 + i] : 0.0f;
            CHECK(std::abs(scores[row * 20 + i] - expected) < 1e-3f);
        }
    const tensor::NamedTensor matrix = more.steps()[0].fitted->fitted().matrices[1];
    for (std::size_t a = 0; a < 20; ++a)
        for (std::size_t b = 0; b <= a; ++b) {
            double product = 0;
            for (std::size_t i = 0; i < 40; ++i)
                product += static_cast<double>(matrix.values.floats()[a * 40 + i]) *
                           static_cast<double>(matrix.values.floats()[b * 40 + i]);
            CHECK(product == doctest::Approx(a == b ? 1 : 0).epsilon(1e-5));
        }
}

namespace {

// The eigenvectors of a tridiagonal matrix alone.
std::vector<double> vectorsOf(const Tridiagonal& matrix, int threads, std::vector<double>& values) {
    const std::size_t n = matrix.diagonal.size();
    std::vector<double> vectors(n * n);
    for (std::size_t i = 0; i < n; ++i) vectors[i * n + i] = 1;
    backends::cpu::ThreadPool pool(threads);
    values = diagonalize(matrix, vectors, pool, {});
    return vectors;
}

// The largest entry of T v - value v over all eigenvectors v, and of their products less the identity.
double worstOf(const Tridiagonal& t, const std::vector<double>& vectors, const std::vector<double>& values) {
    const std::size_t n = values.size();
    double worst = 0;
    for (std::size_t a = 0; a < n; ++a) {
        const double* v = &vectors[a * n];
        for (std::size_t i = 0; i < n; ++i) {
            double product = t.diagonal[i] * v[i];
            if (i > 0) product += t.beside[i - 1] * v[i - 1];
            if (i + 1 < n) product += t.beside[i] * v[i + 1];
            worst = std::max(worst, std::abs(product - values[a] * v[i]));
        }
        for (std::size_t b = 0; b <= a; ++b)
            worst = std::max(worst, std::abs(std::inner_product(v, v + n, &vectors[b * n], a == b ? -1.0 : 0.0)));
    }
    return worst;
}

}  // namespace

TEST_CASE("all eigenvectors of a tridiagonal matrix, the same bits for any number of threads") {
    base::RandomStream random(4, 0);
    for (const std::size_t n : {1u, 2u, 3u, 9u, 150u})
        for (const int kind : {0, 1, 2, 3}) {
            CAPTURE(n);
            CAPTURE(kind);
            Tridiagonal t{std::vector<double>(n), std::vector<double>(n - 1)};
            for (double& entry : t.diagonal) entry = kind == 0 ? 0 : kind == 1 ? 2 : random.normal();
            for (double& entry : t.beside)
                entry = kind == 1 ? 1 : kind == 2 ? random.normal() : kind == 3 ? 1e-9 * random.normal() : 0;
            std::vector<double> values, again;
            const std::vector<double> vectors = vectorsOf(t, 1, values);
            CHECK(std::ranges::is_sorted(values, std::greater{}));
            CHECK(worstOf(t, vectors, values) < 1e-13 * static_cast<double>(n + 10));
            for (const int threads : {2, 3}) CHECK(vectorsOf(t, threads, again) == vectors);
            CHECK(again == values);
            // Ones beside twos: 2 + 2 cos(k pi / (n + 1)).
            for (std::size_t k = 0; kind == 1 && k < n; ++k)
                CHECK(values[k] == doctest::Approx(2 + 2 * std::cos(static_cast<double>(k + 1) * std::numbers::pi /
                                                                    static_cast<double>(n + 1))));
        }
}
