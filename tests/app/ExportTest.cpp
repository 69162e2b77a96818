// export --format onnx and pytorch: what they say, what they refuse. Numbers are compared by
// tests/exchange/onnx_runtime.py and pytorch.py.
#include <doctest/doctest.h>

#include <filesystem>

#include "engine/exchange/Safetensors.h"
#include "tests/app/Projects.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using base::Json;
using test::Outcome;

namespace {

Outcome exported(const std::string& model, const std::string& output, std::vector<std::string> more = {},
                 const std::string& format = "onnx") {
    std::vector<std::string> arguments{"export", model, "--format", format, "--output", output};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return test::run(arguments);
}

Outcome toPytorch(const std::string& model, const std::string& output, std::vector<std::string> more = {}) {
    return exported(model, output, std::move(more), "pytorch");
}

bool holds(const std::string& path, const std::string& words) {
    return support::contentOf(path).find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("an ONNX file says how its own check came out, and holds names and preparation by choice") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::irisProject(), 1), path = folder / "iris.onnx";
    const Outcome outcome = exported(model, path);
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    CHECK(outcome.out.starts_with(path + ": "));
    CHECK(outcome.out.find("opset 17; read back, ONNX's checker and shape inference agree, 4 of 4 weights") !=
          std::string::npos);
    CHECK(outcome.out.find("with preprocessing") != std::string::npos);
    const std::string all = support::contentOf(path);
    for (const char* word : {"h1.weight", "out.bias", "Gemm", "preprocessing/Sub", "classes.out", "setosa"})
        CHECK_MESSAGE(all.find(word) != std::string::npos, word);

    REQUIRE(exported(model, path, {"--set", "preprocessing=false", "--set", "names=false"}).code == 0);
    const std::string bare = support::contentOf(path);
    for (const char* word : {"preprocessing", "classes.out", "setosa"})
        CHECK_MESSAGE(bare.find(word) == std::string::npos, word);
}

TEST_CASE("equal models are equal ONNX files") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::irisProject(), 1);
    REQUIRE(exported(model, folder / "a.onnx").code == 0);
    REQUIRE(exported(model, folder / "b.onnx").code == 0);
    CHECK(support::contentOf(folder / "a.onnx") == support::contentOf(folder / "b.onnx"));
}

TEST_CASE("a layer that ONNX cannot express is refused by the node's name, and nothing is written") {
    const support::Folder folder;
    Json project = test::circleProject();
    Json& nodes = project["network"]["nodes"];
    nodes =
        Json::array({{{"id", "in"}, {"type", "input"}},
                     {{"id", "image"}, {"type", "reshape"}, {"inputs", {"in"}}, {"parameters", {{"shape", "1, 1, 2"}}}},
                     {{"id", "larger"}, {"type", "upsample"}, {"inputs", {"image"}}, {"parameters", {{"factor", 5}}}},
                     {{"id", "pool"}, {"type", "max_pool"}, {"inputs", {"larger"}}},
                     {{"id", "back"},
                      {"type", "max_unpool"},
                      {"inputs", {"pool", "pool:indices"}},
                      {"parameters", {{"output_padding", 1}}}},
                     {{"id", "flat"}, {"type", "flatten"}, {"inputs", {"back"}}},
                     {{"id", "out"}, {"type", "dense"}, {"inputs", {"flat"}}, {"parameters", {{"units", 1}}}}});
    const std::string model = test::trained(folder, project, 1), path = folder / "x.onnx";
    const Outcome outcome = exported(model, path);
    CHECK(outcome.code == 1);
    CHECK(outcome.says("\"back\" (max_unpool)"));
    CHECK(!std::filesystem::exists(path));
}

TEST_CASE("settings and places of an export that make no sense are refused") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::circleProject(), 1);
    Outcome outcome = exported(model, folder / "x.onnx", {"--set", "opset=9"});
    CHECK(outcome.code == 2);
    CHECK(outcome.says("It knows: preprocessing, names."));
    outcome = exported(model, folder / "x.onnx", {"--set", "names=7"});
    CHECK(outcome.code == 2);
    outcome = exported(model, folder / "nowhere/x.onnx");
    CHECK(outcome.code == 4);
    CHECK(outcome.says("no file can be written there"));
    outcome = exported(model, model);
    CHECK(outcome.code == 2);
    outcome = test::run({"export", model, "--format", "gif", "--output", folder / "x"});
    CHECK(outcome.code == 2);
    CHECK(outcome.says("onnx"));
}

TEST_CASE("describe tells the exporters with their settings") {
    const Json exporters = test::run({"describe", "exporters", "--json"}).json();
    REQUIRE(exporters.size() == 6);
    CHECK(exporters[0]["id"] == "onnx");
    CHECK(exporters[0]["parameters"].size() == 2);
    CHECK(exporters[1]["id"] == "pytorch");
}

