#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <algorithm>

#include <csignal>
#include <filesystem>
#include <thread>

#include "tests/app/Projects.h"

using namespace perceptory;
using test::Outcome;

namespace {

std::string shaOf(const std::vector<std::string>& arguments) {
    const Outcome outcome = test::run(arguments);
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    return outcome.lines().back()["weights_sha256"].get<std::string>();
}

}  // namespace

TEST_CASE("iris from a CSV file is learned to 95 % of the test part, and a new file is predicted") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::irisProject(), 60);
    const Outcome evaluated = test::run({"evaluate", model, "--json"});
    REQUIRE_MESSAGE(evaluated.code == 0, evaluated.err);
    CHECK(evaluated.json()["split"] == "test");
    CHECK(evaluated.json()["metrics"]["accuracy"].get<double>() >= 0.95);

    support::writeContent(folder / "new.csv",
                          "sepal_length_cm,sepal_width_cm,petal_length_cm,petal_width_cm\n"
                          "5.1,3.5,1.4,0.2\n6.5,3.0,5.8,2.2\n");
    const std::string header = support::contentOf(folder / "iris.csv");
    support::writeContent(folder / "new.csv",
                          header.substr(0, header.find('\n')) + "\n5.1,3.5,1.4,0.2,?\n6.5,3.0,5.8,2.2,?\n");
    const Outcome predicted = test::run({"predict", model, "--input", folder / "new.csv"});
    REQUIRE_MESSAGE(predicted.code == 0, predicted.err);
    CHECK(predicted.out.starts_with("output_0,output_1,output_2,p_setosa,p_versicolor,p_virginica,label\n"));
    CHECK(predicted.out.find(",setosa\n") != std::string::npos);
    CHECK(predicted.out.find(",virginica\n") != std::string::npos);
}

TEST_CASE("each epoch is a JSON object, and the last line says how it ended") {
    const support::Folder folder;
    const Outcome outcome = test::run({"train", test::put(folder, test::irisProject()), "--json", "--epochs", "2"});
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    const auto lines = outcome.lines();
    REQUIRE(lines.size() == 3);
    CHECK(lines[0]["epoch"] == 1);
    CHECK(lines[1]["epoch"] == 2);
    CHECK(lines[1]["step"] == 2 * lines[0]["step"].get<int>());
    for (const char* key : {"loss", "penalty", "learning_rate", "samples_per_s", "seconds"})
        CHECK(lines[1][key].is_number());
    CHECK(lines[1]["metrics"]["accuracy"].is_number());
    CHECK(lines[1]["validation"]["loss"].is_number());
    CHECK(lines[1]["test"]["metrics"]["accuracy"].is_number());
    CHECK(!lines[1].contains("partial"));
    CHECK(lines[2]["done"] == true);
    CHECK(lines[2]["reason"] == "epochs");
    CHECK(lines[2]["weights_sha256"].get<std::string>().size() == 64);
}

TEST_CASE("a part without rows is null") {
    const support::Folder folder;
    const Outcome outcome = test::run({"train", test::put(folder, test::circleProject()), "--json", "--epochs", "1"});
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    CHECK(outcome.lines()[0]["validation"].is_null());
    CHECK(outcome.lines()[0]["test"].is_object());
}

TEST_CASE("the history has the columns of the contract and a row per epoch") {
    const support::Folder folder;
    const std::string history = folder / "h.csv";
    const Outcome outcome =
        test::run({"train", test::put(folder, test::irisProject()), "--history", history, "--epochs", "3"},
                  {"LC_ALL=de_DE.UTF-8", "LANG=de_DE.UTF-8"});
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    const std::string text = support::contentOf(history);
    CHECK(
        text.starts_with("epoch,step,loss,penalty,accuracy,validation_loss,validation_accuracy,test_loss,test_accuracy,"
                         "learning_rate,seconds\n1,7,"));
    CHECK(std::ranges::count(text, '\n') == 4);
    CHECK(std::ranges::count(text, ',') == 4 * 10);
}

TEST_CASE("--steps ends after exactly so many updates and lifts the limit of epochs") {
    const support::Folder folder;
    const std::string project = test::put(folder, test::circleProject());  // 4 updates an epoch, 3 epochs
    const auto lines = test::run({"train", project, "--json", "--steps", "18"}).lines();
    REQUIRE(lines.size() == 6);
    CHECK(lines[4]["epoch"] == 5);
    CHECK(lines[4]["step"] == 18);
    CHECK(lines[4]["partial"] == true);
    CHECK(lines[5]["reason"] == "steps");
    CHECK(lines[5]["epoch"] == lines[4]["epoch"]);
    CHECK(test::run({"train", project, "--steps", "18"}).out.find("epochs: 5 (the last not whole)") !=
          std::string::npos);
    CHECK(test::run({"train", project, "--json", "--steps", "18", "--epochs", "2"}).lines().back()["reason"] ==
          "epochs");
    CHECK(test::run({"train", project, "--json", "--steps", "5", "--epochs", "2"}).lines().back()["step"] == 5);
}

