// export --format onnx: what it says, what it refuses. Numbers are compared by tests/exchange/onnx_runtime.py.
#include <doctest/doctest.h>

#include <filesystem>

#include "tests/app/Projects.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using base::Json;
using test::Outcome;

namespace {

Outcome exported(const std::string& model, const std::string& output, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"export", model, "--format", "onnx", "--output", output};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return test::run(arguments);
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
    REQUIRE(exporters.size() == 4);
    CHECK(exporters[0]["id"] == "onnx");
    CHECK(exporters[0]["parameters"].size() == 2);
}
