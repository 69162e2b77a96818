// Runs that are cut anywhere and go on from their model file are the runs that were never cut.
#include <doctest/doctest.h>

#include "engine/project/ModelState.h"
#include "tests/engine/training/ManyNetworks.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using namespace perceptory::training;
using test::Case;

namespace {

constexpr int steps = 10;  // an epoch has two full batches and a half one

const char* const usedOptimizers[] = {"sgd", "adam", "rmsprop", "adagrad", "nadam"};

struct Run {
    Trainer trainer;
    std::vector<double> losses;

    explicit Run(const Case& c, const char* optimizer)
        : trainer(test::specOf(c, optimizer), test::dataFor(c), {.threads = 1, .tinyPlans = false}) {}

    void step() {
        losses.emplace_back();
        trainer.runSteps(1, &losses.back());
    }
    void keep(const std::string& path) const {
        const RestorePoint state = trainer.save();
        project::writeModel(
            project::makeModel({{"format", "perceptory-project"}, {"format_version", 1}},
                               {trainer.network(), trainer.dataset(), trainer.reading(), state, "base"}),
            path);
    }
    void takeUp(const std::string& path) {
        const project::Model model = project::readModel(path);
        trainer.restore(project::restorePointOf(model, trainer.network(), trainer.save().optimizerSlots.size(), path));
    }
};

}  // namespace

TEST_CASE("more than twenty networks, each cut at ten places, go on with the same bits") {
    const support::Folder folder;
    const auto fileOf = [&](int cut) { return folder / (std::to_string(cut) + ".perceptory-model"); };
    int cuts = 0;
    const std::vector<Case> all = test::cases();
    for (std::size_t i = 0; i < all.size(); ++i) {
        CAPTURE(std::string(all[i].name));
        const char* optimizer = usedOptimizers[i % std::size(usedOptimizers)];
        Run whole(all[i], optimizer);
        for (int cut = 0; cut < steps; ++cut) {
            whole.keep(fileOf(cut));
            whole.step();
        }
        for (int cut = 0; cut < steps; ++cut, ++cuts) {
            CAPTURE(cut);
            Run rest(all[i], optimizer);
            rest.takeUp(fileOf(cut));
            // Two steps on, now and then into the next epoch: what would differ later differs now.
            const int end = std::min(steps, cut + 2);
            for (int step = cut; step < end; ++step) rest.step();
            CHECK(std::equal(rest.losses.begin(), rest.losses.end(), whole.losses.begin() + cut));
            if (end == steps) CHECK(weightsOf(rest.trainer) == weightsOf(whole.trainer));
        }
    }
    CHECK(cuts >= 200);
}
