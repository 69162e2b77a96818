#include "engine/base/Params.h"

#include <doctest/doctest.h>

using namespace perceptory::base;

namespace {

const KindType step{"step", "Step", "", {integerParam("every", "Every", "", 10, 1, 100)}};

const std::vector<ParamType> types{
    numberParam("rate", "Rate", "", 0.5, 0, 1),
    integerParam("units", "Units", "", 4, 1, 1000),
    kindParam("schedule", "Schedule", "", nullptr, [] { return std::vector<const KindType*>{&step}; }),
};

}  // namespace

TEST_CASE("defaults fill what a file leaves out") {
    const Json given = {{"rate", 0.25}};
    const ParamValues values(types, given);
    CHECK(values.number("rate") == 0.25);
    CHECK(values.integer("units") == 4);
    CHECK(values.kind("schedule").type.empty());
}

TEST_CASE("a value of another kind reads as the usual one, for those who look on after it was told") {
    const Json given = {{"rate", Json::array()}, {"units", "many"}};
    const ParamValues values(types, given);
    CHECK(values.number("rate") == 0.5);
    CHECK(values.integer("units") == 4);
}

TEST_CASE("every mistake is reported at once, with its place and a remedy") {
    Problems problems;
    checkParams(types, Json{{"rate", 2}, {"unitz", 3}, {"units", "many"}, {"schedule", {{"type", "stepp"}}}}, "n",
                problems);
    REQUIRE(problems.size() == 4);
    CHECK(problems[0].where == "n.rate");
    CHECK(problems[0].fix == "Use a value from 0 to 1.");
    CHECK(problems[1].severity == Severity::Warning);
    CHECK(problems[1].fix == "Did you mean \"units\"?");
    CHECK(problems[2].where == "n.units");
    CHECK(problems[3].fix == "Did you mean \"step\"?");
}

TEST_CASE("a name is guessed where it is much like one that exists") {
    const std::vector<std::string> words{"xor", "relu", "relu6", "softmax", "leaky_relu", "sgd", "adam", "b"};
    const std::pair<const char*, const char*> pairs[]{{"rellu", "relu"},
                                                      {"sofmax", "softmax"},
                                                      {"ReLU", "relu"},
                                                      {"rleu", "relu"},
                                                      {"leaky-relu", "leaky_relu"},
                                                      {"sdg", "sgd"},
                                                      {"B", "b"},
                                                      {"xyz", ""},
                                                      {"silu", ""},
                                                      {"adagrad", ""},
                                                      {"a", ""},
                                                      {"", ""}};
    for (const auto& [word, meant] : pairs) {
        CAPTURE(word);
        CHECK(nearest(word, words) == meant);
    }
}

TEST_CASE("parameters of a nested kind are checked too") {
    Problems problems;
    checkParams(types, Json{{"schedule", {{"type", "step"}, {"parameters", {{"every", 0}}}}}}, "n", problems);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].where == "n.schedule.every");
}
