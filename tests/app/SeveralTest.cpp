// Several inputs, outputs and losses, weights of classes, classes of pixels and steps, penalties on activities, cycles
// of the momentum: twenty steps through the program end where PyTorch's do (tests/golden/several.py), and the program
// tells the same losses of them.
#include <doctest/doctest.h>

#include <cmath>

#include "engine/exchange/Safetensors.h"
#include "tests/app/Projects.h"
#include "tests/support/Npy.h"

using namespace perceptory;
using base::Json;

namespace {

Json golden() {
    return base::parseJson(support::contentOf(PERCEPTORY_SOURCE_DIR "/tests/golden/several.json"), "several.json");
}

void writeArray(const std::string& path, const Json& array) {
    const auto shape = array["shape"].get<std::vector<std::int64_t>>();
    support::writeContent(path, array["whole"].get<bool>()
                                    ? support::npyOf("<i8", shape, array["values"].get<std::vector<std::int64_t>>())
                                    : support::npyOf("<f4", shape, array["values"].get<std::vector<float>>()));
}

// The arrays as files in the folder, by name.
Json writeArrays(const support::Folder& folder, const Json& arrays) {
    Json names;
    for (const auto& [name, array] : arrays.items()) {
        writeArray(folder / (name + ".npy"), array);
        names[name] = name + ".npy";
    }
    return names;
}

void writeWeights(const std::string& path, const Json& weights) {
    tensor::NamedTensors tensors;
    for (const auto& [name, array] : weights.items()) {
        const auto values = array["values"].get<std::vector<double>>();
        tensor::Buffer buffer(std::ssize(values));
        for (std::size_t i = 0; i < values.size(); ++i) buffer.set(static_cast<std::int64_t>(i), values[i]);
        tensors.push_back({name, array["shape"].get<tensor::Shape>(), std::move(buffer)});
    }
    exchange::writeSafetensors(tensors, path);
}

Json projectOf(const support::Folder& folder, const Json& made) {
    Json training = made["training"];
    training["batch_size"] = 16;
    training["shuffle"] = false;
    training["metrics"] = {"accuracy", "mean_absolute_error"};
    return {{"format", "perceptory-project"},
            {"format_version", 1},
            {"data",
             {{"source", "file"},
              {"reader", "npy"},
              {"inputs", writeArrays(folder, made["inputs"])},
              {"targets", writeArrays(folder, made["targets"])},
              {"split", {{"mode", "ordered"}, {"train", 1}, {"test", 0}}}}},
            {"network", {{"nodes", made["nodes"]}}},
            {"training", training}};
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

// Trains the case for twenty steps in the folder; returns the model's path.
std::string trainedAs(const support::Folder& folder, const Json& made) {
    const std::string model = folder / "m.perceptory-model", first = folder / "first.safetensors";
    writeWeights(first, made["first"]);
    const test::Outcome outcome = test::run({"train", test::put(folder, projectOf(folder, made)), "--steps", "20",
                                             "--initial", first, "--model", model, "--json"});
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    return model;
}

}  // namespace

TEST_CASE("twenty steps with several inputs, outputs and losses end where PyTorch's do") {
    const Json all = golden();
    for (const auto& [name, made] : all.items()) {
        CAPTURE(name);
        const support::Folder folder;
        const std::string model = trainedAs(folder, made), last = folder / "last.safetensors";
        REQUIRE(test::run({"export", model, "--format", "safetensors", "--output", last}).code == 0);
        for (const tensor::NamedTensor& tensor : exchange::readSafetensors(last)) {
            CAPTURE(tensor.name);
            REQUIRE(static_cast<std::size_t>(tensor.values.size()) == made["last"][tensor.name].size());
            CHECK(distance(tensor, made["last"][tensor.name]) <= 1e-4);
        }
        const test::Outcome told = test::run({"evaluate", model, "--split", "train", "--json"});
        REQUIRE_MESSAGE(told.code == 0, told.err);
        const Json measures = told.json();
        CHECK(measures["loss"].get<double>() == doctest::Approx(made["loss"].get<double>()).epsilon(1e-4));
        CHECK(measures["penalty"].get<double>() == doctest::Approx(made["penalty"].get<double>()).epsilon(1e-4));
        const Json& metrics = made["losses"].size() > 1 ? measures["outputs"]["cls"]["metrics"] : measures["metrics"];
        CHECK(metrics.contains("accuracy") == !made["right"].is_null());
        if (made["right"].is_null()) continue;
        CHECK(metrics["accuracy"].get<double>() == doctest::Approx(made["right"].get<double>()).epsilon(1e-6));
    }
}

TEST_CASE("each output is told by itself, and the sum over them") {
    const support::Folder folder;
    const Json made = golden()["several"];
    const std::string model = trainedAs(folder, made);
    const Json measures = test::run({"evaluate", model, "--split", "train", "--json"}).json();
    const Json& outputs = measures["outputs"];
    REQUIRE(outputs.size() == 3);
    const char* names[] = {"cls", "value.where.mean_squared_error", "value.where.mean_absolute_error"};
    for (std::size_t i = 0; i < 3; ++i) {
        CAPTURE(std::string(names[i]));
        CHECK(outputs[names[i]]["loss"].get<double>() ==
              doctest::Approx(made["losses"][i].get<double>()).epsilon(1e-4));
        CHECK(measures["metrics"][std::string(names[i]) + ".loss"] == outputs[names[i]]["loss"]);
    }
    CHECK(outputs["cls"]["classes"] == Json({"0", "1", "2"}));
    CHECK(outputs[names[1]]["classes"].is_null());
    CHECK(outputs[names[1]]["metrics"]["mean_absolute_error"].get<double>() ==
          doctest::Approx(made["losses"][2].get<double>()).epsilon(1e-4));
    const test::Outcome text = test::run({"evaluate", model});
    CHECK(text.out.find("cls.accuracy: ") != std::string::npos);
    CHECK(text.out.find("confusion of cls") != std::string::npos);
}

TEST_CASE("train tells each output's measures, and rules can watch them") {
    const support::Folder folder;
    Json project = projectOf(folder, golden()["several"]);
    project["data"]["split"] = {{"mode", "random"}, {"train", 0.7}, {"test", 0.3}};
    project["training"]["stopping"] = {
        {{"type", "target_reached"}, {"parameters", {{"monitor", "cls.accuracy"}, {"target", 0.01}}}}};
    const std::string history = folder / "h.csv";
    const test::Outcome outcome =
        test::run({"train", test::put(folder, project), "--epochs", "3", "--history", history, "--json"});
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    const Json line = outcome.lines().front();
    CHECK(line["metrics"].contains("cls.accuracy"));
    CHECK(line["test"]["metrics"].contains("value.where.mean_squared_error.loss"));
    CHECK(outcome.lines().back()["reason"] == "stopping");
    CHECK(support::contentOf(history).starts_with("epoch,step,loss,penalty,cls.loss,cls.accuracy,value.where."));
}

TEST_CASE("predict takes a file for each input and answers for each output") {
    const support::Folder folder;
    const Json made = golden()["several"];
    const std::string model = trainedAs(folder, made);
    const std::string x = "x=" + (folder / "x.npy"), user = "user=" + (folder / "user.npy");
    const test::Outcome csv = test::run({"predict", model, "--input", x, "--input", user});
    REQUIRE_MESSAGE(csv.code == 0, csv.err);
    CHECK(
        csv.out.starts_with("cls.output_0,cls.output_1,cls.output_2,cls.p_0,cls.p_1,cls.p_2,cls.label,"
                            "value.output_0,value.output_1\n"));
    CHECK(std::count(csv.out.begin(), csv.out.end(), '\n') == 57);
    REQUIRE(test::run({"predict", model, "--input", x, "--input", user, "--output", folder / "p.npy"}).code == 0);
    CHECK(support::contentOf(folder / "p.cls.npy").find("'shape': (56, 3)") != std::string::npos);
    CHECK(support::contentOf(folder / "p.value.npy").find("'shape': (56, 2)") != std::string::npos);

    const test::Outcome lacking = test::run({"predict", model, "--input", x});
    CHECK(lacking.code == 1);
    CHECK(lacking.says("\"user\" of the shape 1"));

    const test::Outcome other =
        test::run({"evaluate", model, "--json", "--data", x, "--data", user, "--data", "kind=" + (folder / "kind.npy"),
                   "--data", "where=" + (folder / "where.npy")});
    REQUIRE_MESSAGE(other.code == 0, other.err);
    CHECK(other.json()["loss"].get<double>() == doctest::Approx(made["loss"].get<double>()).epsilon(1e-4));
}

TEST_CASE("pixels are predicted as images, and a class that is ignored has no output") {
    const support::Folder folder;
    const Json made = golden()["weighted_pixels"];
    const std::string model = trainedAs(folder, made);
    const Json measures = test::run({"evaluate", model, "--json"}).json();
    CHECK(measures["classes"] == Json({"0", "1", "2"}));
    std::int64_t counted = 0, pixels = 0;
    for (const Json& row : measures["confusion"])
        for (const Json& count : row) counted += count.get<std::int64_t>();
    for (const Json& label : made["targets"]["y"]["values"]) pixels += label != 255;
    CHECK(counted == pixels);
    REQUIRE(test::run({"predict", model, "--input", folder / "x.npy", "--output", folder / "p.npy"}).code == 0);
    CHECK(support::contentOf(folder / "p.npy").find("'shape': (20, 3, 5, 6)") != std::string::npos);
    const test::Outcome csv = test::run({"predict", model, "--input", folder / "x.npy"});
    CHECK(csv.out.find(",output_89,label_0,") != std::string::npos);
}

TEST_CASE("check names what does not belong together") {
    const support::Folder folder;
    const Json sound = projectOf(folder, golden()["several"]);
    const auto problems = [&](const Json& project) {
        std::string all;
        const Json told = test::run({"check", test::put(folder, project), "--json"}).json();
        for (const Json& problem : told["problems"])
            all += problem["node"].get<std::string>() + ": " + problem["sentence"].get<std::string>() + " " +
                   problem["fix"].get<std::string>() + "\n";
        return all;
    };
    CHECK(problems(sound) == "");
    const struct {
        const char* path;
        Json value;
        const char* said;
    } cases[] = {
        {"/network/nodes/1/field", "users", "who: The data has no field called \"users\". Use one of: x, user."},
        {"/network/nodes/0/shape", {3, 3}, "in: Its shape 3×3 does not hold the 4 values of the data."},
        {"/training/losses/0/output", "clas",
         "training.losses: The output \"clas\" does not exist. Did you mean \"cls\"?"},
        {"/training/losses/0/output", "clas", "cls: No layer reads its output, and no loss trains it."},
        {"/training/losses/0/target", "sort", "training.losses[0].target: The data has no target called \"sort\"."},
        {"/training/losses/0/target", "where",
         "training.losses[0]: The loss softmax_cross_entropy takes targets from 0 to 1, but row 1 has"},
        {"/training/losses/1/type", "softmax_focal", "is for classes, but the data has numbers to predict."},
        {"/training/losses/2/type", "mean_squared_error", "training.losses[2]: This loss is there already."},
        {"/training/losses/1/weight", -1, "training.losses[1].weight: -1 is not possible here."},
        {"/training/losses/1/type", "mean_squared", "training.losses[1]"},
        {"/training/class_weights", {1, 2}, "training.class_weights: There are 2 weights for 3 classes."},
        {"/training/class_weights", "even", "training.class_weights: \"even\" is not possible here."},
        {"/network/nodes/2/activity_regularizer", "max_norm", "h1.activity_regularizer: max_norm limits weights"},
        {"/data/inputs/user", "kind.npy", ""},
        {"/data/inputs/user", "none.npy", "none.npy"},
        {"/data/targets", Json::object(), "data.targets: This must name files."},
    };
    for (const auto& c : cases) {
        CAPTURE(std::string(c.path));
        CAPTURE(c.value.dump());
        Json project = sound;
        project[Json::json_pointer(c.path)] = c.value;
        const std::string told = problems(project);
        CAPTURE(told);
        CHECK(told.find(c.said) != std::string::npos);
    }
}
