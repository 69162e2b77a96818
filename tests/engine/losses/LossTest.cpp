#include "engine/losses/Loss.h"

#include <doctest/doctest.h>

#include <cmath>
#include <fstream>

#include "engine/base/Json.h"
#include "tests/engine/backends/Matrix.h"

using namespace perceptory;
using losses::LossType;
using losses::TargetEncoding;
using tests::Matrix;

namespace {

base::Json golden() {
    std::ifstream file(PERCEPTORY_SOURCE_DIR "/tests/golden/losses.json");
    return base::Json::parse(file);
}

double number(const base::Json& value) { return value.get<double>(); }

template <class Real>
struct Result {
    Matrix<Real> value, slope;
};

// Loss and derivative of each pair of output and target.
template <class Real>
Result<Real> elementwise(const backends::LossKernels& kernels, const std::vector<double>& outputs,
                         const std::vector<double>& targets) {
    const std::int64_t count = std::ssize(outputs);
    Matrix<Real> o(1, count), t(1, count), one(1, count);
    for (std::int64_t i = 0; i < count; ++i) {
        o(0, i) = static_cast<Real>(outputs[static_cast<std::size_t>(i)]);
        t(0, i) = static_cast<Real>(targets[static_cast<std::size_t>(i)]);
        one(0, i) = 1;
    }
    Result<Real> result{Matrix<Real>(1, count), Matrix<Real>(1, count)};
    backends::KernelCall call;
    call.numbers[0] = 0.7;
    call.in[0] = o.view();
    call.in[1] = t.view();
    call.in[2] = one.view();
    call.out[0] = result.value.view();
    tests::runInParts(kernels.forward, call);
    call.out[0] = result.slope.view();
    tests::runInParts(kernels.backward, call);
    return result;
}

const backends::LossKernels& kernelsOf(const backends::KernelTable& table, const std::string& id) {
    int i = 0;
    while (id != table.losses[i].id) ++i;
    return table.losses[i];
}

template <class Real>
void compareWithGolden(const backends::KernelTable& table, double tolerance) {
    const base::Json all = golden();
    for (const auto& [id, entry] : all.items()) {
        if (id == "softmax_cross_entropy") continue;
        const std::vector<double> outputs = entry["outputs"], targets = entry["targets"];
        const auto result = elementwise<Real>(kernelsOf(table, id), outputs, targets);
        for (std::int64_t i = 0; i < result.value.columns(); ++i) {
            CAPTURE(std::string(table.isa));
            CAPTURE(id);
            CAPTURE(i);
            const auto at = static_cast<std::size_t>(i);
            CHECK(result.value(0, i) == doctest::Approx(number(entry["values"][at])).epsilon(tolerance).scale(1));
            CHECK(result.slope(0, i) == doctest::Approx(number(entry["slopes"][at])).epsilon(tolerance).scale(1));
        }
    }
}

template <class Real>
void compareSoftmaxWithGolden(const backends::KernelTable& table, double tolerance) {
    const base::Json entry = golden()["softmax_cross_entropy"];
    const auto logits = entry["logits"].get<std::vector<std::vector<double>>>();
    const std::int64_t rows = std::ssize(logits), classes = std::ssize(logits[0]);
    Matrix<Real> z(rows, classes, 1), index(rows, 1), l(rows, 1), p(rows, classes, 2), dl(rows, 1),
        dz(rows, classes, 3);
    for (std::int64_t r = 0; r < rows; ++r) {
        const auto at = static_cast<std::size_t>(r);
        for (std::int64_t k = 0; k < classes; ++k) z(r, k) = static_cast<Real>(logits[at][static_cast<std::size_t>(k)]);
        index(r, 0) = static_cast<Real>(number(entry["classes"][at]));
        dl(r, 0) = 1;
    }
    backends::KernelCall call;
    call.in[0] = z.view();
    call.in[1] = index.view();
    call.out[0] = l.view();
    call.out[1] = p.view();
    tests::runInParts(tests::primitive(table, "softmax_cross_entropy"), call, 2);
    call.in[0] = p.view();
    call.in[2] = dl.view();
    call.out[0] = dz.view();
    tests::runInParts(tests::primitive(table, "softmax_cross_entropy_gradient"), call, 2);
    for (std::int64_t r = 0; r < rows; ++r) {
        CAPTURE(std::string(table.isa));
        CAPTURE(r);
        const auto at = static_cast<std::size_t>(r);
        CHECK(l(r, 0) == doctest::Approx(number(entry["values"][at])).epsilon(tolerance).scale(1));
        for (std::int64_t k = 0; k < classes; ++k)
            CHECK(
                dz(r, k) ==
                doctest::Approx(number(entry["slopes"][at][static_cast<std::size_t>(k)])).epsilon(tolerance).scale(1));
    }
    CHECK(p.gapsAreUntouched());
    CHECK(dz.gapsAreUntouched());
}

}  // namespace

