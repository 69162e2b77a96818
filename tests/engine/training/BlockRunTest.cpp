#include <doctest/doctest.h>

#include "tests/engine/training/Fixtures.h"

using namespace perceptory;
using namespace perceptory::training;
using base::Json;

namespace {

Json dense(const std::string& id, const std::string& input, int units) {
    return {
        {"id", id}, {"type", "dense"}, {"inputs", {input}}, {"parameters", {{"units", units}, {"activation", "tanh"}}}};
}

Json withNetwork(Json network) {
    Json project = planeProject("circle", {});
    project["network"] = std::move(network);
    return project;
}

Json blockProject(int repeat) {
    const Json add{{"id", "add"}, {"type", "add"}, {"inputs", {"fold", "in"}}};
    const Json input{{"id", "in"}, {"type", "input"}};
    return withNetwork({{"nodes", Json::array({input, dense("front", "in", 4), dense("out", "res", 1)})},
                        {"blocks",
                         {{{"id", "res"},
                           {"repeat", repeat},
                           {"inputs", {"front"}},
                           {"outputs", {"add"}},
                           {"nodes", Json::array({dense("fold", "in", 4), add})}}}}});
}

Json writtenOut(int repeat) {
    Json nodes = Json::array({{{"id", "in"}, {"type", "input"}}, dense("front", "in", 4)});
    std::string last = "front";
    for (int copy = 0; copy < repeat; ++copy) {
        const std::string name = "res." + std::to_string(copy) + ".";
        nodes.push_back(dense(name + "fold", last, 4));
        nodes.push_back({{"id", name + "add"}, {"type", "add"}, {"inputs", {name + "fold", last}}});
        last = name + "add";
    }
    nodes.push_back(dense("out", last, 1));
    return withNetwork({{"nodes", nodes}});
}

}  // namespace

TEST_CASE("a repeated block learns bit for bit what its nodes written out learn") {
    for (const int repeat : {1, 3}) {
        CAPTURE(repeat);
        Trainer block = makeTrainer(blockProject(repeat)), plain = makeTrainer(writtenOut(repeat));
        CHECK(weightsOf(block) == weightsOf(plain));
        trainSteps(block, 40);
        trainSteps(plain, 40);
        CHECK(weightsOf(block) == weightsOf(plain));
        CHECK(block.network().parameters().front().name == plain.network().parameters().front().name);
    }
}

TEST_CASE("losses and stopping rules that name a block mean its main output") {
    Json project = blockProject(2);
    project["training"].erase("loss");
    project["training"]["losses"] = {{{"output", "out"}, {"type", "mean_squared_error"}},
                                     {{"output", "res"}, {"type", "mean_squared_error"}}};
    project["training"]["stopping"] = {{{"type", "early_stopping"}, {"parameters", {{"monitor", "res.loss"}}}},
                                       {{"type", "early_stopping"}, {"parameters", {{"monitor", "res.1.add.loss"}}}}};
    const RunSpec spec = runSpec(project);
    CHECK(spec.training.losses[0].output == "out");
    CHECK(spec.training.losses[1].output == "res.1.add");
    for (const base::KindSpec& rule : spec.training.stopping) CHECK(rule.parameters["monitor"] == "res.1.add.loss");
}

TEST_CASE("layers keep their weights when they are folded into a block, and when it is renamed") {
    Json plain = writtenOut(1), renamed = blockProject(3);
    Json& nodes = plain["network"]["nodes"];
    nodes[2]["id"] = "fold";
    nodes[3] = {{"id", "add"}, {"type", "add"}, {"inputs", {"fold", "front"}}};
    nodes[4]["inputs"] = {"add"};
    renamed["network"]["blocks"][0]["id"] = "other";
    renamed["network"]["nodes"][2]["inputs"] = {"other"};
    for (const auto& [from, to] :
         {std::pair{plain, blockProject(1)}, {blockProject(1), plain}, {blockProject(3), renamed}}) {
        Trainer before = makeTrainer(from), after = makeTrainer(to);
        trainSteps(before, 10);
        Attic attic;
        CHECK(after.take(before, attic).fresh == 0);
        CHECK(weightsOf(after) == weightsOf(before));
    }
}
