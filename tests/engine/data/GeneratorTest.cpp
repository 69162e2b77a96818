#include "engine/data/generators/Generator.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <numbers>

using namespace perceptory;
using namespace perceptory::data;

namespace {

PlaneSamples make(const std::string& id, base::Json parameters = base::Json::object(), std::uint64_t seed = 1) {
    const GeneratorType& type = generators().get(id, "test");
    base::Problems problems;
    base::checkParams(type.parameters, parameters, id, problems);
    REQUIRE(problems.empty());
    return generate(type, parameters, seed);
}

bool sameBytes(const PlaneSamples& a, const PlaneSamples& b) {
    return a.positions.size() == b.positions.size() &&
           std::memcmp(a.positions.data(), b.positions.data(), a.positions.size() * sizeof a.positions[0]) == 0 &&
           a.labels == b.labels && a.targets == b.targets;
}

std::map<std::int32_t, int> countClasses(const PlaneSamples& samples) {
    std::map<std::int32_t, int> count;
    for (const std::int32_t label : samples.labels) ++count[label];
    return count;
}

double radiusOf(const PlaneSamples::Point& p) { return std::hypot(static_cast<double>(p.x), static_cast<double>(p.y)); }

}  // namespace

TEST_CASE("the same seed gives the same bytes, another seed others, for every generator") {
    for (const GeneratorType* type : generators().members()) {
        CAPTURE(type->id);
        const base::Json parameters{{"noise", 0.2}};
        CHECK(sameBytes(make(type->id, parameters, 7), make(type->id, parameters, 7)));
        CHECK_FALSE(sameBytes(make(type->id, parameters, 7), make(type->id, parameters, 8)));
    }
}

TEST_CASE("every generator makes as many samples as asked, of its task, within reach of the plane") {
    for (const GeneratorType* type : generators().members()) {
        CAPTURE(type->id);
        CHECK(type->parameter("samples")->fallback == (type->task == Task::Classification ? 500 : 1200));
        const PlaneSamples samples = make(type->id, {{"samples", 307}, {"noise", 0.0}});
        CHECK(samples.positions.size() == 307);
        CHECK(samples.labels.size() == (type->task == Task::Classification ? 307u : 0u));
        CHECK(samples.targets.size() == (type->task == Task::Regression ? 307u : 0u));
        for (const auto& p : samples.positions) CHECK(radiusOf(p) < 12);
        for (const float target : samples.targets) CHECK(std::abs(target) <= 1.2f);
    }
}

TEST_CASE("every class of every generator has its share") {
    for (const GeneratorType* type : generators().members()) {
        if (type->task != Task::Classification) continue;
        CAPTURE(type->id);
        for (const char* name : {"classes", "arms"}) {
            base::Json parameters{{"samples", 1000}};
            if (type->parameter(name)) parameters[name] = 5;
            const auto count = countClasses(make(type->id, parameters));
            const std::int64_t classes = type->classes(base::ParamValues(type->parameters, parameters));
            REQUIRE(static_cast<std::int64_t>(count.size()) == classes);
            for (const auto& [label, n] : count) {
                CHECK(label >= 0);
                CHECK(label < classes);
                CHECK(n == doctest::Approx(1000.0 / static_cast<double>(classes)).epsilon(0.15));
            }
        }
    }
}

TEST_CASE("any part of the points is a fair sample") {
    for (const GeneratorType* type : generators().members()) {
        if (type->task != Task::Classification) continue;
        CAPTURE(type->id);
        PlaneSamples samples = make(type->id, {{"samples", 1000}});
        samples.labels.resize(200);
        CHECK(static_cast<std::int64_t>(countClasses(samples).size()) ==
              type->classes(base::ParamValues(type->parameters, base::Json::object())));
    }
}

TEST_CASE("circle: class 1 lies within 2.5, class 0 between 3.5 and 5; noise flips labels only") {
    const PlaneSamples clean = make("circle");
    for (std::size_t i = 0; i < clean.labels.size(); ++i) {
        const double r = radiusOf(clean.positions[i]);
        if (clean.labels[i] == 1)
            CHECK(r <= 2.5001);
        else
            CHECK((r >= 3.4999 && r <= 5.0001));
    }
    const PlaneSamples noisy = make("circle", {{"noise", 0.5}});
    int flipped = 0;
    for (std::size_t i = 0; i < noisy.labels.size(); ++i) {
        const double r = radiusOf(noisy.positions[i]);
        CHECK((r <= 2.5001 || r >= 3.4999));
        flipped += (r < 3) != (noisy.labels[i] == 1);
    }
    CHECK(flipped > 20);
}

