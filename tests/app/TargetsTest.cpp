// Targets that are no single class: answers of yes or no, shares, masks with a channel. What is told of them, and of
// several choices of one metric.
#include <doctest/doctest.h>

#include "tests/app/Projects.h"
#include "tests/support/Npy.h"

using namespace perceptory;
using base::Json;

namespace {

// Six rows of three numbers and a dense layer of two units.
Json rowsProject(const support::Folder& folder, const std::string& loss) {
    std::vector<float> x;
    for (int i = 0; i < 18; ++i) x.push_back(static_cast<float>((i * 7) % 5) - 2);
    support::writeContent(folder / "x.npy", support::npyOf("<f4", {6, 3}, x));
    return {{"format", "perceptory-project"},
            {"format_version", 1},
            {"data",
             {{"source", "file"},
              {"reader", "npy"},
              {"inputs", {{"x", "x.npy"}}},
              {"targets", {{"y", "y.npy"}}},
              {"split", {{"mode", "ordered"}, {"train", 1}, {"test", 0}}}}},
            {"network",
             {{"nodes",
               {{{"id", "in"}, {"type", "input"}},
                {{"id", "out"}, {"type", "dense"}, {"inputs", {"in"}}, {"parameters", {{"units", 2}}}}}}}},
            {"training", {{"loss", loss}, {"optimizer", "sgd"}, {"batch_size", 3}, {"epochs", 1}}}};
}

void writeLabels(const support::Folder& folder, const std::vector<float>& labels) {
    support::writeContent(folder / "y.npy", support::npyOf("<f4", {6, 2}, labels));
}

std::string problemsOf(const support::Folder& folder, const Json& project) {
    std::string all;
    const Json told = test::run({"check", test::put(folder, project), "--json"}).json();
    for (const Json& problem : told["problems"])
        all += problem["node"].get<std::string>() + ": " + problem["sentence"].get<std::string>() + " " +
               problem["fix"].get<std::string>() + "\n";
    return all;
}

}  // namespace

TEST_CASE("answers of yes or no are told with the metrics of labels, and nothing that misleads") {
    const support::Folder folder;
    Json project = rowsProject(folder, "sigmoid_cross_entropy");
    writeLabels(folder, {0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1});
    CHECK(problemsOf(folder, project) == "");
    const Json measures =
        test::run({"evaluate", test::trained(folder, project, 1), "--split", "train", "--json"}).json();
    for (const char* id : {"accuracy", "precision", "recall", "f1", "roc_auc", "log_loss", "iou", "dice"})
        CHECK(measures["metrics"].contains(id));
    for (const char* id : {"r2", "mean_absolute_error", "top_k"}) CHECK(!measures["metrics"].contains(id));
    CHECK(measures["classes"].is_null());
}

TEST_CASE("targets outside of what a loss reads are named with their row and value") {
    const support::Folder folder;
    writeLabels(folder, {0, 1, 1, 1, 0, 2.5f, 1, 0, 1, 1, 0, 1});
    CHECK(problemsOf(folder, rowsProject(folder, "sigmoid_cross_entropy")) ==
          "training.loss: The loss sigmoid_cross_entropy takes targets from 0 to 1, but row 3 has 2.5. Use "
          "mean_squared_error, or bring the targets into this range.\n"
          "training.loss: Of targets that are shares only the loss is told, no metrics. Use classes, or targets that "
          "are all yes or no, if you need metrics.\n");
    CHECK(problemsOf(folder, rowsProject(folder, "hinge")).find("takes targets from −1 to 1, but row 3 has 2.5.") !=
          std::string::npos);
    writeLabels(folder, {-1, 1, 1, 1, -1, -1, 1, -1, 1, 1, -1, 1});
    CHECK(problemsOf(folder, rowsProject(folder, "squared_hinge")) == "");
}

TEST_CASE("whole numbers for each row can be answers, and the problem says how") {
    const support::Folder folder;
    Json project = rowsProject(folder, "sigmoid_cross_entropy");
    const std::vector<std::int64_t> labels{0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1};
    support::writeContent(folder / "y.npy", support::npyOf("<i8", {6, 2}, labels));
    CHECK(problemsOf(folder, project) ==
          "out: The data has 2 classes for each row, but the last layer puts out one row of 2. For answers of 0 and 1 "
          "write \"task\": \"regression\" in \"data\" and use sigmoid_cross_entropy.\n");
    project["data"]["task"] = "regression";
    CHECK(problemsOf(folder, project) == "");
}

TEST_CASE("classes of pixels may come with a channel") {
    const support::Folder folder;
    Json project = rowsProject(folder, "softmax_cross_entropy");
    std::vector<float> pixels(6 * 12);
    std::vector<std::int64_t> masks(6 * 12);
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        pixels[i] = static_cast<float>(i % 7) - 3;
        masks[i] = i % 7 > 3;
    }
    support::writeContent(folder / "x.npy", support::npyOf("<f4", {6, 1, 3, 4}, pixels));
    project["network"]["nodes"][1] = {
        {"id", "out"}, {"type", "conv2d"}, {"inputs", {"in"}}, {"parameters", {{"filters", 2}, {"kernel_size", 1}}}};
    std::vector<std::string> sums;
    for (const std::vector<std::int64_t>& shape : {std::vector<std::int64_t>{6, 3, 4}, {6, 1, 3, 4}}) {
        support::writeContent(folder / "y.npy", support::npyOf("<i8", shape, masks));
        CHECK(problemsOf(folder, project) == "");
        const test::Outcome trained = test::run({"train", test::put(folder, project), "--json"});
        REQUIRE_MESSAGE(trained.code == 0, trained.err);
        sums.push_back(trained.lines().back()["weights_sha256"].get<std::string>());
    }
    CHECK(sums[0] == sums[1]);
}

TEST_CASE("several choices of one metric have keys and columns of their own") {
    const support::Folder folder;
    Json project = test::irisProject();
    Json metrics = Json::array({"accuracy"});
    for (const char* average : {"macro", "micro"})
        metrics.push_back({{"type", "f1"}, {"parameters", {{"average", average}}}});
    metrics.push_back({{"type", "f1"}, {"parameters", {{"average", "class"}, {"of_class", 1}}}});
    metrics.push_back({{"type", "recall"}, {"parameters", {{"average", "micro"}}}});
    project["training"]["metrics"] = metrics;
    const std::string history = folder / "h.csv";
    const test::Outcome outcome =
        test::run({"train", test::put(folder, project), "--epochs", "1", "--history", history, "--json"});
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    const Json told = outcome.lines().front()["metrics"];
    CHECK(told.size() == 5);
    for (const char* key : {"accuracy", "f1_macro", "f1_micro", "f1_versicolor", "recall"}) CHECK(told.contains(key));
    CHECK(support::contentOf(history).starts_with(
        "epoch,step,loss,penalty,accuracy,f1_macro,f1_micro,f1_versicolor,recall,validation_loss,"));
}
