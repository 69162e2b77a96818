#include "engine/base/Params.h"

#include <doctest/doctest.h>

using namespace perceptory::base;

namespace {

void agree(const ParamValues& values, const std::string& where, Problems& problems) {
    if (values.integer("every") > values.integer("last"))
        problems.push_back({where, Severity::Error, "It never comes.", "Let it last longer."});
}

const KindType step{
    "step", "Step", "", {integerParam("every", "Every", "", 10, 1, 100), integerParam("last", "Last", "", 50, 1, 100)},
    {},     agree};

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

TEST_CASE("values that make no sense together are told, in a chosen member too, and once each is in range") {
    const auto told = [](const Json& parameters) {
        Problems problems;
        checkParams(types, {{"schedule", {{"type", "step"}, {"parameters", parameters}}}}, "n", problems);
        return problems;
    };
    CHECK(told({{"every", 50}}).empty());
    REQUIRE(told({{"every", 60}}).size() == 1);
    CHECK(told({{"every", 60}})[0].where == "n.schedule");
    CHECK(told({{"every", 60}})[0].fix == "Let it last longer.");
    REQUIRE(told({{"every", 101}}).size() == 1);
    CHECK(told({{"every", 101}})[0].where == "n.schedule.every");
}

TEST_CASE("a choice that is none has one fault, and the members are named where none is like it") {
    const auto told = [](const Json& choice) {
        Problems problems;
        checkParams(types, {{"schedule", choice}}, "n", problems);
        REQUIRE(problems.size() == 1);
        return problems[0].fix;
    };
    CHECK(told("cosine") == "Choose one of: step.");
    CHECK(told(7) == "Write its id, or {\"type\": id, \"parameters\": {...}}.");
    CHECK(told({{"typ", "step"}}) == told(7));
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
