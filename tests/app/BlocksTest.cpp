// Repeated blocks on the command line.

#include <doctest/doctest.h>

#include "tests/app/Projects.h"

using namespace perceptory;
using base::Json;
using test::Outcome;

namespace {

// The circle with a block of one dense layer between h1 and out.
Json blockProject() {
    Json project = test::circleProject();
    Json& nodes = project["network"]["nodes"];
    Json inside = nodes[2];
    inside["inputs"] = {"in"};
    inside["parameters"]["units"] = 4;
    nodes.erase(2);
    nodes[2]["inputs"] = {"block1"};
    project["network"]["blocks"] = {
        {{"id", "block1"}, {"repeat", 3}, {"inputs", {"h1"}}, {"outputs", {"h2"}}, {"nodes", Json::array({inside})}}};
    return project;
}

}  // namespace

TEST_CASE("a project with a block is checked, trained and evaluated; its weights are named by copy") {
    const support::Folder folder;
    const std::string project = test::put(folder, blockProject());
    const Outcome checked = test::run({"check", project, "--json"});
    REQUIRE_MESSAGE(checked.code == 0, checked.err);
    CHECK(checked.json()["nodes"].size() == 6);
    CHECK(checked.out.find("block1.2.h2") != std::string::npos);
    const std::string model = test::trained(folder, blockProject(), 3);
    CHECK(test::run({"evaluate", model}).code == 0);
    const std::string weights = folder / "w.safetensors";
    const Outcome exported = test::run({"export", model, "--format", "safetensors", "--output", weights});
    REQUIRE_MESSAGE(exported.code == 0, exported.err);
    CHECK(support::contentOf(weights).find("\"block1.1.h2.weight\"") != std::string::npos);
}

TEST_CASE("--set reaches a block and the layers in it") {
    const support::Folder folder;
    const std::string project = test::put(folder, blockProject());
    const auto train = [&](const char* assignment) {
        return test::run({"train", project, "--epochs", "1", "--set", assignment});
    };
    CHECK(train("network.blocks.block1.repeat=5").code == 0);
    CHECK(train("network.blocks.block1.nodes.h2.parameters.activation=relu").code == 0);
    CHECK(train("network.blocks.block1.repeat=0").says("network.blocks[0].repeat: 0 is not possible here."));
    const Outcome narrow = train("network.blocks.block1.nodes.h2.parameters.units=0");
    CHECK(narrow.code == 1);
    CHECK(narrow.says("block1.0.h2.units"));
    CHECK(!narrow.says("block1.1.h2.units"));
    for (const char* wrong : {"network.blocks.block9.repeat=2", "network.blocks.block1.times=2",
                              "network.blocks.block1.nodes.h9.parameters.units=2", "network.nodes.block1.repeat=2"})
        CHECK(train(wrong).code == 2);
}
