#include "engine/optimizers/Optimizer.h"

#include <doctest/doctest.h>

#include <fstream>

#include "engine/base/Json.h"
#include "engine/regularizers/Regularizer.h"
#include "tests/engine/backends/Matrix.h"

using namespace perceptory;
using optimizers::OptimizerType;

namespace {

base::Json golden() {
    std::ifstream file(PERCEPTORY_SOURCE_DIR "/tests/golden/optimizers.json");
    return base::Json::parse(file);
}

template <class Real>
std::vector<Real> converted(const base::Json& values) {
    std::vector<Real> result;
    for (const double value : values.get<std::vector<double>>()) result.push_back(static_cast<Real>(value));
    return result;
}

const backends::UpdateKernels& kernelsOf(const backends::KernelTable& table, const std::string& id) {
    int i = 0;
    while (id != table.updates[i].id) ++i;
    return table.updates[i];
}

// The weights after the updates of one golden case.
template <class Real>
std::vector<Real> train(const backends::KernelTable& table, const base::Json& all, const base::Json& run) {
    const OptimizerType& type = optimizers::shelf().get(run["type"].get<std::string>(), "test");
    const base::Json parameters = run["parameters"];
    const base::ParamValues values(type.parameters, parameters);
    std::vector<Real> weights = converted<Real>(all["weights"]);
    std::vector<Real> slots[backends::mostSlots];
    void* pointers[backends::mostSlots] = {};
    for (int k = 0; k < type.slotCount; ++k) {
        slots[k].assign(weights.size(), 0);
        pointers[k] = slots[k].data();
    }
    std::uint64_t step = 0;
    for (const base::Json& given : all["gradients"]) {
        const std::vector<Real> gradients = converted<Real>(given);
        const optimizers::Numbers numbers = type.numbers(values, values.number("learning_rate"), ++step);
        kernelsOf(table, type.id)
            .update(weights.data(), gradients.data(), pointers, std::ssize(weights), numbers.data());
    }
    return weights;
}

template <class Real>
void compareWithGolden(const backends::KernelTable& table, double tolerance) {
    const base::Json all = golden();
    for (const base::Json& run : all["cases"]) {
        const std::vector<Real> weights = train<Real>(table, all, run);
        const auto expected = run["result"].get<std::vector<double>>();
        CAPTURE(std::string(table.isa));
        CAPTURE(run["type"].get<std::string>());
        CAPTURE(run["parameters"].dump());
        for (std::size_t i = 0; i < weights.size(); ++i)
            CHECK(weights[i] == doctest::Approx(expected[i]).epsilon(tolerance).scale(1));
    }
}

}  // namespace

TEST_CASE("twenty updates are PyTorch's, with and without weight decay") {
    compareWithGolden<double>(backends::doubleKernels(), 1e-12);
    for (const backends::KernelTable* table : tests::floatTables()) compareWithGolden<float>(*table, 2e-6);
}

TEST_CASE("the golden file covers the whole shelf") {
    const base::Json all = golden();
    for (const OptimizerType* type : optimizers::shelf().members()) {
        if (type->solver) continue;  // LbfgsTest
        bool found = false;
        for (const base::Json& run : all["cases"]) found = found || run["type"] == type->id;
        CAPTURE(type->id);
        CHECK(found);
    }
}

TEST_CASE("penalties add their slope to the gradients and return their sum") {
    const struct {
        const char* id;
        base::Json parameters;
        double value, slopeOfMinusTwo;
    } cases[] = {{"l1", {{"rate", 0.5}}, 0.5 * (2 + 3), -0.5},
                 {"l2", {{"rate", 0.5}}, 0.25 * (4 + 9), -1},
                 {"elastic_net", {{"l1", 0.5}, {"l2", 0.1}}, 0.5 * 5 + 0.05 * 13, -0.5 - 0.2}};
    std::vector<const backends::KernelTable*> tables = tests::floatTables();
    for (const backends::KernelTable* table : tables)
        for (const auto& test : cases) {
            const auto& type = regularizers::shelf().get(test.id, "test");
            const auto rates = type.rates(base::ParamValues(type.parameters, test.parameters));
            // 700 weights: more than two blocks and a part of a register.
            std::vector<float> weights(700, 0), gradients(700, 1);
            weights[0] = -2;
            weights[699] = 3;
            int i = 0;
            while (std::string(test.id) != table->penalties[i].id) ++i;
            const auto apply = table->penalties[i].apply;
            CAPTURE(std::string(table->isa));
            CAPTURE(std::string(test.id));
            CHECK(apply(weights.data(), nullptr, 700, rates[0], rates[1]) == doctest::Approx(test.value));
            CHECK(apply(weights.data(), gradients.data(), 700, rates[0], rates[1]) == doctest::Approx(test.value));
            CHECK(gradients[0] == doctest::Approx(1 + test.slopeOfMinusTwo));
            CHECK(gradients[5] == 1);
        }
}
