#include <doctest/doctest.h>

#include <cmath>

#include "engine/project/ModelState.h"
#include "engine/training/RunCheck.h"
#include "engine/training/Watch.h"
#include "tests/engine/training/Fixtures.h"

using namespace perceptory;
using namespace perceptory::training;
using base::Json;

namespace {

Json ruleOf(const char* type, Json parameters) { return {{"type", type}, {"parameters", std::move(parameters)}}; }

Watch watchOf(const std::vector<Json>& rules) {
    std::vector<base::KindSpec> specs;
    base::Problems problems;
    for (const Json& rule : rules) specs.push_back(base::KindSpec::fromJson(rule, "test", problems));
    for (const base::KindSpec& spec : specs) stoppingRules().check(spec, "test", problems);
    REQUIRE(problems.empty());
    return Watch(specs);
}

// Shows one value after the other at the ends of epochs; the epoch that ended the run, or 0.
std::uint64_t endOf(Watch& watch, const std::string& id, const std::vector<double>& values) {
    for (std::uint64_t epoch = 1; epoch <= values.size(); ++epoch) {
        watch.lookAtEpoch(10 * epoch, epoch, {{id, values[epoch - 1]}});
        if (watch.stopped()) return epoch;
    }
    return 0;
}

int trainToStop(Trainer& trainer, int mostEpochs) {
    std::vector<double> losses(1000);
    while (!trainer.stopped() && trainer.progress().epoch < static_cast<std::uint64_t>(mostEpochs))
        trainer.runSteps(1000, losses.data());
    return static_cast<int>(trainer.progress().epoch);
}

Json projectWith(const Json& rules, Json training = Json::object()) {
    training["stopping"] = rules;
    Json project = planeProject("circle", {6}, training);
    project["data"]["split"] = {{"mode", "random"}, {"train", 0.5}, {"validation", 0.25}, {"test", 0.25}};
    return project;
}

}  // namespace

TEST_CASE("early stopping waits for its patience after the best, and counts only gains that are large enough") {
    const std::vector<double> losses{5, 4, 4.5, 3.95, 3.96, 4.2, 3.97, 3.9, 3.9, 3.9};
    Watch watch = watchOf({ruleOf("early_stopping", {{"patience", 3}})});
    CHECK(endOf(watch, "loss", losses) == 7);
    CHECK(watch.stopped()->rule == "early_stopping");
    CHECK(watch.stopped()->sentence ==
          "Early stopping: loss has not become better than 3.95 for 3 epochs; the best was epoch 4.");
    CHECK(!watch.stopped()->failure);
    Watch strict = watchOf({ruleOf("early_stopping", {{"patience", 3}, {"min_delta", 0.1}})});
    CHECK(endOf(strict, "loss", losses) == 5);
}

TEST_CASE("a metric that shall be high is watched upwards") {
    Watch watch = watchOf({ruleOf("early_stopping", {{"patience", 2}, {"monitor", "accuracy"}})});
    CHECK(endOf(watch, "accuracy", {0.5, 0.6, 0.7, 0.65, 0.7, 0.8}) == 5);
    Watch target = watchOf({ruleOf("target_reached", {{"monitor", "accuracy"}, {"target", 0.7}})});
    CHECK(endOf(target, "accuracy", {0.5, 0.6, 0.72}) == 3);
    Watch low = watchOf({ruleOf("target_reached", {{"target", 0.7}})});
    CHECK(endOf(low, "loss", {2, 1, 0.7}) == 3);
}

TEST_CASE("what was not measured neither stops a run nor is its best") {
    const double nothing = std::nan("");
    Watch watch = watchOf({ruleOf("early_stopping", {{"patience", 2}}), ruleOf("target_reached", {{"target", 1e9}})});
    CHECK(!watch.lookAtEpoch(10, 1, {{"loss", nothing}}));
    CHECK(!watch.stopped());
}

