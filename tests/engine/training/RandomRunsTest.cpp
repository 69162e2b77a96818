// Whatever network is written down, it is either refused by the check or trained: nothing else may happen.
// PERCEPTORY_RANDOM_RUNS=100000 tries more of them.

#include <doctest/doctest.h>

#include <cstdlib>

#include "engine/training/RunCheck.h"
#include "engine/training/Trainer.h"
#include "tests/support/RandomNetworks.h"

using namespace perceptory;
using base::Json;

namespace {

constexpr std::int64_t memoryLimit = 64 << 20;

struct Tried {
    int refused = 0, trained = 0;
};

void tryOne(const Json& project, const std::shared_ptr<const data::Dataset>& dataset, Tried& tried) {
    base::Problems problems;
    const training::RunSpec spec = training::RunSpec::fromJson(project, problems);
    const training::RunCheck check = training::checkRun(spec, *dataset, memoryLimit);
    for (const base::Problem& problem : check.problems) {
        CHECK(!problem.where.empty());
        CHECK(!problem.sentence.empty());
        CHECK((problem.severity != base::Severity::Error || !problem.fix.empty()));
    }
    if (base::hasError(problems) || !check.ok()) {
        ++tried.refused;
        return;
    }
    training::Trainer trainer(spec, dataset);
    for (int i = 0; i < 2; ++i) trainer.step();
    trainer.evaluate(dataset->parts.test);
    trainer.forward().outputs(dataset->inputs, static_cast<std::int64_t>(dataset->count));
    ++tried.trained;
}

}  // namespace

TEST_CASE("a network is refused with a reason and a remedy, or trained") {
    const char* wanted = std::getenv("PERCEPTORY_RANDOM_RUNS");
    const std::uint64_t runs = wanted ? std::strtoull(wanted, nullptr, 10) : 600;
    const char* first = std::getenv("PERCEPTORY_RANDOM_FIRST");
    Tried tried;
    for (std::uint64_t seed = first ? std::strtoull(first, nullptr, 10) : 1, last = seed + runs; seed < last; ++seed) {
        support::RandomNetworks random(seed);
        const auto dataset = random.dataset();
        const Json project = random.project(*dataset);
        CAPTURE(seed);
        CAPTURE(project.dump());
        CAPTURE(tensor::shapeText(dataset->inputShape));
        REQUIRE_NOTHROW(tryOne(project, dataset, tried));
    }
    MESSAGE(tried.trained << " trained, " << tried.refused << " refused");
    // Both ways are taken often.
    CHECK(static_cast<std::uint64_t>(tried.trained) > runs / 20);
    CHECK(static_cast<std::uint64_t>(tried.refused) > runs / 20);
}
