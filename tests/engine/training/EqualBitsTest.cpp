// The bits of a trained network do not depend on the number of threads, whatever it is made of.

#include <doctest/doctest.h>

#include "engine/backends/KernelLibrary.h"
#include "engine/ir/Primitive.h"
#include "engine/training/PlanRequests.h"
#include "tests/engine/training/ManyNetworks.h"

using namespace perceptory;
using namespace perceptory::training;
using base::Json;
using test::batch, test::Case, test::cases, test::dataFor, test::specOf;

namespace {

// Weights, losses and measures after two epochs, the last batches of which are half full.
std::vector<double> run(const Case& c, int threads) {
    Trainer trainer(specOf(c, "adam"), dataFor(c), {.threads = threads, .tinyPlans = false});
    std::vector<double> numbers(6);
    for (int done = 0; done < 6;) done += trainer.runSteps(6 - done, numbers.data() + done);
    const Evaluation evaluation = trainer.evaluate(trainer.dataset().parts.train);
    numbers.push_back(evaluation.loss);
    for (const float weight : trainer.weights().floats()) numbers.push_back(static_cast<double>(weight));
    return numbers;
}

}  // namespace

TEST_CASE("more than twenty different networks end in the same bits with one thread and with two, and when run again") {
    const std::vector<Case> all = cases();
    REQUIRE(all.size() >= 20);
    for (const Case& c : all) {
        CAPTURE(std::string(c.name));
        const std::vector<double> one = run(c, 1);
        for (const double number : one) REQUIRE(std::isfinite(number));
        CHECK(run(c, 2) == one);
        CHECK(run(c, 1) == one);
    }
}

TEST_CASE("all of these networks have work for two threads") {
    for (const Case& c : cases()) {
        CAPTURE(std::string(c.name));
        Trainer trainer(specOf(c, "sgd"), dataFor(c), {.tinyPlans = false});
        const Objective objective = makeObjective(trainer.network(), trainer.heads(), Purpose::Training);
        ir::PlanRequest request{.batch = batch, .keep = {objective.loss}};
        for (const ir::ValueId gradient : objective.gradients)
            if (gradient != ir::none) request.keep.push_back(gradient);
        double most = 0;
        for (const ir::PlanStep& step : ir::compilePlan(objective.lowered.graph, request).steps)
            most = std::max(most, step.work);
        CHECK(most >= 1e6);
    }
}

TEST_CASE("weights that change while the step still runs end in the same bits as those that change after it") {
    // Clipping at a norm that is never reached leaves gradients alone, but wants all of them before any weight moves.
    for (const char* optimizer : {"sgd", "adam", "rmsprop"})
        for (const int threads : {1, 2}) {
            CAPTURE(std::string(optimizer));
            const auto weights = [&](const Json& more) {
                Json project = planeProject("circle", {300, 301, 40}, more);
                project["training"]["optimizer"] = {{"type", optimizer}, {"parameters", {{"learning_rate", 0.01}}}};
                project["network"]["nodes"][2]["learning_rate_factor"] = 0.5;
                const RunSpec spec = runSpec(project);
                Trainer trainer(spec, loadData(spec), {.threads = threads, .tinyPlans = false});
                trainSteps(trainer, 7);
                return weightsOf(trainer);
            };
            const std::vector<float> early = weights({});
            CHECK(early == weights({{"clip", {{"type", "norm"}, {"limit", 1e30}}}}));
        }
}

TEST_CASE("only gradients of large layers that nothing reads afterwards are taken early") {
    const auto early = [](const std::vector<int>& units) {
        const RunSpec spec = runSpec(planeProject("circle", units));
        Trainer trainer(spec, loadData(spec), {.tinyPlans = false});
        const Objective objective = makeObjective(trainer.network(), trainer.heads(), Purpose::Training);
        backends::cpu::ThreadPool pool(1);
        tensor::Buffer weights(trainer.network().parameterCount()), gradients(trainer.network().parameterCount());
        const backends::cpu::Executable executable(
            ir::compilePlan(objective.lowered.graph,
                            trainingRequest(objective, trainer.network(), 10, ir::Kernels::Fast)),
            backends::kernels(), backends::cpu::Memory{&weights, &gradients}, pool);
        return executable.earlyGradients().size();
    };
    CHECK(early({300, 301}) == 1);
    CHECK(early({30, 31}) == 0);
}
