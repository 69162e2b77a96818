// Twenty steps from the same first weights end where PyTorch's do (tests/golden/training.py).
#include <doctest/doctest.h>

#include "tests/app/GoldenWeights.h"

using namespace perceptory;
using base::Json;

namespace {

const std::string golden = PERCEPTORY_SOURCE_DIR "/tests/golden/";

Json projectFor(const Json& optimizer) {
    Json project = test::irisProject();
    Json& nodes = project["network"]["nodes"];
    const auto dense = [](const char* id, const char* from, int units, const char* activation) {
        return Json{{"id", id},
                    {"type", "dense"},
                    {"inputs", {from}},
                    {"parameters", {{"units", units}, {"activation", activation}}}};
    };
    nodes = Json::array(
        {nodes[0], dense("h1", "in", 8, "relu"), dense("h2", "h1", 6, "tanh"), dense("out", "h2", 3, "linear")});
    project["data"]["path"] = golden + "training.csv";
    project["data"]["split"] = {{"mode", "ordered"}, {"train", 1}, {"test", 0}};
    project["data"].erase("preprocessing");
    project["training"]["optimizer"] = optimizer;
    project["training"]["shuffle"] = false;
    return project;
}

// Twenty steps of the project against the golden case.
void compareProject(const std::string& id, const Json& project) {
    CAPTURE(id);
    const Json expected = base::parseJson(support::contentOf(golden + "training.json"), "training.json")[id];
    const tensor::NamedTensors tensors = test::weightsAfter(project, 20, golden + "training.safetensors");
    REQUIRE(tensors.size() == expected.size());
    for (const tensor::NamedTensor& tensor : tensors) {
        CAPTURE(tensor.name);
        CHECK(test::distance(tensor, expected[tensor.name]) <= 1e-4);
    }
}

void compare(const std::string& id, const Json& optimizer) { compareProject(id, projectFor(optimizer)); }

}  // namespace

TEST_CASE("twenty steps from PyTorch's first weights end in PyTorch's weights") {
    const auto with = [](const char* type, Json parameters) {
        return Json{{"type", type}, {"parameters", std::move(parameters)}};
    };
    compare("sgd", with("sgd", {{"learning_rate", 0.05}}));
    compare("momentum", with("momentum", {{"learning_rate", 0.05}}));
    compare("nesterov", with("nesterov", {{"learning_rate", 0.05}}));
    compare("rmsprop", with("rmsprop", {{"learning_rate", 0.01}}));
    compare("adam", with("adam", {{"learning_rate", 0.01}}));
    compare("adamw", with("adamw", {{"learning_rate", 0.01}, {"weight_decay", 0.05}}));
    compare("adagrad", with("adagrad", {{"learning_rate", 0.05}, {"learning_rate_decay", 0.01}}));
    compare("adadelta", with("adadelta", {{"learning_rate", 1}, {"weight_decay", 0.01}}));
    compare("rmsprop_momentum", with("rmsprop", {{"learning_rate", 0.01}, {"momentum", 0.5}, {"centered", true}}));
    for (const char* type : {"amsgrad", "adamax", "nadam", "radam"})
        compare(type, with(type, {{"learning_rate", 0.01}}));
    compare("lion", with("lion", {{"learning_rate", 0.01}, {"weight_decay", 0.05}}));
}

TEST_CASE("clipping, factors on the rate, norms and penalties on biases are PyTorch's") {
    const Json momentum{{"type", "momentum"}, {"parameters", {{"learning_rate", 0.05}}}};
    Json project = projectFor(momentum);
    project["training"]["clip"] = {{"type", "norm"}, {"limit", 0.3}};
    compareProject("clip_norm", project);
    project["training"]["clip"] = {{"type", "value"}, {"limit", 0.02}};
    compareProject("clip_value", project);

    project = projectFor({{"type", "adam"}, {"parameters", {{"learning_rate", 0.01}}}});
    Json& nodes = project["network"]["nodes"];
    nodes[1]["learning_rate_factor"] = 0.1;
    nodes[2]["learning_rate_factor"] = 0;
    nodes[3]["learning_rate_factor"] = 2;
    compareProject("groups", project);

    project = projectFor(momentum);
    for (const int node : {1, 2})
        project["network"]["nodes"][node]["parameters"]["regularizer"] = {{"type", "max_norm"},
                                                                          {"parameters", {{"limit", 0.6}}}};
    compareProject("max_norm", project);

    project = projectFor(momentum);
    project["network"]["nodes"][1]["bias_regularizer"] = {{"type", "l2"}, {"parameters", {{"rate", 0.1}}}};
    project["network"]["nodes"][3]["bias_regularizer"] = {{"type", "l1"}, {"parameters", {{"rate", 0.05}}}};
    compareProject("bias_penalty", project);
}
