#include "engine/training/WeightTransfer.h"

#include <doctest/doctest.h>

#include "tests/engine/training/Fixtures.h"

using namespace perceptory;
using namespace perceptory::training;
using base::Json;

namespace {

float weight(const Trainer& trainer, const std::string& name, std::int64_t row, std::int64_t column) {
    const network::Parameter& parameter = *trainer.network().parameter(name);
    return trainer.weights()
        .floats()[static_cast<std::size_t>(parameter.offset + row * parameter.spec.shape.back() + column)];
}

}  // namespace

TEST_CASE("a widened layer keeps the block that fits, and undo brings back what was cut off") {
    Trainer wide = makeTrainer(planeProject("circle", {4, 3}));
    trainSteps(wide, 10);
    Attic attic;
    Trainer narrow = makeTrainer(planeProject("circle", {2, 3}));
    const TransferReport cut = narrow.take(wide, attic);
    CHECK(cut.sentence() == "3 of 3 layers kept");  // a narrower layer keeps all it still has
    CHECK(weight(narrow, "h1.weight", 1, 1) == weight(wide, "h1.weight", 1, 1));
    CHECK(weight(narrow, "h2.weight", 1, 2) == weight(wide, "h2.weight", 1, 2));
    Trainer again = makeTrainer(planeProject("circle", {4, 3}));
    const TransferReport back = again.take(narrow, attic);
    CHECK(back.kept == 3);
    CHECK(weightsOf(again) == weightsOf(wide));
}

TEST_CASE("new units start from first weights, and the report says so") {
    Trainer small = makeTrainer(planeProject("circle", {2}));
    trainSteps(small, 10);
    Attic attic;
    Trainer large = makeTrainer(planeProject("circle", {5}));
    const auto first = weightsOf(large);
    const TransferReport report = large.take(small, attic);
    CHECK(report.sentence() == "0 of 2 layers kept, 2 partly");
    CHECK(weight(large, "h1.weight", 0, 1) == weight(small, "h1.weight", 0, 1));
    CHECK(weight(large, "h1.weight", 0, 4) ==
          first[static_cast<std::size_t>(large.network().parameter("h1.weight")->offset + 4)]);
}

TEST_CASE("a removed layer comes back from the attic with its weights") {
    Trainer deep = makeTrainer(planeProject("circle", {4, 2}));
    trainSteps(deep, 10);
    Attic attic;
    Trainer shallow = makeTrainer(planeProject("circle", {4}));
    CHECK(shallow.take(deep, attic).fresh == 0);
    Trainer again = makeTrainer(planeProject("circle", {4, 2}));
    again.take(shallow, attic);
    CHECK(weight(again, "h2.weight", 3, 1) == weight(deep, "h2.weight", 3, 1));
}

TEST_CASE("a renamed layer keeps its weights, one that does something else does not") {
    Json project = planeProject("circle", {4, 3});
    Trainer before = makeTrainer(project);
    trainSteps(before, 10);
    Attic attic;
    Json& nodes = project["network"]["nodes"];
    nodes[1]["id"] = "first";
    nodes[2]["inputs"] = {"first"};
    Trainer renamed = makeTrainer(project);
    CHECK(renamed.take(before, attic).sentence() == "3 of 3 layers kept");
    CHECK(weightsOf(renamed) == weightsOf(before));
    trainSteps(renamed, 3);
    Trainer back = makeTrainer(planeProject("circle", {4, 3}));
    CHECK(back.take(renamed, attic).kept == 3);
    CHECK(weightsOf(back) == weightsOf(renamed));
    nodes[1]["id"] = "other";
    nodes[1]["parameters"]["activation"] = "relu";
    nodes[2]["inputs"] = {"other"};
    Trainer other = makeTrainer(project);
    Attic empty;
    CHECK(other.take(before, empty).fresh == 1);
}

TEST_CASE("another initializer draws a layer anew, undo and redo bring back what was learned") {
    const Json project = planeProject("circle", {4, 4});
    Json other = project;
    other["network"]["nodes"][2]["parameters"]["kernel_initializer"] = "identity";
    Trainer before = makeTrainer(project);
    trainSteps(before, 10);
    Attic attic;
    Trainer drawn = makeTrainer(other);
    CHECK(drawn.take(before, attic).sentence() == "2 of 3 layers kept, 1 partly");  // its bias stays
    CHECK(weight(drawn, "h2.weight", 2, 2) == 1);
    CHECK(weight(drawn, "h2.weight", 2, 1) == 0);
    CHECK(weight(drawn, "h1.weight", 1, 1) == weight(before, "h1.weight", 1, 1));
    trainSteps(drawn, 10);
    Trainer undone = makeTrainer(project);
    CHECK(undone.take(drawn, attic).kept == 3);
    CHECK(weight(undone, "h2.weight", 2, 1) == weight(before, "h2.weight", 2, 1));
    Trainer redone = makeTrainer(other);
    redone.take(undone, attic);
    CHECK(weight(redone, "h2.weight", 2, 1) == weight(drawn, "h2.weight", 2, 1));
}

TEST_CASE("weights of a feature follow its name") {
    Json project = planeProject("circle", {3});
    project["data"]["features"] = {"x1", "x2"};
    Trainer two = makeTrainer(project);
    trainSteps(two, 5);
    project["data"]["features"] = {"x1", "x1_squared", "x2"};
    Trainer three = makeTrainer(project);
    Attic attic;
    three.take(two, attic);
    CHECK(weight(three, "h1.weight", 0, 0) == weight(two, "h1.weight", 0, 0));
    CHECK(weight(three, "h1.weight", 2, 1) == weight(two, "h1.weight", 1, 1));
}

TEST_CASE("the attic forgets the oldest beyond 64 MiB") {
    Attic attic;
    for (int i = 0; i < 20; ++i)
        attic.put({"n" + std::to_string(i) + ".weight", {1000, 1000}, {}, {std::vector<double>(1'000'000)}});
    CHECK(attic.bytes() <= Attic::capacity);
    const layers::WeightSpec spec{"weight", {1000, 1000}};
    CHECK(attic.find("n19.weight", spec));
    CHECK(!attic.find("n0.weight", spec));
}