TEST_CASE("a stopping rule ends the run, says which and why, and a failure is told by the exit code") {
    const support::Folder folder;
    base::Json project = test::circleProject();
    project["training"]["epochs"] = 50;
    project["training"]["stopping"] = {
        {{"type", "target_reached"}, {"parameters", {{"monitor", "loss"}, {"target", 1000}}}}};
    const Outcome reached = test::run({"train", test::put(folder, project), "--json"});
    CHECK(reached.code == 0);
    CHECK(reached.lines().size() == 2);
    CHECK(reached.lines().back()["reason"] == "stopping");
    CHECK(reached.lines().back()["rule"] == "target_reached");
    CHECK(reached.err.find("The target is reached: loss is ") != std::string::npos);

    project["training"]["stopping"] = {{{"type", "loss_multiple"}, {"parameters", {{"multiple", 1}}}},
                                       {{"type", "step_limit"}, {"parameters", {{"steps", 400}}}}};
    project["training"]["optimizer"] = {{"type", "sgd"}, {"parameters", {{"learning_rate", 3}}}};
    const Outcome failed = test::run({"train", test::put(folder, project), "--json"});
    CHECK(failed.lines().back()["rule"] == "loss_multiple");
    CHECK(failed.code == 3);

    const Outcome listed = test::run({"describe", "stopping", "--json"});
    CHECK(listed.json().size() == 5);
}

TEST_CASE("the loss of an epoch is the mean over its samples, the short last batch counting less") {
    const support::Folder folder;
    base::Json project = test::circleProject();
    project["training"]["optimizer"]["parameters"]["learning_rate"] = 1e-30;  // weights stay as they are
    const std::string path = test::put(folder, project);
    const std::string model = folder / "m.perceptory-model";
    const auto lines = test::run({"train", path, "--json", "--epochs", "1", "--model", model}).lines();
    const base::Json evaluated = test::run({"evaluate", model, "--split", "train", "--json"}).json();
    CHECK(lines[0]["loss"].get<double>() == doctest::Approx(evaluated["loss"].get<double>()).epsilon(1e-5));
}

TEST_CASE("equal seeds give equal bits on any number of threads; other seeds do not") {
    const support::Folder folder;
    const std::string project = test::put(folder, test::irisProject());
    const std::string once = shaOf({"train", project, "--json", "--epochs", "3", "--threads", "1"});
    CHECK(shaOf({"train", project, "--json", "--epochs", "3", "--threads", "2"}) == once);
    CHECK(shaOf({"train", project, "--json", "--epochs", "3", "--kernels", "parity", "--threads", "1"}) ==
          shaOf({"train", project, "--json", "--epochs", "3", "--kernels", "parity", "--threads", "2"}));
    CHECK(shaOf({"train", project, "--json", "--epochs", "3", "--seed", "8"}) != once);
    CHECK(shaOf({"train", project, "--json", "--epochs", "3", "--seed", "7"}) == once);
}

TEST_CASE("--set replaces one value of the project") {
    const support::Folder folder;
    const std::string project = test::put(folder, test::circleProject());
    const std::string model = folder / "m.perceptory-model";
    const Outcome outcome = test::run({"train", project, "--json", "--model", model, "--set", "training.batch_size=30",
                                       "--set", "network.nodes.h1.parameters.units=7", "--epochs", "1"});
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    CHECK(outcome.lines()[0]["step"] == 1);
    const auto checked = test::run({"check", model, "--json"}).json();
    CHECK(checked["nodes"][1]["output"] == base::Json({1, 1, 7}));
}

TEST_CASE("Ctrl-C ends the run after the batch, with the model written and exit code 0") {
    const support::Folder folder;
    const std::string model = folder / "m.perceptory-model";
    test::CliProcess process(
        {"train", test::put(folder, test::circleProject()), "--json", "--epochs", "1000000000", "--model", model});
    while (process.outputSoFar().find('\n') == std::string::npos) std::this_thread::yield();
    process.signal(SIGINT);
    const Outcome outcome = process.finish();
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    CHECK(outcome.lines().back()["reason"] == "interrupted");
    CHECK(test::run({"evaluate", model, "--json"}).code == 0);
}

TEST_CASE("a run whose numbers overflow ends with exit code 3, place and cause, and keeps the last sound weights") {
    const support::Folder folder;
    base::Json project = test::planeProject();
    project["training"]["optimizer"] = {{"type", "sgd"}, {"parameters", {{"learning_rate", 10}}}};
    const std::string model = folder / "m.perceptory-model";
    const Outcome outcome =
        test::run({"train", test::put(folder, project), "--json", "--epochs", "1000", "--model", model});
    CHECK(outcome.code == 3);
    CHECK(outcome.lines().back()["reason"] == "diverged");
    CHECK(outcome.says("\"loss\" became too large"));
    CHECK(outcome.says("step "));
    CHECK(test::run({"evaluate", model, "--json"}).code == 0);
}

TEST_CASE("the model's paths lead to the same data from another folder") {
    const support::Folder folder, other;
    const std::string model = other / "m.perceptory-model";
    const Outcome outcome =
        test::run({"train", test::put(folder, test::irisProject()), "--epochs", "1", "--model", model});
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    CHECK(test::run({"evaluate", model}).code == 0);
}

TEST_CASE("a network that reads where maxima lay, as numbers, trains what is behind them") {
    const support::Folder folder;
    base::Json project = base::Json::parse(R"({"format": "perceptory-project", "format_version": 1,
        "data": {"source": "dataset", "id": "digits"},
        "network": {"nodes": [
          {"id": "in", "type": "input", "shape": [8, 8, 1]},
          {"id": "conv1", "type": "conv2d", "inputs": ["in"], "parameters": {"filters": 4, "padding": "same"}},
          {"id": "pool", "type": "max_pool", "inputs": ["conv1"]},
          {"id": "places", "type": "flatten", "inputs": ["pool:indices"]},
          {"id": "out", "type": "dense", "inputs": ["places"], "parameters": {"units": 10}}]},
        "training": {"loss": "softmax_cross_entropy", "optimizer": "sgd", "seed": "1"}})");
    const Outcome outcome = test::run({"train", test::put(folder, project), "--steps", "3", "--model", folder / "m"});
    CHECK_MESSAGE(outcome.code == 0, outcome.err);
}
