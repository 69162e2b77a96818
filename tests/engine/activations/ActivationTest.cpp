#include "engine/activations/Activation.h"

#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <set>

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

TEST_CASE("values and slopes are PyTorch's, for every member of the shelf") {
    std::ifstream file(PERCEPTORY_SOURCE_DIR "/tests/golden/activations.json");
    std::set<std::string> compared;
    for (const base::Json& golden : base::Json::parse(file)) {
        const std::string& id = *compared.insert(golden["type"].get<std::string>()).first;
        CAPTURE(id);
        const ActivationType& type = activations::shelf().get(id, "test");
        const double p = type.p(golden["parameters"]);
        for (std::size_t i = 0; i < golden["x"].size(); ++i) {
            const auto number = [&](const char* column) { return golden[column][i].get<double>(); };
            CAPTURE(number("x"));
            const double y = type.forward(number("x"), p), slope = type.derivative(number("x"), y, p);
            CHECK(std::abs(y - number("y")) <= 1e-12 * std::max(1.0, std::abs(number("y"))));
            CHECK(std::abs(slope - number("slopes")) <= 1e-8);  // PyTorch has a sixth in float
        }
    }
    for (const ActivationType* type : activations::shelf().members()) {
        CAPTURE(type->id);
        CHECK(compared.contains(type->id));
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
    check("maximum", 2, 3, 3, 1);
    check("maximum", 2, -3, 2, 0);
    check("minimum", 2, 3, 2, 0);
    check("minimum", 2, -3, -3, 1);
    check("signed_logarithm", 0, 3, std::log(4), 0.25);
    check("signed_logarithm", 0, -3, -std::log(4), 0.25);
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
