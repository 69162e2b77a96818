#include "engine/training/Measuring.h"

#include <doctest/doctest.h>

#include "tests/engine/training/Fixtures.h"

using namespace perceptory;
using namespace perceptory::training;
using base::Json;

namespace {

Json manySamples() {
    Json project = planeProject("circle", {4});
    project["data"]["parameters"]["samples"] = 9000;
    return project;
}

constexpr auto longAgo = Measuring::Clock::time_point{};
const auto farAway = Measuring::Clock::now() + std::chrono::hours(1);

}  // namespace

TEST_CASE("measuring in slices tells early what it knows and ends with the same bits as at one go") {
    Trainer trainer = makeTrainer(manySamples());
    const data::Parts& parts = trainer.dataset().parts;
    Measuring measuring;
    CHECK(!measuring.advance(trainer, longAgo));  // no time at all: still a batch of each
    const std::vector<Evaluation> early = measuring.results();
    CHECK(early[0].samples == 1024);
    CHECK(early[0].loss == trainer.evaluate(std::span(parts.train).first(1024)).loss);
    CHECK(early[2].samples == 1024);
    CHECK(std::isfinite(early[2].loss));

    CHECK(measuring.advance(trainer, farAway));
    const std::vector<Evaluation> all = measuring.results();
    CHECK(all[0].samples == parts.train.size());
    CHECK(all[2].samples == parts.test.size());
    const Evaluation once = trainer.evaluate(parts.train);
    CHECK(all[0].loss == once.loss);
    CHECK(all[0].metrics == once.metrics);
    CHECK(all[0].confusion == once.confusion);

    trainSteps(trainer, 3);
    measuring.forget();
    CHECK(measuring.advance(trainer, farAway));
    CHECK(measuring.results()[0].loss != once.loss);
}

TEST_CASE("a sample is of the first rows, and what it measured counts when all are wanted") {
    Json project = manySamples();
    project["data"]["parameters"]["samples"] = 30'000;
    Trainer trainer = makeTrainer(project);
    Measuring measuring;
    measuring.sample(trainer);
    const Evaluation sample = measuring.results()[0];
    CHECK(sample.samples < trainer.dataset().parts.train.size());
    CHECK(sample.loss == trainer.evaluate(std::span(trainer.dataset().parts.train).first(sample.samples)).loss);
    CHECK(measuring.advance(trainer, farAway));
    CHECK(measuring.results()[0].samples == trainer.dataset().parts.train.size());
}
