// Training that begins with small images and goes on with larger ones.

#include <doctest/doctest.h>

#include "tests/engine/training/Fixtures.h"

using namespace perceptory;
using namespace perceptory::training;
using base::Json;

namespace {

Json node(const char* id, const char* type, const char* from, const Json& parameters = Json::object()) {
    return {{"id", id}, {"type", type}, {"inputs", {from}}, {"parameters", parameters}};
}

Json convolution(const char* id, const char* from, int filters) {
    return node(id, "conv2d", from, {{"filters", filters}, {"padding", "same"}, {"activation", "relu"}});
}

// Shapes of 24 x 24 pixels, made to `size`; `head` makes a list of values of the feature maps.
Json project(int size, const char* head) {
    const Json nodes = Json::array({{{"id", "in"}, {"type", "input"}},
                                    convolution("conv1", "in", 8),
                                    node("pool", "max_pool", "conv1", {{"size", 2}}),
                                    convolution("conv2", "pool", 16),
                                    node("head", head, "conv2"),
                                    node("out", "dense", "head", {{"units", 4}})});
    return {{"format", "perceptory-project"},
            {"format_version", 1},
            {"data",
             {{"source", "generator"},
              {"id", "shapes"},
              {"parameters", {{"samples", 300}, {"size", 24}, {"rotation", 0}}},
              {"preprocessing", {{{"type", "resize"}, {"parameters", {{"height", size}, {"width", size}}}}}},
              {"split", {{"mode", "random"}, {"train", 0.8}, {"test", 0.2}}}}},
            {"network", {{"nodes", nodes}}},
            {"training",
             {{"loss", "softmax_cross_entropy"},
              {"optimizer", {{"type", "adam"}, {"parameters", {{"learning_rate", 0.01}}}}},
              {"batch_size", 16},
              {"seed", "3"}}}};
}

double lossOf(Trainer& trainer) { return trainer.evaluate(trainer.dataset().parts.train).loss; }

}  // namespace

TEST_CASE("a network of convolutions with a global pool keeps its weights to the bit when images grow, and goes on") {
    Trainer small = makeTrainer(project(12, "global_average_pool"));
    CHECK(small.dataset().inputShape == std::vector<std::int64_t>{12, 12, 1});
    trainSteps(small, 1500);
    Trainer large = makeTrainer(project(24, "global_average_pool"));
    CHECK(large.dataset().inputShape == std::vector<std::int64_t>{24, 24, 1});
    Attic attic;
    CHECK(large.take(small, attic).sentence() == "3 of 3 layers kept");
    CHECK(weightsOf(large) == weightsOf(small));
    CHECK(large.progress().step == 1500);
    Trainer anew = makeTrainer(project(24, "global_average_pool"));
    trainSteps(large, 15);
    trainSteps(anew, 15);
    CHECK(large.progress().step == 1515);
    CHECK(lossOf(large) < 0.8 * lossOf(anew));
}

TEST_CASE("a dense layer on feature maps of another size is said to be kept in part only") {
    Trainer small = makeTrainer(project(12, "flatten")), large = makeTrainer(project(24, "flatten"));
    Attic attic;
    CHECK(large.take(small, attic).sentence() == "2 of 3 layers kept, 1 partly");
}