TEST_CASE("xor: class 1 where the signs agree, and nothing within 0.3 of an axis") {
    const PlaneSamples samples = make("xor");
    for (std::size_t i = 0; i < samples.labels.size(); ++i) {
        const auto [x, y] = samples.positions[i];
        CHECK(samples.labels[i] == (x * y >= 0 ? 1 : 0));
        CHECK(std::min(std::abs(x), std::abs(y)) >= 0.2999f);
        CHECK(std::max(std::abs(x), std::abs(y)) <= 5.3001f);
    }
}

TEST_CASE("gauss: two clouds at (2, 2) and (-2, -2); the variance is 0.5 without noise and 4 at half") {
    for (const auto& [noise, variance] : {std::pair{0.0, 0.5}, std::pair{0.5, 4.0}}) {
        const PlaneSamples samples = make("gauss", {{"samples", 20000}, {"noise", noise}});
        double sum = 0, squares = 0;
        for (std::size_t i = 0; i < samples.labels.size(); ++i) {
            if (samples.labels[i] != 1) continue;
            sum += static_cast<double>(samples.positions[i].x);
            squares += std::pow(static_cast<double>(samples.positions[i].x) - 2, 2);
        }
        CHECK(sum / 10000 == doctest::Approx(2).epsilon(0.05));
        CHECK(squares / 10000 == doctest::Approx(variance).epsilon(0.05));
    }
}

TEST_CASE("spiral: the points lie on the arms of the formula") {
    for (const int arms : {2, 3, 5}) {
        const PlaneSamples samples = make("spiral", {{"arms", arms}});
        for (std::size_t i = 0; i < samples.labels.size(); ++i) {
            const double along = radiusOf(samples.positions[i]) / 5;
            const double start = (samples.labels[i] - 1.0) / arms;
            const double angle = 2 * std::numbers::pi * (1.75 * along + start);
            CHECK(static_cast<double>(samples.positions[i].x) ==
                  doctest::Approx(5 * along * std::sin(angle)).epsilon(1e-3));
            CHECK(static_cast<double>(samples.positions[i].y) ==
                  doctest::Approx(5 * along * std::cos(angle)).epsilon(1e-3));
        }
    }
}

TEST_CASE("moons: half circles of radius 3") {
    const PlaneSamples samples = make("moons");
    for (std::size_t i = 0; i < samples.labels.size(); ++i) {
        const float sign = samples.labels[i] == 1 ? 1.0f : -1.0f;
        const auto [x, y] = samples.positions[i];
        CHECK(std::hypot(x + sign * 1.5f, y + sign * 0.75f) == doctest::Approx(3).epsilon(1e-4));
        CHECK(sign * y >= -0.7501f);
    }
}

TEST_CASE("checkerboard: the lower left field is of class 1, its neighbours of class 0") {
    const PlaneSamples samples = make("checkerboard", {{"cells", 5}, {"samples", 2000}});
    for (std::size_t i = 0; i < samples.labels.size(); ++i) {
        const auto [x, y] = samples.positions[i];
        const int sum = static_cast<int>((x + 5) / 2) + static_cast<int>((y + 5) / 2);
        CHECK(samples.labels[i] == (sum % 2 == 0 ? 1 : 0));
    }
}

TEST_CASE("rings: class c fills the middle half of band c") {
    const PlaneSamples samples = make("rings", {{"classes", 4}});
    for (std::size_t i = 0; i < samples.labels.size(); ++i) {
        const double place = radiusOf(samples.positions[i]) / 1.25 - samples.labels[i];
        CHECK((place >= 0.2499 && place <= 0.7501));
    }
}

TEST_CASE("the surfaces of regression follow their formulas") {
    for (const auto& [x, y] : make("plane").positions) CHECK(std::max(std::abs(x), std::abs(y)) <= 6);
    const PlaneSamples plane = make("plane"), hills = make("multi_gauss"), waves = make("sine_surface");
    for (std::size_t i = 0; i < plane.targets.size(); ++i) {
        CHECK(plane.targets[i] == doctest::Approx((plane.positions[i].x + plane.positions[i].y) / 10).epsilon(1e-5));
        const auto [x, y] = hills.positions[i];
        if (std::hypot(x + 4, y - 2.5f) < 1)
            CHECK(hills.targets[i] == doctest::Approx(1 - std::hypot(x + 4, y - 2.5f) / 2));
        if (std::hypot(x, y - 2.5f) < 1) CHECK(hills.targets[i] == doctest::Approx(std::hypot(x, y - 2.5f) / 2 - 1));
        if (std::abs(y) > 4.5f) CHECK(hills.targets[i] == 0);
        const auto [u, v] = waves.positions[i];
        CHECK(waves.targets[i] == doctest::Approx(std::sin(0.523599f * u) * std::cos(0.523599f * v)).epsilon(1e-4));
    }
}
