// Twenty steps from the same first weights end where PyTorch's do (tests/golden/training.py).
#include <doctest/doctest.h>

#include <cmath>

#include "engine/exchange/Safetensors.h"
#include "tests/app/Projects.h"

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

double distance(const tensor::NamedTensor& ours, const Json& theirs) {
    double difference = 0, size = 0;
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        const double b = theirs[i].get<double>();
        difference += std::pow(ours.values.get(static_cast<std::int64_t>(i)) - b, 2);
        size += b * b;
    }
    return std::sqrt(difference) / std::max(std::sqrt(size), 1e-6);
}

void compare(const std::string& id, const Json& optimizer) {
    CAPTURE(id);
    const support::Folder folder;
    const std::string model = folder / "m.perceptory-model", weights = folder / "w.safetensors";
    const test::Outcome outcome = test::run({"train", test::put(folder, projectFor(optimizer)), "--steps", "20",
                                             "--initial", golden + "training.safetensors", "--model", model});
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    REQUIRE(test::run({"export", model, "--format", "safetensors", "--output", weights}).code == 0);
    const Json expected = base::parseJson(support::contentOf(golden + "training.json"), "training.json")[id];
    const tensor::NamedTensors tensors = exchange::readSafetensors(weights);
    REQUIRE(tensors.size() == expected.size());
    for (const tensor::NamedTensor& tensor : tensors) {
        CAPTURE(tensor.name);
        REQUIRE(static_cast<std::size_t>(tensor.values.size()) == expected[tensor.name].size());
        CHECK(distance(tensor, expected[tensor.name]) <= 1e-4);
    }
}

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
}