TEST_CASE("losses and their derivatives are PyTorch's") {
    compareWithGolden<double>(backends::doubleKernels(), 1e-12);
    compareSoftmaxWithGolden<double>(backends::doubleKernels(), 1e-12);
    for (const backends::KernelTable* table : tests::floatTables()) {
        compareWithGolden<float>(*table, 2e-6);
        compareSoftmaxWithGolden<float>(*table, 2e-6);
    }
}

TEST_CASE("every derivative agrees with differences of the loss") {
    const backends::KernelTable& table = backends::doubleKernels();
    for (int i = 0; i < table.lossCount; ++i) {
        if (!table.losses[i].forward) continue;
        const std::string id = table.losses[i].id;
        const bool probability = id == "binary_cross_entropy", bits = probability || id == "sigmoid_focal";
        for (double o = 0.02; o < 0.99; o += 0.05)
            for (const double t : {-1.0, 0.0, 1.0}) {
                if (bits && t < 0) continue;
                const double output = probability ? o : (o - 0.5) * 6, h = 1e-6;
                const auto values = elementwise<double>(table.losses[i], {output - h, output, output + h}, {t, t, t});
                CAPTURE(id);
                CAPTURE(output);
                const double slope = (values.value(0, 2) - values.value(0, 0)) / (2 * h);
                CHECK(values.slope(0, 1) == doctest::Approx(slope).epsilon(1e-5).scale(1));
            }
    }
}

TEST_CASE("scores far out neither overflow nor turn into no number") {
    for (const backends::KernelTable* table : tests::floatTables())
        for (const char* id : {"sigmoid_cross_entropy", "hinge", "mean_squared_error"}) {
            const auto result = elementwise<float>(kernelsOf(*table, id), {-100, 100, -100, 100}, {0, 1, 1, 0});
            for (int i = 0; i < 4; ++i) CHECK((std::isfinite(result.value(0, i)) && std::isfinite(result.slope(0, i))));
        }
    for (const backends::KernelTable* table : tests::floatTables()) {
        const auto result = elementwise<float>(kernelsOf(*table, "binary_cross_entropy"), {0, 1, 0, 1}, {1, 0, 0, 1});
        CHECK(result.value(0, 0) == 100);
        CHECK(result.value(0, 1) == 100);
        CHECK(result.value(0, 2) == 0);
    }
}

TEST_CASE("class labels are encoded as the loss wants them") {
    const auto encoding = [](const char* id, int outputs, bool sigmoidEnd) {
        return losses::shelf().get(id, "test").encodingFor(outputs, sigmoidEnd);
    };
    CHECK(encoding("softmax_cross_entropy", 3, false) == TargetEncoding::Index);
    CHECK(encoding("sigmoid_cross_entropy", 1, false) == TargetEncoding::ZeroOne);
    CHECK(encoding("binary_cross_entropy", 1, true) == TargetEncoding::ZeroOne);
    CHECK(encoding("hinge", 1, false) == TargetEncoding::PlusMinusOne);
    CHECK(encoding("mean_squared_error", 1, false) == TargetEncoding::PlusMinusOne);
    CHECK(encoding("mean_squared_error", 1, true) == TargetEncoding::ZeroOne);
    CHECK(encoding("mean_absolute_error", 4, false) == TargetEncoding::ZeroOne);
}

TEST_CASE("a class index the network has no output for gives no number, and no write outside") {
    for (const backends::KernelTable* table : tests::floatTables()) {
        Matrix<float> z(1, 3), index(1, 1), l(1, 1), p(1, 3, 4);
        for (int k = 0; k < 3; ++k) z(0, k) = 1;
        index(0, 0) = 3;
        backends::KernelCall call;
        call.in[0] = z.view();
        call.in[1] = index.view();
        call.out[0] = l.view();
        call.out[1] = p.view();
        tests::runInParts(tests::primitive(*table, "softmax_cross_entropy"), call);
        CHECK(std::isnan(l(0, 0)));
        CHECK(p.gapsAreUntouched());
    }
}
