#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "engine/base/Json.h"
#include "engine/optimizers/Optimizer.h"
#include "engine/optimizers/Solver.h"

using namespace perceptory;

namespace {

base::Json golden() {
    std::ifstream file(PERCEPTORY_SOURCE_DIR "/tests/golden/lbfgs.json");
    return base::Json::parse(file);
}

// Mean squared error of the network 3-4-1 of tests/golden/lbfgs.py, and its gradient.
class SmallNetwork {
public:
    explicit SmallNetwork(const base::Json& given)
        : m_x(given["x"].get<std::vector<std::vector<double>>>()), m_t(given["t"].get<std::vector<double>>()) {}

    double operator()(std::span<const double> w, std::span<double> gradient) const {
        std::ranges::fill(gradient, 0.0);
        double loss = 0;
        for (std::size_t row = 0; row < m_x.size(); ++row) loss += one(m_x[row], m_t[row], w, gradient);
        return loss;
    }

private:
    double one(const std::vector<double>& x, double t, std::span<const double> w, std::span<double> gradient) const {
        const double share = 1 / static_cast<double>(m_x.size());
        double hidden[4], y = w[20];
        for (std::size_t k = 0; k < 4; ++k) {
            double z = w[12 + k];
            for (std::size_t i = 0; i < 3; ++i) z += x[i] * w[4 * i + k];
            hidden[k] = std::tanh(z);
            y += hidden[k] * w[16 + k];
        }
        const double dy = 2 * (y - t) * share;
        gradient[20] += dy;
        for (std::size_t k = 0; k < 4; ++k) {
            gradient[16 + k] += dy * hidden[k];
            const double dz = dy * w[16 + k] * (1 - hidden[k] * hidden[k]);
            gradient[12 + k] += dz;
            for (std::size_t i = 0; i < 3; ++i) gradient[4 * i + k] += dz * x[i];
        }
        return (y - t) * (y - t) * share;
    }

    std::vector<std::vector<double>> m_x;
    std::vector<double> m_t;
};

double distance(const std::vector<double>& a, const std::vector<double>& b) {
    double difference = 0, size = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference += (a[i] - b[i]) * (a[i] - b[i]);
        size += b[i] * b[i];
    }
    return std::sqrt(difference / size);
}

}  // namespace

TEST_CASE("three steps of L-BFGS in double are PyTorch's, with and without a line search") {
    const base::Json given = golden();
    const SmallNetwork network(given);
    const optimizers::OptimizerType& type = optimizers::shelf().get("lbfgs", "test");
    for (const base::Json& run : given["cases"]) {
        CAPTURE(run["parameters"].dump());
        const base::ParamValues values(type.parameters, run["parameters"]);
        const auto solver = type.solver(values);
        auto weights = given["weights"].get<std::vector<double>>();
        for (const base::Json& expected : run["steps"]) {
            solver->step(weights, values.number("learning_rate"), network);
            CHECK(distance(weights, expected.get<std::vector<double>>()) <= 1e-6);
        }
    }
}

TEST_CASE("a copied solver goes on as the first does") {
    const base::Json given = golden();
    const SmallNetwork network(given);
    const optimizers::OptimizerType& type = optimizers::shelf().get("lbfgs", "test");
    const base::Json parameters{{"learning_rate", 0.1}};
    const auto first = type.solver(base::ParamValues(type.parameters, parameters));
    auto a = given["weights"].get<std::vector<double>>();
    first->step(a, 0.1, network);
    auto b = a;
    const auto second = first->copy();
    first->step(a, 0.1, network);
    second->step(b, 0.1, network);
    CHECK(a == b);
}

TEST_CASE("a step from the minimum goes nowhere") {
    const optimizers::OptimizerType& type = optimizers::shelf().get("lbfgs", "test");
    const base::Json parameters = base::Json::object();
    const auto solver = type.solver(base::ParamValues(type.parameters, parameters));
    std::vector<double> weights{0, 0};
    int evaluations = 0;
    solver->step(weights, 1, [&](std::span<const double> w, std::span<double> gradient) {
        ++evaluations;
        for (std::size_t i = 0; i < 2; ++i) gradient[i] = 2 * w[i];
        return w[0] * w[0] + w[1] * w[1];
    });
    CHECK(evaluations == 1);
    CHECK(weights == std::vector<double>{0, 0});
}
