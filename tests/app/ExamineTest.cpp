// describe, check, evaluate, predict, probe, export, benchmark.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/exchange/Safetensors.h"
#include "tests/app/Projects.h"

using namespace perceptory;
using base::Json;
using test::Outcome;

namespace {

Json jsonOf(const std::vector<std::string>& arguments) {
    const Outcome outcome = test::run(arguments);
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    return outcome.json();
}

}  // namespace

TEST_CASE("describe lists every kind, and parameters with the fields of the contract") {
    for (const char* kind :
         {"layers", "activations", "initializers", "regularizers", "losses", "metrics", "optimizers", "schedules",
          "generators", "readers", "datasets", "preprocessing", "augmentation", "probes", "exporters", "devices"}) {
        CAPTURE(kind);
        const Json all = jsonOf({"describe", kind, "--json"});
        REQUIRE(!all.empty());
        for (const char* field : {"kind", "id", "label", "help", "parameters"}) CHECK(all[0].contains(field));
        CHECK(all[0]["kind"] == kind);
    }
    CHECK(jsonOf({"describe", "importers", "--json"}).empty());
    const Json flips = jsonOf({"describe", "augmentation", "flip", "--json"});
    REQUIRE(flips.size() == 1);
    CHECK(flips[0]["parameters"].back()["id"] == "probability");
    const Json adam = jsonOf({"describe", "optimizers", "adam", "--json"});
    REQUIRE(adam.size() == 1);
    const Json rate = adam[0]["parameters"][0];
    CHECK(rate["id"] == "learning_rate");
    CHECK(rate["default"] == 0.001);
    CHECK(rate["changes"] == "next_batch");
    for (const char* field : {"kind", "minimum", "maximum", "choices", "unit"}) CHECK(rate.contains(field));
    CHECK(test::run({"describe", "optimizers", "adam"}).out.find("learning_rate") != std::string::npos);
    CHECK(jsonOf({"describe", "--json"}).size() > 50);
}

TEST_CASE("describe devices tells the instruction set in use and those of the machine") {
    const Json cpu = jsonOf({"describe", "devices", "cpu", "--json"})[0];
    const Json& all = cpu["instruction_sets"];
    CHECK(std::count(all.begin(), all.end(), cpu["instruction_set"]) == 1);
    CHECK(all.back() == "base");
    CHECK(cpu["threads"].get<int>() >= 1);
    CHECK(jsonOf({"--isa", "base", "describe", "devices", "--json"})[0]["instruction_set"] == "base");
    CHECK(test::run({"describe", "devices"}).out.find("instruction set " + cpu["instruction_set"].get<std::string>()) !=
          std::string::npos);
}

namespace {

// An equation, a product, or the year of a source.
bool tellsFormulaOrSource(const std::string& help) {
    if (help.find('=') != help.npos || help.find("·") != help.npos) return true;
    for (int year = 1900; year < 2100; ++year)
        if (help.find(std::to_string(year)) != help.npos) return true;
    return false;
}

}  // namespace

TEST_CASE("the words about every member hold its formula, or its source, and what it is exported as") {
    for (const char* kind :
         {"layers", "activations", "initializers", "regularizers", "losses", "metrics", "optimizers", "schedules"})
        for (const Json& member : jsonOf({"describe", kind, "--json"})) {
            CAPTURE(member["id"].get<std::string>());
            CHECK(tellsFormulaOrSource(member["help"].get<std::string>()));
            CHECK(!member.value("exports", "").empty());
        }
}

TEST_CASE("check tells shapes, parameters and memory") {
    const support::Folder folder;
    const Json checked = jsonOf({"check", test::put(folder, test::irisProject()), "--json"});
    CHECK(checked["problems"].empty());
    REQUIRE(checked["nodes"].size() == 3);
    CHECK(checked["nodes"][1] == Json{{"id", "h1"}, {"type", "dense"}, {"output", {1, 1, 8}}, {"parameters", 40}});
    CHECK(checked["parameters"] == 40 + 27);
    CHECK(checked["memory"]["total"].get<double>() > 67 * 4);
}

