#include "engine/data/features/Feature.h"

#include <doctest/doctest.h>

#include <cmath>

#include "engine/data/features/Formula.h"

using namespace perceptory;
using namespace perceptory::data;

TEST_CASE("every feature with a formula is that formula") {
    for (const FeatureType* type : features().members()) {
        CAPTURE(type->id);
        if (type->formula.empty()) continue;
        base::Problems problems;
        const auto formula = Formula::parse(type->formula, {"x1", "x2"}, "test", problems);
        REQUIRE(formula);
        const float rows[] = {1.5f, -2.25f, 0, 0, -3, 4};
        float results[3];
        formula->evaluate(rows, 3, results, 1);
        for (int i = 0; i < 3; ++i) CHECK(type->compute(rows[2 * i], rows[2 * i + 1]) == doctest::Approx(results[i]));
    }
}

TEST_CASE("radius and angle are polar coordinates") {
    CHECK(features().find("radius")->compute(3, -4) == 5);
    CHECK(features().find("angle")->compute(0, 2) == doctest::Approx(1.570796f));
    CHECK(features().find("angle")->compute(-1, -1e-6f) == doctest::Approx(-3.141592f));
}
