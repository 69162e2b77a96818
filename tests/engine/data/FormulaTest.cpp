#include "engine/data/features/Formula.h"

#include <doctest/doctest.h>

#include <cmath>
#include <thread>

using namespace perceptory;
using namespace perceptory::data;

namespace {

float value(const std::string& text, float x1 = 2, float x2 = 3) {
    base::Problems problems;
    const auto formula = Formula::parse(text, {"x1", "x2"}, "f", problems);
    REQUIRE_MESSAGE(formula, text << ": " << (problems.empty() ? "" : base::describe(problems[0])));
    const float row[] = {x1, x2};
    float result = 0;
    formula->evaluate(row, 1, &result, 1);
    return result;
}

std::string refusal(const std::string& text) {
    base::Problems problems;
    REQUIRE_FALSE_MESSAGE(Formula::parse(text, {"x1", "x2"}, "f", problems), text);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].where == "f");
    return problems[0].sentence;
}

}  // namespace

TEST_CASE("formulas compute what they say") {
    CHECK(value("x1 + x2*2") == 8);
    CHECK(value("-x1^2") == -4);
    CHECK(value("2^3^2") == 512);
    CHECK(value("(x1 - x2)/4") == -0.25f);
    CHECK(value("2^-1") == 0.5f);
    CHECK(value("1.5e-1 * x1") == doctest::Approx(0.3));
    CHECK(value(".5 + 5.") == 5.5f);
    CHECK(value("min(x1, x2) + 10*max(x1, x2)") == 32);
    CHECK(value("sin(x1)") == doctest::Approx(std::sin(2.0f)));
    CHECK(value("log(exp(x1))") == doctest::Approx(2));
    CHECK(value("sqrt(abs(-9)) + tanh(0) + cos(0)") == 4);
    CHECK(value("7") == 7);
    CHECK(std::isnan(value("log(x1)", -1)));
}

TEST_CASE("what is wrong is told with the character it is at") {
    CHECK(refusal("x1 + foo").starts_with("Formula, character 6: there is nothing called \"foo\""));
    CHECK(refusal("x1 +").starts_with("Formula, character 5: the formula ends"));
    CHECK(refusal("").starts_with("Formula, character 1: the formula is empty"));
    CHECK(refusal("   ").starts_with("Formula, character 1: the formula is empty"));
    CHECK(refusal("sin(x1").find("parenthesis is missing") != std::string::npos);
    CHECK(refusal("x1)").starts_with("Formula, character 3:"));
    CHECK(refusal("x1 * * x2").starts_with("Formula, character 6:"));
    CHECK(refusal("2 x1").starts_with("Formula, character 3:"));
    CHECK(refusal("min(x1)").find("too few") != std::string::npos);
    CHECK(refusal("sin(x1, x2)").find("too many") != std::string::npos);
    CHECK(refusal("1,5 * x1").starts_with("Formula, character 2: this comma"));
    CHECK(refusal("x1, x2").starts_with("Formula, character 3: this comma"));
    CHECK(refusal("()").starts_with("Formula, character"));
    CHECK(refusal("1e999").starts_with("Formula, character 1:"));
    CHECK(refusal("x1 + \xc3\xa4").starts_with("Formula, character 6: this character"));
    CHECK(refusal(std::string(1001, '1')).find("longer than 1000") != std::string::npos);
    CHECK(refusal(std::string(900, '(')).starts_with("Formula, character"));
}

TEST_CASE("nothing but the listed functions and operators is known") {
    for (const char* text :
         {"x1 = 3", "x1 > x2", "x1 && x2", "x1 ? 1 : 2", "\"a\"", "x1 == x2", "x1; x2", "x1!", "[x1]"})
        CHECK(refusal(text).find("is not allowed in a formula") != std::string::npos);
    for (const char* text : {"tan(x1)", "_pi", "_e", "rnd()", "sum(x1, x2)", "avg(x1, x2)", "ln(x1)", "log10(x1)",
                             "sign(x1)", "rint(x1)", "atan2(x1, x2)", "sinh(x1)", "pi", "inf", "nan", "0x10"})
        CHECK(refusal(text).starts_with("Formula, character"));
}

TEST_CASE("columns are called by their names, or x1 and x2 where there are two") {
    base::Problems problems;
    const std::vector<std::string> columns{"sepal length (cm)", "2nd", "sin", "sepal_length__cm_"};
    const auto formula =
        Formula::parse("sepal_length__cm_ + 10*_2nd + 100*sin_ + 1000*sepal_length__cm__", columns, "f", problems);
    REQUIRE(formula);
    CHECK(formula->columns() == std::vector<std::size_t>{0, 1, 2, 3});
    const float row[] = {1, 2, 3, 4};
    float result = 0;
    formula->evaluate(row, 1, &result, 1);
    CHECK(result == 4321);
    CHECK_FALSE(Formula::parse("x1", columns, "f", problems));
    CHECK(Formula::parse("x2 - b", {"a", "b"}, "f", problems)->columns() == std::vector<std::size_t>{1});
}

TEST_CASE("a formula may be evaluated by several threads at once") {
    base::Problems problems;
    const auto formula = Formula::parse("x1 * x2 + min(x1, x2)", {"x1", "x2"}, "f", problems);
    std::vector<float> rows(2000);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<float>(i);
    std::vector<float> results[4];
    {
        std::vector<std::jthread> threads;
        for (auto& result : results)
            threads.emplace_back([&] {
                result.resize(1000);
                formula->evaluate(rows, 1000, result.data(), 1);
            });
    }
    for (const auto& result : results) {
        CHECK(result == results[0]);
        CHECK(result[1] == 8);
    }
}
