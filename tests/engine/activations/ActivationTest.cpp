#include "engine/activations/Activation.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "tests/engine/backends/Matrix.h"

using namespace perceptory;
using activations::ActivationType;

namespace {

double defaultP(const ActivationType& type) { return type.p(base::Json::object()); }

// Both sides of every kink, and far out.
std::vector<double> points() {
    std::vector<double> result;
    for (double x = -8; x <= 8; x += 0.03125) result.push_back(x + 1e-3);
    for (const double x : {-100.0, -30.0, -20.1, -19.9, 19.9, 20.1, 30.0, 100.0}) result.push_back(x);
    return result;
}

struct Columns {
    tests::Matrix<float> x, y, dy, dx;
    explicit Columns(const std::vector<double>& values)
        : x(1, std::ssize(values)), y(1, std::ssize(values)), dy(1, std::ssize(values)), dx(1, std::ssize(values)) {
        for (std::int64_t i = 0; i < std::ssize(values); ++i) {
            x(0, i) = static_cast<float>(values[static_cast<std::size_t>(i)]);
            dy(0, i) = 1;
        }
    }
};

void runFloat(const backends::UnaryKernels& kernels, double p, Columns& columns) {
    backends::KernelCall call;
    call.in[0] = columns.x.view();
    call.in[1] = columns.y.view();
    call.in[2] = columns.dy.view();
    call.numbers[0] = p;
    call.out[0] = columns.y.view();
    tests::runInParts(kernels.forward, call);
    call.out[0] = columns.dx.view();
    tests::runInParts(kernels.backward, call, 2);
}

// Relative to the larger of the value and a term of the sum it comes from.
bool near(double value, double expected, double scale) {
    return std::abs(value - expected) <= 2e-6 * std::abs(expected) + 4e-7 * scale;
}

}  // namespace

TEST_CASE("every derivative agrees with differences of the function") {
    for (const ActivationType* type : activations::shelf().members())
        for (const double x : points()) {
            CAPTURE(type->id);
            CAPTURE(x);
            const double p = defaultP(*type), h = 1e-6 * std::max(1.0, std::abs(x));
            const double slope = (type->forward(x + h, p) - type->forward(x - h, p)) / (2 * h);
            CHECK(type->derivative(x, type->forward(x, p), p) == doctest::Approx(slope).epsilon(1e-6).scale(1));
        }
}

TEST_CASE("at the kink the slope is the one PyTorch takes") {
    const auto slopeAtZero = [](const char* id) {
        const ActivationType& type = activations::shelf().get(id, "test");
        return type.derivative(0, 0, defaultP(type));
    };
    CHECK(slopeAtZero("relu") == 0);
    CHECK(slopeAtZero("leaky_relu") == 0.01);
}

TEST_CASE("known values") {
    const auto value = [](const char* id, double x) {
        const ActivationType& type = activations::shelf().get(id, "test");
        return type.forward(x, defaultP(type));
    };
    CHECK(value("relu", -2) == 0);
    CHECK(value("leaky_relu", -2) == -0.02);
    CHECK(value("elu", -1) == doctest::Approx(-0.6321205588285577));
    CHECK(value("softplus", 0) == doctest::Approx(0.6931471805599453));
    CHECK(value("softplus", 21) == 21);
    CHECK(value("gelu", 1) == doctest::Approx(0.8413447460685429));
    CHECK(value("swish", 1) == doctest::Approx(0.7310585786300049));
    CHECK(value("sigmoid", -800) == 0);
}

