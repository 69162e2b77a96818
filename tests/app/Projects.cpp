#include "tests/app/Projects.h"

#include <doctest/doctest.h>

namespace perceptory::test {

using base::Json;

namespace {

Json dense(const std::string& id, const std::string& input, int units, const std::string& activation) {
    return {{"id", id},
            {"type", "dense"},
            {"inputs", {input}},
            {"parameters", {{"units", units}, {"activation", activation}}}};
}

Json projectOf(Json data, Json nodes, Json training) {
    return {{"format", "perceptory-project"},
            {"format_version", 1},
            {"data", std::move(data)},
            {"network", {{"nodes", std::move(nodes)}}},
            {"training", std::move(training)}};
}

const Json input{{"id", "in"}, {"type", "input"}};

}  // namespace

Json circleProject() {
    return projectOf(
        {{"source", "generator"},
         {"id", "circle"},
         {"parameters", {{"samples", 60}, {"noise", 0.1}}},
         {"seed", "1"},
         {"split", {{"mode", "random"}, {"train", 0.5}, {"test", 0.5}}}},
        Json::array({input, dense("h1", "in", 4, "tanh"), dense("h2", "h1", 2, "tanh"), dense("out", "h2", 1, "tanh")}),
        {{"loss", "mean_squared_error"},
         {"optimizer", {{"type", "sgd"}, {"parameters", {{"learning_rate", 0.03}}}}},
         {"batch_size", 8},
         {"epochs", 3},
         {"seed", "42"}});
}

Json irisProject() {
    return projectOf({{"source", "file"},
                      {"reader", "csv"},
                      {"path", "iris.csv"},
                      {"task", "classification"},
                      {"seed", "1"},
                      {"split", {{"mode", "random"}, {"train", 0.7}, {"validation", 0.1}, {"test", 0.2}}},
                      {"preprocessing", {"standardize"}}},
                     Json::array({input, dense("h1", "in", 8, "tanh"), dense("out", "h1", 3, "linear")}),
                     {{"loss", "softmax_cross_entropy"},
                      {"optimizer", {{"type", "adam"}, {"parameters", {{"learning_rate", 0.01}}}}},
                      {"batch_size", 16},
                      {"epochs", 60},
                      {"seed", "7"},
                      {"metrics", {"accuracy"}}});
}

Json planeProject() {
    return projectOf({{"source", "generator"},
                      {"id", "plane"},
                      {"parameters", {{"samples", 100}}},
                      {"split", {{"mode", "random"}, {"train", 0.8}, {"test", 0.2}}}},
                     Json::array({input, dense("out", "in", 1, "linear")}),
                     {{"loss", "mean_squared_error"}, {"optimizer", "sgd"}, {"batch_size", 10}, {"epochs", 5}});
}

std::string put(const support::Folder& folder, const Json& project, const std::string& name) {
    support::writeContent(folder / "iris.csv", support::contentOf(PERCEPTORY_SOURCE_DIR "/datasets/iris/iris.csv"));
    support::writeContent(folder / name, project.dump());
    return folder / name;
}

std::string trained(const support::Folder& folder, const Json& project, int epochs) {
    const std::string model = folder / "p.perceptory-model";
    const Outcome outcome =
        run({"train", put(folder, project), "--model", model, "--quiet", "--epochs", std::to_string(epochs)});
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    return model;
}

}  // namespace perceptory::test