TEST_CASE("check tells all problems at once and ends with exit code 1 only for errors") {
    const support::Folder folder;
    Json project = test::circleProject();
    project["network"]["nodes"][1]["parameters"]["units"] = 0;
    project["training"]["batch_size"] = 0;
    const Outcome outcome = test::run({"check", test::put(folder, project), "--json"});
    CHECK(outcome.code == 1);
    const Json problems = outcome.json()["problems"];
    CHECK(problems.size() >= 2);
    for (const Json& problem : problems)
        for (const char* field : {"node", "severity", "sentence", "fix"}) CHECK(problem[field].is_string());

    Json doubtful = test::circleProject();
    doubtful["training"]["loss"] = "sigmoid_cross_entropy";  // behind a tanh
    const Outcome warned = test::run({"check", test::put(folder, doubtful), "--json"});
    CHECK(warned.code == 0);
    CHECK(warned.json()["problems"][0]["severity"] == "warning");
}

TEST_CASE("evaluate counts every sample once, rows true, columns predicted") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::irisProject(), 20);
    std::size_t samples = 0;
    for (const char* split : {"train", "validation", "test"}) {
        const Json part = jsonOf({"evaluate", model, "--split", split, "--json"});
        CHECK(part["split"] == split);
        std::size_t counted = 0, right = 0;
        for (std::size_t i = 0; i < 3; ++i)
            for (std::size_t j = 0; j < 3; ++j) {
                counted += part["confusion"][i][j].get<std::size_t>();
                if (i == j) right += part["confusion"][i][j].get<std::size_t>();
            }
        CHECK(counted == part["samples"].get<std::size_t>());
        CHECK(part["metrics"]["accuracy"].get<double>() ==
              doctest::Approx(static_cast<double>(right) / static_cast<double>(counted)));
        samples += counted;
    }
    CHECK(samples == 150);
    const Json all = jsonOf({"evaluate", model, "--split", "all", "--json"});
    CHECK(all["samples"] == 150);
    CHECK(all["classes"] == Json({"setosa", "versicolor", "virginica"}));
    const Json other = jsonOf({"evaluate", model, "--data", folder / "iris.csv", "--json"});
    CHECK(other["samples"] == 150);
    CHECK(other["loss"] == all["loss"]);
    CHECK(jsonOf({"evaluate", model, "--data", "iris", "--json"})["samples"] == 150);
    const std::string iris = support::contentOf(folder / "iris.csv");
    support::writeContent(folder / "two.csv",
                          iris.substr(0, iris.find('\n', iris.find('\n', iris.find('\n') + 1) + 1) + 1));
    CHECK(jsonOf({"evaluate", model, "--data", folder / "two.csv", "--json"})["samples"] == 2);  // none is split off
}

TEST_CASE("evaluate tells all metrics that fit the task beside the project's own") {
    const support::Folder folder;
    Json project = test::irisProject();
    project["training"]["metrics"] = {{{"type", "f1"}, {"parameters", {{"average", "micro"}}}}};
    const std::string model = test::trained(folder, project, 1);
    const Json metrics = jsonOf({"evaluate", model, "--json"})["metrics"];
    for (const char* id : {"accuracy", "top_k", "precision", "recall", "f1", "roc_auc", "log_loss", "iou", "dice"})
        CHECK(metrics.contains(id));
    CHECK(metrics["f1"].get<double>() == doctest::Approx(metrics["accuracy"].get<double>()));  // micro
    CHECK(!metrics.contains("r2"));
    const Json numbers = jsonOf({"evaluate", test::trained(folder, test::planeProject(), 1), "--json"})["metrics"];
    for (const char* id : {"mean_absolute_error", "root_mean_squared_error", "r2", "mean_bias_error"})
        CHECK(numbers.contains(id));
}

TEST_CASE("evaluate of a regression has no classes") {
    const support::Folder folder;
    const Json result = jsonOf({"evaluate", test::trained(folder, test::planeProject(), 20), "--json"});
    CHECK(result["classes"].is_null());
    CHECK(result["confusion"].is_null());
    CHECK(result["loss"].is_number());
}

TEST_CASE("a part without rows cannot be evaluated") {
    const support::Folder folder;
    const Outcome outcome =
        test::run({"evaluate", test::trained(folder, test::circleProject(), 1), "--split", "validation"});
    CHECK(outcome.code == 1);
    CHECK(outcome.says("--split"));
}

