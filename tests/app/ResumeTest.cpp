#include <doctest/doctest.h>

#include <algorithm>

#include "tests/app/Projects.h"

using namespace perceptory;
using test::Outcome;

namespace {

// Trained at once, and in two parts with a checkpoint after `first` steps: the same weights, the same last epoch.
void compare(const base::Json& project, int first, int all, const std::vector<std::string>& more = {}) {
    const support::Folder folder;
    const std::string path = test::put(folder, project), half = folder / "half.perceptory-model";
    const auto train = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"train", path, "--json"});
        arguments.insert(arguments.end(), more.begin(), more.end());
        const Outcome outcome = test::run(arguments);
        REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
        return outcome.lines();
    };
    const auto whole = train({"--steps", std::to_string(all)});
    train({"--steps", std::to_string(first), "--model", half});
    const auto rest = train({"--steps", std::to_string(all), "--resume", half});
    CHECK(rest.back()["weights_sha256"] == whole.back()["weights_sha256"]);
    CHECK(rest.back()["step"] == all);
    CHECK(rest[rest.size() - 2]["loss"] == whole[whole.size() - 2]["loss"]);
    CHECK(rest[rest.size() - 2]["epoch"] == whole[whole.size() - 2]["epoch"]);
}

}  // namespace

TEST_CASE("a resumed run ends in the bits of one that was never stopped") {
    SUBCASE("between two epochs") { compare(test::circleProject(), 8, 22); }
    SUBCASE("inside an epoch") { compare(test::circleProject(), 6, 23); }
    SUBCASE("inside the epoch that ends it") { compare(test::circleProject(), 6, 8); }
    SUBCASE("with an optimizer that remembers") { compare(test::irisProject(), 10, 33); }
    SUBCASE("with the general kernels") { compare(test::irisProject(), 10, 33, {"--kernels", "parity"}); }
    SUBCASE("with dropout, whose chance goes by the step") {
        base::Json project = test::irisProject();
        project["network"]["nodes"][2]["inputs"] = {"drop"};
        project["network"]["nodes"].insert(
            project["network"]["nodes"].begin() + 2,
            base::Json{{"id", "drop"}, {"type", "dropout"}, {"inputs", {"h1"}}, {"parameters", {{"rate", 0.3}}}});
        compare(project, 10, 33);
    }
    SUBCASE("with a solver that learns the curvature") {
        for (const bool search : {false, true}) {
            base::Json project = test::circleProject();
            project["training"]["batch_size"] = 30;
            project["training"]["optimizer"] = {
                {"type", "lbfgs"}, {"parameters", {{"iterations", 4}, {"history", 6}, {"line_search", search}}}};
            compare(project, 3, 7);
        }
    }
    SUBCASE("with a momentum that moves") {
        base::Json project = test::circleProject();
        project["training"]["optimizer"] = "adam";
        project["training"]["schedule"] = {{"type", "one_cycle"}, {"per", "step"}, {"parameters", {{"length", 23}}}};
        compare(project, 6, 23);
    }
    SUBCASE("with weights of the classes and a penalty on activities") {
        base::Json project = test::irisProject();
        project["training"]["class_weights"] = "balanced";
        project["network"]["nodes"][1]["activity_regularizer"] = "l1";
        compare(project, 10, 33);
    }
    SUBCASE("with a schedule per step") {
        base::Json project = test::circleProject();
        project["training"]["schedule"] = {{"type", "exponential"}, {"per", "step"}};
        compare(project, 6, 23);
    }
}

TEST_CASE("with --resume epochs count from the start of the run") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::circleProject(), 2);
    const auto lines =
        test::run({"train", folder / "p.perceptory", "--json", "--resume", model, "--epochs", "3"}).lines();
    REQUIRE(lines.size() == 2);
    CHECK(lines[0]["epoch"] == 3);
    CHECK(lines[0]["step"] == 12);
}