TEST_CASE("a loss above a multiple of its first value ends the run as a failure") {
    Watch watch = watchOf({ruleOf("loss_multiple", {{"multiple", 3}})});
    watch.count(2, 10, true);
    watch.count(9, 10, false);
    watch.lookAtEpoch(2, 1, {});
    CHECK(!watch.stopped());  // (2 + 9) / 2 < 6
    watch.count(6.5, 10, false);
    watch.lookAtEpoch(3, 2, {});
    REQUIRE(watch.stopped());
    CHECK(watch.stopped()->failure);
    CHECK(watch.stopped()->sentence.starts_with("The loss grew to 6.5, from 2 at first."));
}

TEST_CASE("the time limit looks between batches and counts training only") {
    Watch watch = watchOf({ruleOf("time_limit", {{"seconds", 5}})});
    watch.spend(4.9);
    watch.look(3, 0);
    CHECK(!watch.stopped());
    watch.spend(0.2);
    watch.look(4, 0);
    CHECK(watch.stopped());
    watch.restart();
    watch.look(5, 0);
    CHECK(!watch.stopped());
}

TEST_CASE("a step limit ends the run exactly there, in the tiny plan and in the general one") {
    for (const bool tiny : {true, false}) {
        RunSpec spec = runSpec(projectWith(Json::array({ruleOf("step_limit", {{"steps", 23}})})));
        auto dataset = loadData(spec);
        Trainer trainer(spec, dataset, {.tinyPlans = tiny});
        trainToStop(trainer, 100);
        CHECK(trainer.progress().step == 23);
        CHECK(trainer.stopped()->rule == "step_limit");
    }
}

TEST_CASE("early stopping goes back to the weights of the best epoch") {
    // A rate this high makes the loss jump about, so that the last weights are not the best.
    const Json rough{{"optimizer", ruleOf("adam", {{"learning_rate", 0.3}})}};
    Trainer trainer = makeTrainer(projectWith(Json::array({ruleOf("early_stopping", {{"patience", 4}})}), rough));
    double best = 1e9;
    std::vector<float> weights;
    std::vector<double> losses(1000);
    while (!trainer.stopped()) {
        trainer.runSteps(1000, losses.data());
        if (trainer.progress().batch != 0) continue;
        const double loss = trainer.evaluate(trainer.dataset().parts.validation).loss;
        if (loss < best) weights = weightsOf(trainer);
        best = std::min(best, loss);
        REQUIRE(trainer.progress().epoch < 1000);
    }
    CHECK(weightsOf(trainer) != weights);
    trainer.takeBestWeights();
    CHECK(weightsOf(trainer) == weights);
    CHECK(trainer.evaluate(trainer.dataset().parts.validation).loss == best);
}

TEST_CASE("without validation data the test data are watched") {
    Json project = projectWith(Json::array({"early_stopping"}));
    CHECK(makeTrainer(project).watchedRows().size() == 50);
    project["data"]["split"] = {{"mode", "random"}, {"train", 0.6}, {"validation", 0.0}, {"test", 0.4}};
    CHECK(makeTrainer(project).watchedRows().size() == 80);
}

TEST_CASE("a watched run that was saved and resumed stops where the whole run does") {
    const Json watched = projectWith(Json::array({ruleOf("early_stopping", {{"patience", 4}})}),
                                     {{"optimizer", ruleOf("adam", {{"learning_rate", 0.3}})},
                                      {"schedule", ruleOf("reduce_on_plateau", {{"patience", 0}, {"shrink", 0.7}})}});
    Trainer whole = makeTrainer(watched);
    const int end = trainToStop(whole, 1000);
    REQUIRE(end > 4);
    Trainer first = makeTrainer(watched), second = makeTrainer(watched);
    trainToStop(first, end - 3);
    const project::Model model =
        project::makeModel(watched, {first.network(), first.dataset(), first.reading(), first.save(), "v3"});
    second.restore(project::restorePointOf(model, second.network(), 2, "test"));
    CHECK(second.learningRate() == first.learningRate());
    CHECK(trainToStop(second, 1000) == end);
    whole.takeBestWeights();
    second.takeBestWeights();
    CHECK(weightsOf(second) == weightsOf(whole));
}