TEST_CASE("a project that names its weights is a model") {
    const support::Folder folder;
    test::trained(folder, test::circleProject(), 1);
    Json project = test::circleProject();
    project["weights"] = {{"path", "p.perceptory-model"}};
    test::put(folder, project, "q.perceptory");
    const Outcome same = test::run({"evaluate", folder / "q.perceptory"});
    CHECK(same.code == 0);
    CHECK(!same.says("warning"));
    project["network"]["nodes"][1]["parameters"]["units"] = 7;
    test::put(folder, project, "q.perceptory");
    CHECK(test::run({"evaluate", folder / "q.perceptory"}).says("the network was changed after its weights"));
    const Outcome without = test::run({"evaluate", folder / "p.perceptory"});
    CHECK(without.code == 1);
    CHECK(without.says("no weights"));
}

TEST_CASE("predict gives outputs, probabilities that add up to 1 and the label, whatever the locale") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::circleProject(), 5);
    support::writeContent(folder / "new.csv", "x1,x2\n0.5,0.25\n-4,4\n");
    const Outcome outcome = test::run({"predict", model, "--input", folder / "new.csv"}, {"LC_ALL=de_DE.UTF-8"});
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    CHECK(outcome.out.starts_with("output_0,p_0,p_1,label\n"));
    float output = 0, p0 = 0, p1 = 0;
    REQUIRE(std::sscanf(outcome.out.c_str() + outcome.out.find('\n') + 1, "%f,%f,%f", &output, &p0, &p1) == 3);
    CHECK(p0 + p1 == doctest::Approx(1));
    CHECK(p1 == doctest::Approx((output + 1) / 2).epsilon(1e-5));

    REQUIRE(test::run({"predict", model, "--input", folder / "new.csv", "--output", folder / "o.csv"}).code == 0);
    CHECK(support::contentOf(folder / "o.csv") == outcome.out);
    REQUIRE(test::run({"predict", model, "--input", folder / "new.csv", "--output", folder / "o.npy"}).code == 0);
    const std::string npy = support::contentOf(folder / "o.npy");
    CHECK(npy.find("'shape': (2, 1)") != std::string::npos);
    CHECK(npy.size() == 128 + 2 * 4);
}

TEST_CASE("predict names the column a new file lacks") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::irisProject(), 1);
    support::writeContent(folder / "new.csv", "a,b\n1,2\n");
    const Outcome outcome = test::run({"predict", model, "--input", folder / "new.csv"});
    CHECK(outcome.code == 1);
    CHECK(outcome.says("sepal"));
    CHECK(outcome.says("new.csv"));
    CHECK(!outcome.says("data.path"));  // a key of the project file means nothing here
}

TEST_CASE("the decision boundary is written as an array and as a picture") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::circleProject(), 5);
    Outcome outcome =
        test::run({"probe", model, "--what", "decision_boundary", "--set", "size=50", "--output", folder / "b.npy"});
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    CHECK(support::contentOf(folder / "b.npy").find("'shape': (1, 1, 50, 50)") != std::string::npos);
    outcome = test::run({"probe", model, "--what", "decision_boundary", "--output", folder / "b.png"});
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    CHECK(support::contentOf(folder / "b.png").starts_with("\x89PNG"));
    outcome = test::run({"probe", model, "--what", "neuron_maps", "--set", "size=20", "--output", folder / "n.npy"});
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    CHECK(support::contentOf(folder / "n.npy").find(", 1, 20, 20)") != std::string::npos);
    CHECK(test::run({"probe", model, "--what", "neuron_maps", "--output", folder / "n.png"}).code == 0);
    outcome = test::run({"probe", model, "--what", "activations", "--sample", "3", "--output", folder / "a.npy"});
    CHECK_MESSAGE(outcome.code == 0, outcome.err);
}

TEST_CASE("probes that do not exist yet, and settings a probe does not know, are wrong usage") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::circleProject(), 1);
    CHECK(test::run({"probe", model, "--what", "loss_surface", "--output", folder / "g.png"}).code == 2);
    CHECK(test::run({"probe", model, "--what", "decision_boundary", "--set", "sise=5", "--output", folder / "g.png"})
              .code == 2);
    CHECK(test::run({"probe", model, "--what", "activations", "--sample", "3", "--output", folder / "g.png"}).code ==
          2);
}