// By PyTorch 1.13 in double; the last five, which it lacks, worked out from their sources.
TEST_CASE("values at -1.3, 0.7 and 2.5") {
    const struct {
        const char* id;
        double values[3];
    } cases[] = {{"relu6", {0.0, 0.7, 2.5}},
                 {"selu", {-1.2789613751543256, 0.7354906911488363, 2.626752468388701}},
                 {"celu", {-0.7274682069659875, 0.7, 2.5}},
                 {"hard_sigmoid", {0.2833333333333333, 0.6166666666666667, 0.9166666666666666}},
                 {"hard_swish", {-0.36833333333333335, 0.43166666666666664, 2.2916666666666665}},
                 {"softsign", {-0.5652173913043479, 0.4117647058823529, 0.7142857142857143}},
                 {"gelu_tanh", {-0.1260709876826906, 0.5305701347051167, 2.484915733910001}},
                 {"mish", {-0.3073824647494959, 0.5611483776438518, 2.471392304557881}},
                 {"log_sigmoid", {-1.5410084538329922, -0.4031860488854579, -0.07888973429254963}},
                 {"tanh_shrink", {-0.4382768406866937, 0.09563222288283646, 1.5133857018485697}},
                 {"elish", {-0.1557982408808702, 0.46773144051771626, 2.3103545499468914}},
                 {"serlu", {-1.1098543368155325, 0.7550339999999999, 2.69655}},
                 {"tanh_gate", {-0.08987994644635088, 0.5615287219910072, 2.483267872689288}},
                 {"shifted_tanh_gate", {-0.46064680190646595, 0.6773931747110845, 2.4977223720139987}},
                 {"ramp_gate", {-0.0, 0.7, 2.5}}};
    for (const auto& test : cases) {
        const ActivationType& type = activations::shelf().get(test.id, "test");
        const double at[] = {-1.3, 0.7, 2.5};
        CAPTURE(test.id);
        for (int i = 0; i < 3; ++i)
            CHECK(type.forward(at[i], defaultP(type)) == doctest::Approx(test.values[i]).epsilon(1e-12).scale(1e-3));
    }
}

TEST_CASE("float kernels of every instruction set agree with double") {
    const std::vector<double> values = points();
    for (const backends::KernelTable* table : tests::floatTables())
        for (int i = 0; i < table->unaryCount; ++i) {
            const ActivationType* found = activations::shelf().find(table->unary[i].id);
            if (!found) continue;  // a plain function
            const ActivationType& type = *found;
            const double p = defaultP(type);
            Columns columns(values);
            runFloat(table->unary[i], p, columns);
            for (std::int64_t k = 0; k < columns.x.columns(); ++k) {
                CAPTURE(std::string(table->isa));
                CAPTURE(type.id);
                const double x = columns.x(0, k), y = type.forward(x, p);
                CAPTURE(x);
                CHECK(near(columns.y(0, k), y, std::max(1.0, std::abs(x))));
                CHECK(near(columns.dx(0, k), type.derivative(x, y, p), std::max(1.0, std::abs(x))));
            }
        }
}

TEST_CASE("plain functions are what their names say") {
    const auto check = [](const std::string& id, double p, double x, double y, double slope) {
        for (const backends::KernelTable* table : tests::floatTables()) {
            int i = 0;
            while (table->unary[i].id != id) ++i;
            Columns columns({x});
            runFloat(table->unary[i], p, columns);
            CAPTURE(id);
            CHECK(columns.y(0, 0) == doctest::Approx(y).epsilon(1e-6));
            CHECK(columns.dx(0, 0) == doctest::Approx(slope).epsilon(1e-6));
        }
    };
    check("exponential", 0, 0.5, std::exp(0.5), std::exp(0.5));
    check("logarithm", 1e-9, 2, std::log(2), 0.5);
    check("logarithm", 0.5, 0.1, std::log(0.5), 0);
    check("square", 0, -3, 9, -6);
    check("square_root", 0, 4, 2, 0.25);
    check("square_root", 0, 0, 0, 0);
    check("absolute", 0, -2, 2, -1);
    check("reciprocal", 1, 3, 0.25, -1.0 / 16);
    check("is_zero", 0, 0, 1, 0);
    check("is_zero", 0, 2, 0, 0);
}

TEST_CASE("a value that is not a number stays visible") {
    for (const backends::KernelTable* table : tests::floatTables())
        for (int i = 0; i < table->unaryCount; ++i) {
            Columns columns({std::numeric_limits<double>::quiet_NaN()});
            runFloat(table->unary[i], 1, columns);
            CAPTURE(std::string(table->isa));
            CAPTURE(std::string(table->unary[i].id));
            CHECK(std::isnan(columns.y(0, 0)));
        }
}

TEST_CASE("the kernels of a member carry its id") {
    const backends::KernelTable& table = backends::doubleKernels();
    const auto& members = activations::shelf().members();
    REQUIRE(table.unaryCount >= std::ssize(members));  // plain functions follow
    for (std::size_t i = 0; i < members.size(); ++i) CHECK(members[i]->id == table.unary[i].id);
}