TEST_CASE("a plateau lowers the rate from the next epoch on") {
    Trainer trainer = makeTrainer(planeProject(
        "circle", {4},
        {{"schedule", ruleOf("reduce_on_plateau", {{"patience", 0}, {"threshold", 1.0}, {"shrink", 0.5}})}}));
    std::vector<double> losses(1000);
    const double rates[] = {0.03, 0.015, 0.0075};
    for (const double rate : rates) {
        trainer.runSteps(1000, losses.data());
        CHECK(trainer.progress().batch == 0);
        CHECK(trainer.lastLearningRate() == doctest::Approx(rate));
    }
}

TEST_CASE("rules that cannot work are told before the run") {
    const auto problemsOf = [](const Json& project) {
        base::Problems problems;
        const RunSpec spec = RunSpec::fromJson(project, problems);
        const RunCheck check = checkRun(spec, *loadData(spec));
        problems.insert(problems.end(), check.problems.begin(), check.problems.end());
        return problems;
    };
    const auto only = [](const base::Problems& problems) {
        REQUIRE(problems.size() == 1);
        return problems.front();
    };
    CHECK(problemsOf(projectWith(Json::array({"early_stopping", "loss_multiple"}))).empty());
    const base::Problem unknown =
        only(problemsOf(projectWith(Json::array({ruleOf("target_reached", {{"monitor", "r2"}})}))));
    CHECK(unknown.severity == base::Severity::Error);
    CHECK(unknown.fix == "Use one of: loss, accuracy.");
    CHECK(only(problemsOf(projectWith(Json::array({"early_stoping"})))).fix == "Did you mean \"early_stopping\"?");
    CHECK(only(problemsOf(projectWith("early_stopping"))).where == "training.stopping");
    Json project = projectWith(Json::array({"early_stopping"}));
    project["data"]["split"] = {{"mode", "random"}, {"train", 1.0}, {"validation", 0.0}, {"test", 0.0}};
    CHECK(only(problemsOf(project)).severity == base::Severity::Warning);
}

TEST_CASE("clipping that makes no sense is told") {
    const std::pair<Json, const char*> cases[] = {{{{"type", "norms"}}, "training.clip"},
                                                  {{{"type", "norm"}, {"limit", 0}}, "training.clip.limit"},
                                                  {{{"type", "value"}, {"limit", "1"}}, "training.clip.limit"},
                                                  {5, "training.clip"}};
    for (const auto& [clip, where] : cases) {
        CAPTURE(clip.dump());
        base::Problems problems;
        RunSpec::fromJson(planeProject("circle", {4}, {{"clip", clip}}), problems);
        REQUIRE(problems.size() == 1);
        CHECK(problems.front().where == where);
    }
}

TEST_CASE("runs with clipping, factors, constraints and watched rates have equal bits for one thread and two") {
    Json project = planeProject("spiral", {300, 300},
                                {{"batch_size", 100},
                                 {"clip", {{"type", "norm"}, {"limit", 0.1}}},
                                 {"optimizer", "radam"},
                                 {"schedule", "reduce_on_plateau"}});
    project["network"]["nodes"][1]["learning_rate_factor"] = 0.5;
    project["network"]["nodes"][2]["parameters"]["regularizer"] = ruleOf("max_norm", {{"limit", 0.5}});
    Trainer one = makeTrainer(project), two = makeTrainer(project, {.threads = 2});
    REQUIRE(!one.tiny());
    trainSteps(one, 12);
    trainSteps(two, 12);
    CHECK(weightsOf(one) == weightsOf(two));
}

TEST_CASE("networks whose weights do not all move by the plain rule take the general plan") {
    Json project = planeProject("circle", {4});
    CHECK(makeTrainer(project).tiny());
    Json clipped = project, factored = project, constrained = project;
    clipped["training"]["clip"] = "norm";
    factored["network"]["nodes"][1]["learning_rate_factor"] = 2;
    constrained["network"]["nodes"][1]["parameters"]["regularizer"] = "max_norm";
    for (const Json& one : {clipped, factored, constrained}) CHECK(!makeTrainer(one).tiny());
}