TEST_CASE("exported weights carry PyTorch's names and shapes, and begin a run again") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::irisProject(), 3), weights = folder / "w.safetensors";
    const Outcome outcome = test::run({"export", model, "--format", "safetensors", "--output", weights});
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    const tensor::NamedTensors tensors = exchange::readSafetensors(weights);
    REQUIRE(tensors.size() == 4);
    for (const tensor::NamedTensor& tensor : tensors)
        if (tensor.name == "h1.weight") CHECK(tensor.shape == tensor::Shape{8, 4});
    const std::string project = folder / "p.perceptory";
    const auto again = test::run({"train", project, "--json", "--epochs", "0", "--initial", weights}).lines();
    const auto resumed = test::run({"train", project, "--json", "--epochs", "0", "--resume", model}).lines();
    CHECK(again.back()["weights_sha256"] == resumed.back()["weights_sha256"]);
    REQUIRE(test::run({"export", model, "--format", "npz", "--output", folder / "w.npz"}).code == 0);
    const std::string npz = support::contentOf(folder / "w.npz");
    CHECK(npz.starts_with("PK\x03\x04"));
    CHECK(npz.find("h1.weight.npy") != std::string::npos);
    CHECK(npz.find("'shape': (8, 4)") != std::string::npos);
}

TEST_CASE("first weights of another network are refused") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::irisProject(), 1), weights = folder / "w.safetensors";
    REQUIRE(test::run({"export", model, "--format", "safetensors", "--output", weights}).code == 0);
    const Outcome outcome =
        test::run({"train", test::put(folder, test::circleProject(), "c.perceptory"), "--initial", weights});
    CHECK(outcome.code == 1);
    CHECK(outcome.says("h1.weight"));
    CHECK(outcome.says("out.weight"));  // all at once
}

TEST_CASE("first weights that are missing or no numbers are blamed on their file") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::irisProject(), 1), weights = folder / "w.safetensors";
    const std::string project = folder / "p.perceptory";
    Outcome outcome = test::run({"train", project, "--initial", folder / "none.safetensors"});
    CHECK(outcome.code == 1);
    CHECK(outcome.says("none.safetensors: there is no such file."));
    REQUIRE(test::run({"export", model, "--format", "safetensors", "--output", weights}).code == 0);
    const tensor::NamedTensors sound = exchange::readSafetensors(weights);
    for (const double number : {std::numeric_limits<double>::quiet_NaN(), -std::numeric_limits<double>::infinity(),
                                1e300}) {  // beyond what a float holds
        tensor::NamedTensors tensors = sound;
        const auto tensor = std::ranges::find(tensors, "out.weight", &tensor::NamedTensor::name);
        REQUIRE(tensor != tensors.end());
        tensor->values = tensor::Buffer(tensor->values.size(), tensor::Precision::Float64);
        tensor->values.set(3, number);
        exchange::writeSafetensors(tensors, weights);
        outcome = test::run({"train", project, "--epochs", "1", "--initial", weights});
        CAPTURE(outcome.err);
        CHECK(outcome.code == 1);
        CHECK(outcome.says(weights + ": \"out.weight\" holds "));
        CHECK(outcome.says("Choose weights that are all finite."));
        CHECK_FALSE(outcome.says("standardize"));
    }
}

TEST_CASE("benchmark measures a workload and refuses what is none") {
    const Outcome outcome = test::run({"benchmark", "tiny_mlp", "--seconds", "0.02", "--json"});
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    const Json result = outcome.json();
    CHECK(result["name"] == "tiny_mlp");
    CHECK(result["device"] == "cpu");
    CHECK(result["threads"] == 1);
    CHECK(result["batch"] == 10);
    CHECK(result["samples_per_s"].get<double>() == doctest::Approx(10 * result["steps_per_s"].get<double>()));
    CHECK(result["us_per_step"].get<double>() == doctest::Approx(1e6 / result["steps_per_s"].get<double>()));
    const Outcome unknown = test::run({"benchmark", "nothing"});
    CHECK(unknown.code == 2);
    CHECK(unknown.says("no such workload"));
}

TEST_CASE("a model keeps the matrices that its inputs go through") {
    const support::Folder folder;
    for (const char* step : {"pca", "zca_whitening"}) {
        CAPTURE(step);
        Json project = test::irisProject();
        project["data"]["preprocessing"] = {"standardize", {{"type", step}, {"parameters", Json::object()}}};
        const std::string model = test::trained(folder, project, 30);
        const Json evaluation = jsonOf({"evaluate", model, "--json"});
        CHECK(evaluation["metrics"]["accuracy"].get<double>() > 0.8);
        CHECK(evaluation["loss"] == jsonOf({"evaluate", model, "--json"})["loss"]);
    }
}
