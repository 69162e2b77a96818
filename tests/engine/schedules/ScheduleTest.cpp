#include "engine/schedules/Schedule.h"

#include <doctest/doctest.h>

#include <cmath>
#include <fstream>

using namespace perceptory;
using schedules::ScheduleType;

namespace {

base::Json golden() {
    std::ifstream file(PERCEPTORY_SOURCE_DIR "/tests/golden/schedules.json");
    return base::Json::parse(file);
}

}  // namespace

TEST_CASE("forty factors are PyTorch's") {
    const base::Json all = golden();
    for (const base::Json& run : all["cases"]) {
        CAPTURE(run["type"].get<std::string>());
        CAPTURE(run["parameters"].dump());
        const ScheduleType& type = schedules::shelf().get(run["type"].get<std::string>(), "test");
        base::Problems problems;
        base::checkParams(type.parameters, run["parameters"], "test", problems);
        CHECK(problems.empty());
        const base::ParamValues values(type.parameters, run["parameters"]);
        schedules::ScheduleState state;
        for (std::size_t t = 0; t < run["factors"].size(); ++t) {
            CAPTURE(t);
            const double factor = state.factor * type.factor(values, static_cast<double>(t));
            CHECK(factor == doctest::Approx(run["factors"][t].get<double>()).epsilon(1e-9));
            if (type.observe) type.observe(values, all["losses"][t].get<double>(), state);
        }
    }
}

TEST_CASE("cycles move the momentum as PyTorch's do, and leave it alone when told so") {
    const base::Json all = golden();
    REQUIRE(all["momenta"].size() == 4);
    for (const base::Json& run : all["momenta"]) {
        CAPTURE(run["parameters"].dump());
        const ScheduleType& type = schedules::shelf().get(run["type"].get<std::string>(), "test");
        base::Json still = run["parameters"];
        still["cycle_momentum"] = false;
        for (std::size_t t = 0; t < run["momenta"].size(); ++t) {
            const auto time = static_cast<double>(t);
            CHECK(type.momentum(base::ParamValues(type.parameters, run["parameters"]), time) ==
                  doctest::Approx(run["momenta"][t].get<double>()).epsilon(1e-9));
            CHECK(std::isnan(type.momentum(base::ParamValues(type.parameters, still), time)));
        }
    }
    const base::Json then{{"length", 5},
                          {"then", {{"type", "cyclic"}, {"parameters", {{"low", 0.1}, {"up", 6}, {"down", 9}}}}}};
    const ScheduleType& warmUp = schedules::shelf().get("warm_up", "test");
    const base::ParamValues values(warmUp.parameters, then);
    CHECK(std::isnan(warmUp.momentum(values, 4)));
    CHECK(warmUp.momentum(values, 7) == doctest::Approx(all["momenta"][2]["momenta"][2].get<double>()));
}

TEST_CASE("the golden file covers the whole shelf") {
    const base::Json all = golden();
    for (const ScheduleType* type : schedules::shelf().members()) {
        bool found = false;
        for (const base::Json& run : all["cases"]) found = found || run["type"] == type->id;
        CAPTURE(type->id);
        CHECK(found);
    }
}

TEST_CASE("behind its end a schedule stays where it is") {
    const struct {
        const char* id;
        base::Json parameters;
        double factor;
    } cases[] = {{"polynomial", {{"length", 10}, {"final", 0.1}}, 0.1},
                 {"flat_cosine", {{"length", 10}, {"final", 0.1}}, 0.1},
                 {"one_cycle", {{"length", 10}, {"divisor", 2}, {"final_divisor", 5}}, 0.1},
                 {"one_cycle", {{"length", 1}, {"divisor", 2}, {"final_divisor", 5}}, 0.1}};
    for (const auto& test : cases) {
        const ScheduleType& type = schedules::shelf().get(test.id, "test");
        const base::ParamValues values(type.parameters, test.parameters);
        CAPTURE(std::string(test.id));
        for (const double time : {10.0, 11.0, 1e9}) CHECK(type.factor(values, time) == doctest::Approx(test.factor));
    }
}

TEST_CASE("a cycle that begins at its top, or ends there, divides by no zero") {
    const ScheduleType& type = schedules::shelf().get("one_cycle", "test");
    for (const double rise : {0.0, 0.1, 1.0}) {
        const base::Json parameters{{"length", 10}, {"rise", rise}};
        const base::ParamValues values(type.parameters, parameters);
        for (double time = 0; time < 12; ++time) {
            CAPTURE(rise);
            CAPTURE(time);
            const double factor = type.factor(values, time);
            CHECK(factor > 0);
            CHECK(factor <= 1);
        }
    }
}

TEST_CASE("milestones that are no numbers are told with their place, behind a warm-up too") {
    const auto problemsOf = [](const char* type, const base::Json& parameters) {
        base::Problems problems;
        schedules::shelf().check({type, parameters}, "schedule", problems);
        return problems;
    };
    for (const char* text : {"", "ten", "3, x", "3; 4", "-3"}) {
        CAPTURE(std::string(text));
        const base::Json parameters{{"milestones", text}};
        const base::Problems problems = problemsOf("multi_step", parameters);
        REQUIRE(problems.size() == 1);
        CHECK(problems.front().where == "schedule.milestones");
        const base::Json around{{"then", {{"type", "multi_step"}, {"parameters", parameters}}}};
        const base::Problems behind = problemsOf("warm_up", around);
        REQUIRE(behind.size() == 1);
        CHECK(behind.front().where == "schedule.then.milestones");
    }
    const base::Json fine{{"milestones", "3, 4.5 6"}};
    CHECK(problemsOf("multi_step", fine).empty());
}

TEST_CASE("nothing that watches the run may follow a warm-up") {
    const ScheduleType& type = schedules::shelf().get("warm_up", "test");
    base::Problems problems;
    base::checkParams(type.parameters, {{"then", "reduce_on_plateau"}}, "test", problems);
    CHECK(problems.size() == 1);
}