TEST_CASE("a run that is past its limits already says so") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::circleProject(), 2), project = folder / "p.perceptory";
    const Outcome epochs = test::run({"train", project, "--resume", model, "--epochs", "2"});
    CHECK(epochs.code == 0);
    CHECK(epochs.says("this run has come to epoch 2 and step 8, so the epoch limit of 2 leaves nothing to do"));
    CHECK(test::run({"train", project, "--resume", model, "--steps", "5"}).says("so --steps 5 leaves nothing to do"));
    CHECK(!test::run({"train", project, "--resume", model, "--steps", "9"}).says("nothing to do"));
}

TEST_CASE("a run cannot go on from another network or optimizer, and says so") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::circleProject(), 1);
    const std::string project = folder / "p.perceptory";
    const Outcome network =
        test::run({"train", project, "--resume", model, "--set", "network.nodes.h1.parameters.units=5"});
    CHECK(network.code == 1);
    CHECK(network.says("h1.weight"));
    const Outcome optimizer = test::run({"train", project, "--resume", model, "--set", "training.optimizer=adam"});
    CHECK(optimizer.code == 1);
    CHECK(optimizer.says("sgd"));
}

namespace {

// Shapes of 24 x 24 pixels made smaller; `head` makes a list of values of the feature maps.
base::Json shapesProject(const char* head) {
    const auto node = [](const char* id, const char* type, const char* from, const base::Json& parameters) {
        return base::Json{{"id", id}, {"type", type}, {"inputs", {from}}, {"parameters", parameters}};
    };
    base::Json project = test::circleProject();
    project["data"] = {{"source", "generator"},
                       {"id", "shapes"},
                       {"parameters", {{"samples", 80}, {"size", 24}}},
                       {"preprocessing", {{{"type", "resize"}, {"parameters", {{"height", 12}, {"width", 12}}}}}}};
    project["network"]["nodes"] = {{{"id", "in"}, {"type", "input"}},
                                   node("conv", "conv2d", "in", {{"filters", 4}, {"activation", "relu"}}),
                                   node("head", head, "conv", base::Json::object()),
                                   node("out", "dense", "head", {{"units", 4}})};
    project["training"]["loss"] = "softmax_cross_entropy";
    return project;
}

}  // namespace

TEST_CASE("a run on small images goes on with larger ones, where the network fits any size") {
    const std::vector<std::string> larger{"--set", "data.preprocessing.0.parameters.height=24", "--set",
                                          "data.preprocessing.0.parameters.width=24"};
    for (const char* head : {"global_average_pool", "flatten"}) {
        CAPTURE(head);
        const support::Folder folder;
        const std::string project = test::put(folder, shapesProject(head)), model = folder / "m.perceptory-model";
        const Outcome small = test::run({"train", project, "--steps", "9", "--model", model, "--json"});
        REQUIRE_MESSAGE(small.code == 0, small.err);
        const auto resumed = [&](const char* steps) {
            std::vector<std::string> arguments{"train", project, "--resume", model, "--json", "--steps", steps};
            arguments.insert(arguments.end(), larger.begin(), larger.end());
            return test::run(arguments);
        };
        if (std::string(head) == "flatten") {
            CHECK(resumed("9").code == 1);
            CHECK(resumed("9").says("out.weight"));
            continue;
        }
        CHECK(resumed("9").lines().back()["weights_sha256"] == small.lines().back()["weights_sha256"]);
        const auto lines = resumed("20").lines();
        CHECK(lines.back()["step"] == 20);
        CHECK(lines.back()["weights_sha256"] != small.lines().back()["weights_sha256"]);
    }
}

TEST_CASE("a resumed history goes on in the same file") {
    const support::Folder folder;
    const std::string project = test::put(folder, test::circleProject()), model = folder / "m.perceptory-model";
    const std::string history = folder / "h.csv";
    REQUIRE(test::run({"train", project, "--epochs", "2", "--model", model, "--history", history}).code == 0);
    REQUIRE(test::run({"train", project, "--epochs", "3", "--resume", model, "--history", history}).code == 0);
    const std::string text = support::contentOf(history);
    CHECK(std::ranges::count(text, '\n') == 4);
    CHECK(text.find("\n3,12,") != std::string::npos);
}