TEST_CASE("an export to PyTorch holds the network, its weights bit for bit, samples, and its training with the data") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::irisProject(), 2), out = folder / "out";
    const Outcome outcome = toPytorch(model, out);
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    CHECK(outcome.out.starts_with(out + ": "));
    CHECK(outcome.out.find("read back and found equal") != std::string::npos);
    CHECK(holds(out + "/model.py", "self.h1 = nn.Linear(4, "));
    CHECK(holds(out + "/train.py", "def make_optimizer(model):"));
    REQUIRE(exported(model, folder / "w.safetensors", {}, "safetensors").code == 0);
    CHECK(support::contentOf(out + "/model.safetensors") == support::contentOf(folder / "w.safetensors"));
    CHECK(support::contentOf(out + "/first.safetensors") != support::contentOf(folder / "w.safetensors"));
    const tensor::NamedTensors samples = exchange::readSafetensors(out + "/samples.safetensors");
    REQUIRE(samples.size() == 2);
    CHECK(samples[0].name == "inputs.x");
    CHECK(samples[0].shape == tensor::Shape{8, 4});
    CHECK(samples[1].shape == tensor::Shape{8, 3});
    const tensor::NamedTensors rows = exchange::readSafetensors(out + "/data.safetensors");
    CHECK(rows.size() == 6);  // inputs and targets of three parts
    CHECK(rows[0].name == "test.inputs.x");

    // Once more into the same folder, without the training: its files go.
    REQUIRE(toPytorch(model, out, {"--set", "training=false"}).code == 0);
    CHECK(!std::filesystem::exists(out + "/train.py"));
    CHECK(!std::filesystem::exists(out + "/data.safetensors"));
    std::filesystem::remove(folder / "iris.csv");
    const Outcome gone = toPytorch(model, out);
    CHECK(gone.code == 1);
    CHECK(gone.says("--set data=never"));
    REQUIRE(toPytorch(model, out, {"--set", "data=never"}).code == 0);
    CHECK(std::filesystem::exists(out + "/train.py"));
    CHECK(!std::filesystem::exists(out + "/data.safetensors"));
}

TEST_CASE("train.py says loss, optimizer, schedule, penalties and clipping of the project, and what it leaves out") {
    const support::Folder folder;
    Json project = test::irisProject();
    project["training"] = {{"loss", {{"type", "softmax_cross_entropy"}, {"parameters", {{"label_smoothing", 0.1}}}}},
                           {"optimizer", {{"type", "lion"}, {"parameters", {{"learning_rate", 0.003}}}}},
                           {"schedule", {{"type", "warm_up"}, {"parameters", {{"then", "cosine"}}}, {"per", "step"}}},
                           {"class_weights", "balanced"},
                           {"clip", {{"type", "norm"}, {"limit", 2.5}}},
                           {"stopping", {"early_stopping"}},
                           {"batch_size", 17},
                           {"seed", "12"}};
    project["network"]["nodes"][1]["parameters"]["regularizer"] = "max_norm";
    project["network"]["nodes"][1]["bias_regularizer"] = "l2";
    project["network"]["nodes"][1]["learning_rate_factor"] = 0.5;
    const std::string model = test::trained(folder, project, 1), out = folder / "out";
    const Outcome outcome = toPytorch(model, out);
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    CHECK(outcome.says("it leaves out the rule early_stopping"));
    for (const char* words :
         {"it leaves out the rule early_stopping", "EPOCHS = 1\n", "BATCH_SIZE = 17\n", "SEED = 12\n",
          "label_smoothing=0.1", "class_weights = torch.tensor([", "class Lion(torch.optim.Optimizer):", "lr=0.003",
          "def after_warm_up(time):", "            schedule.step()\n", "clip_grad_norm_(model.parameters(), 2.5)",
          "torch.renorm(", "w.square().sum()", "\"h1.weight\": 0.5,", "torch.randperm("})
        CHECK_MESSAGE(holds(out + "/train.py", words), std::string(words));
}

TEST_CASE("what train.py cannot express is refused by the node's name; without it the network is exported") {
    const support::Folder folder;
    Json project = test::irisProject();
    project["network"]["nodes"][1]["activity_regularizer"] = "l1";
    const std::string model = test::trained(folder, project, 1), out = folder / "out";
    const Outcome outcome = toPytorch(model, out);
    CHECK(outcome.code == 1);
    CHECK(outcome.says("on what \"h1\" puts out"));
    CHECK(outcome.says("training=false"));
    CHECK(!std::filesystem::exists(out));
    CHECK(toPytorch(model, out, {"--set", "training=false"}).code == 0);
}

TEST_CASE("an export to PyTorch takes the place of an earlier one and of nothing else") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::circleProject(), 1), out = folder / "out";
    REQUIRE(toPytorch(model, out + "/").code == 0);
    support::writeContent(out + "/trained.safetensors", "of train.py");
    CHECK(toPytorch(model, out).code == 0);
    CHECK(std::filesystem::exists(out + "/trained.safetensors"));
    support::writeContent(out + "/notes.txt", "mine");
    Outcome outcome = toPytorch(model, out);
    CHECK(outcome.code == 4);
    CHECK(outcome.says("\"notes.txt\""));
    CHECK(toPytorch(model, out + "/notes.txt").code == 4);
    CHECK(toPytorch(model, folder / "nowhere/out").code == 4);
    CHECK(toPytorch(model, model).code == 2);
}
