// Runs over whole shelves: every layer, activation and preparation step becomes a header whose functions put out what
// the engine does. Functions are those that the header holds, so no compiler is needed; some networks are compiled too,
// and tests/exchange/cpp.py compiles all of them.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <set>

#include "engine/activations/Activation.h"
#include "engine/exchange/cpp/MainText.h"
#include "engine/exchange/cpp/Names.h"
#include "engine/exchange/cpp/Numbers.h"
#include "engine/exchange/cpp/SampleRows.h"
#include "tests/engine/data/PreprocessingSamples.h"
#include "tests/engine/exchange/Networks.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using namespace perceptory::exchange::cpp;
using base::Json;

namespace {

constexpr double limit = 1e-5;

// A network with what is written of it.
struct Exported {
    explicit Exported(network::Network of, const data::InputPipeline* preprocessing = nullptr)
        : network(std::move(of)),
          weights(test::firstWeights(network)),
          source{network, weights, preprocessing},
          program(makeProgram(source, problems)) {
        if (problems.empty()) rows = drawRows(source, program);
    }
    Exported(const Exported&) = delete;
    Exported& operator=(const Exported&) = delete;

    std::string header(const Words& words = {"net"}) const { return headerText(program, words); }
    double apart(const Program& other) const {
        return difference(program, rows, runProgram(other, rows.inputs, rows.count));
    }

    network::Network network;
    tensor::Buffer weights;
    base::Problems problems;
    ProgramSource source;
    Program program;
    SampleRows rows;
};

bool holdsSame(const Program& a, const Program& b) {
    const auto same = [](const Array& x, const Array& y) { return x.name == y.name && x.values == y.values; };
    return a.calls == b.calls && a.arena == b.arena && std::ranges::equal(a.arrays, b.arrays, same);
}

Json layer(const std::string& type, const Json& parameters = Json::object()) {
    return {{"type", type}, {"parameters", parameters}};
}

// Each behind the one before it unless it says otherwise.
Json chain(const std::vector<Json>& layers) {
    Json nodes{{{"id", "n0"}, {"type", "input"}}};
    for (const Json& layer : layers) {
        Json node = layer;
        node["id"] = "n" + std::to_string(nodes.size());
        if (!node.contains("inputs")) node["inputs"] = {nodes.back()["id"]};
        nodes.push_back(node);
    }
    return nodes;
}

Json behind(Json layer, const std::vector<std::string>& inputs) {
    layer["inputs"] = inputs;
    return layer;
}

network::Network small() {
    return test::networkOf({{{"id", "in"}, {"type", "input"}},
                            {{"id", "h1"},
                             {"type", "dense"},
                             {"inputs", {"in"}},
                             {"parameters", {{"units", 3}, {"activation", "leaky_relu"}}}},
                            {{"id", "out"}, {"type", "dense"}, {"inputs", {"h1"}}, {"parameters", {{"units", 2}}}}},
                           {{"x", {2}}});
}

// Together they use every function of the shelf.
std::vector<std::unique_ptr<Exported>> networksOfAllFunctions() {
    std::vector<std::unique_ptr<Exported>> all;
    const auto add = [&](const std::vector<Json>& layers, const tensor::Shape& shape) {
        all.push_back(std::make_unique<Exported>(test::networkOf(chain(layers), {{"x", shape}})));
    };
    add({layer("conv2d", {{"filters", 4}, {"kernel_size", 3}, {"padding", "same"}}), layer("batch_norm"),
         layer("activation", {{"activation", "relu"}}), layer("max_pool"),
         layer("conv2d", {{"filters", 4}, {"groups", 2}}), layer("average_pool"), layer("flatten"),
         layer("dense", {{"units", 3}})},
        {12, 12, 2});
    add({layer("max_pool"), layer("activation", {{"activation", "mish"}}),
         behind(layer("max_unpool"), {"n2", "n1:indices"}), layer("conv2d_transpose", {{"filters", 3}, {"stride", 2}}),
         layer("zero_pad"), layer("upsample", {{"mode", "bilinear"}}), layer("fractional_max_pool"),
         layer("instance_norm"), layer("adaptive_average_pool", {{"size", {3, 2}}}),
         layer("permute", {{"order", "3, 1, 2"}})},
        {6, 4, 2});
    add({layer("embedding", {{"entries", 9}, {"dimension", 4}}),
         layer("simple_rnn", {{"units", 3}, {"return_sequences", true}}),
         layer("gru", {{"units", 3}, {"return_sequences", true}}), layer("lstm", {{"units", 5}})},
        {6});
    add({layer("multi_head_attention", {{"heads", 2}}), behind(layer("add"), {"n0", "n1"}), layer("layer_norm"),
         layer("positional_encoding"), layer("softmax")},
        {5, 4});
    add({layer("dense", {{"units", 6}}), layer("glu"), behind(layer("concatenate"), {"n1", "n2"}), layer("maxout"),
         behind(layer("multiply"), {"n4", "n4"}), layer("scale_to_range"), layer("log_softmax")},
        {4});
    add({layer("coord_conv"), layer("global_average_pool")}, {3, 4, 2});
    add({layer("flatten")}, {2, 2, 1});
    return all;
}

std::set<std::string> functionsOf(const Program& program) {
    std::set<std::string> names;
    for (const Call& call : program.calls) names.insert(call.function);
    return names;
}

}  // namespace

TEST_CASE("every layer becomes functions that put out what the engine does, and reads back") {
    std::set<std::string> notAlone;
    for (const layers::LayerType* type : layers::shelf().members()) {
        bool expressed = false;
        for (const layers::LayerSample& sample : type->samples) {
            CAPTURE(type->id);
            CAPTURE(sample.parameters.dump());
            std::optional<network::Network> network = test::networkOf(*type, sample);
            if (!network) continue;
            const Exported exported(std::move(*network));
            REQUIRE(exported.problems.empty());
            expressed = true;
            const Program back = readHeader(exported.header(), {}, exported.program);
            CHECK(holdsSame(back, exported.program));
            CHECK(exported.apart(back) <= limit);
        }
        if (!expressed) notAlone.insert(type->id);
    }
    CHECK(notAlone == std::set<std::string>{"max_unpool"});  // behind its pool: below
}

TEST_CASE("every activation becomes a function") {
    for (const activations::ActivationType* type : activations::shelf().members()) {
        CAPTURE(type->id);
        const Exported exported(
            test::networkOf(chain({layer("activation", {{"activation", type->id}})}), {{"x", {3}}}));
        REQUIRE(exported.problems.empty());
        CHECK(exported.apart(exported.program) <= limit);
        const std::string text = exported.header();
        if (type->id != "linear") CHECK(text.find("inline float " + type->id + "(float x, float") != text.npos);
        CHECK(text.find("V(") == text.npos);
    }
}

TEST_CASE("fitted preparation steps go before the network") {
    const auto check = [](const Json& steps, const std::vector<std::int64_t>& shape) {
        CAPTURE(steps.dump());
        data::Samples samples = data::randomSamples(40, shape);
        if (steps[0] == "one_hot")
            for (std::size_t i = 0; i < samples.values.size(); ++i)
                if (i % samples.width == 1) samples.values[i] = static_cast<float>(i / samples.width % 4) - 1;
        const data::InputPipeline pipeline = data::fitted(samples, steps);
        const Exported exported(
            test::networkOf(chain({layer("flatten"), layer("dense", {{"units", 2}})}), pipeline.fields()), &pipeline);
        REQUIRE(exported.problems.empty());
        REQUIRE(exported.program.inputs.size() == 1);
        CHECK(exported.program.inputs[0].shape == shape);
        CHECK(exported.apart(exported.program) <= limit);
    };
    for (const data::PreprocessingType* type : data::preprocessing().members()) {
        if (type->id != "resize") check({type->id}, {4});
        if (type->id != "one_hot") check({type->id}, {5, 4, 2});
    }
    check({{{"type", "resize"}, {"parameters", {{"height", 3}, {"width", 7}}}}}, {5, 4, 2});
    check({"log", "standardize", "pca", "clip"}, {4});
}

TEST_CASE("what looks at weights alone is worked out once") {
    const Exported exported(test::networkOf(chain({layer("batch_norm")}), {{"x", {3, 2, 4}}}));
    REQUIRE(exported.program.calls.size() == 1);
    CHECK(exported.program.calls[0].function == "scaleShift");
    CHECK(exported.program.weightCount() == 8);
}

TEST_CASE("an operation without a function is refused by the name of its node") {
    const network::Network network = test::networkOf(
        {{{"id", "in"}, {"type", "input"}}, {{"id", "drop"}, {"type", "dropout"}, {"inputs", {"in"}}}}, {{"x", {3}}});
    const tensor::Buffer none;
    base::Problems problems;
    makeProgram({network, none}, network.lower(true), problems);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].where == "drop");
    CHECK(problems[0].sentence.find("\"drop\" (dropout)") != std::string::npos);
    CHECK(!problems[0].fix.empty());
}

TEST_CASE("weights that are no numbers are refused by the name of their node") {
    const network::Network network = small();
    tensor::Buffer weights = test::firstWeights(network);
    weights.set(network.parameter("out.bias")->offset, std::numeric_limits<double>::infinity());
    base::Problems problems;
    makeProgram({network, weights}, problems);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].where == "out");
}

TEST_CASE("arrays that int cannot count are refused") {
    const network::Network network =
        test::networkOf(chain({layer("activation", {{"activation", "relu"}})}), {{"x", {30000, 30000, 3}}});
    const tensor::Buffer none;
    base::Problems problems;
    makeProgram({network, none}, problems);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].sentence.find("2700000000") != std::string::npos);
}

TEST_CASE("a header is always the same text") {
    const Exported exported(small());
    const std::string path = std::string(PERCEPTORY_SOURCE_DIR) + "/tests/golden/cpp_header.txt";
    Words words{"small"};
    words.columns = {"width", "he\\ight"};
    words.classes["out"] = {"no", "\"yes\""};
    CHECK(exported.header(words) == support::contentOf(path));
}

TEST_CASE("a header that was changed is noticed") {
    const Exported exported(small());
    const std::string text = exported.header();
    const auto with = [&](const std::string& old, const std::string& now) {
        std::string changed = text;
        const std::size_t place = changed.rfind(old);
        REQUIRE(place != text.npos);
        return changed.replace(place, old.size(), now);
    };
    const auto differs = [&](const std::string& changed) {
        return !holdsSame(readHeader(changed, {}, exported.program), exported.program);
    };
    CHECK_FALSE(differs(text));
    CHECK(differs(with("1, 3, 2);", "1, 3, 1);")));
    CHECK(differs(with("0.22946233f", "0.22946235f")));
    CHECK(differs(with("arena_, ", "arena_ + 1, ")));
    CHECK(differs(with("alignas(64) float arena_[", "alignas(64) float arena_[1")));
    CHECK_THROWS_AS(readHeader(with("f,", "x,"), {}, exported.program), base::Error);
    CHECK_THROWS_AS(readHeader(text.substr(0, text.find("};\n\n//")), {}, exported.program), base::Error);
    CHECK_THROWS_AS(readHeader(with(");\n", ")\n"), {}, exported.program), base::Error);
}

TEST_CASE("weights in a file are named in the header") {
    const Exported exported(small());
    const std::string text = exported.header({.name = "net", .weightsInFile = true});
    std::vector<float> numbers;
    for (const Array& array : exported.program.arrays)
        numbers.insert(numbers.end(), array.values.begin(), array.values.end());
    CHECK(text.find("namespace weights") == text.npos);
    CHECK(holdsSame(readHeader(text, numbers, exported.program), exported.program));
    numbers.back() += 1;
    CHECK_FALSE(holdsSame(readHeader(text, numbers, exported.program), exported.program));
    numbers.resize(2);
    CHECK_THROWS_AS(readHeader(text, numbers, exported.program), base::Error);
}

TEST_CASE("names become words of C++") {
    Names names;
    CHECK(names.take("h1.weight") == "h1_weight");
    CHECK(names.take("h1 weight") == "h1_weight_2");
    CHECK(names.take("class") == "class_2");
    CHECK(names.take("3 äpfel") == "n3_pfel");
    CHECK(names.take("…") == "n");
    CHECK(names.take("std") != "std");
}

TEST_CASE("numbers are literals that read back") {
    for (const float number : {0.0f, -3.0f, 0.1f, 1e-45f, 3.4028235e38f, -1e-5f, 16777216.0f})
        CHECK(std::strtof(literal(number).c_str(), nullptr) == number);
    CHECK(literal(-3) == "-3.0f");
    CHECK(literal(0.5f) == "0.5f");
    CHECK(literal(1e-5f) == "1e-05f");
}

namespace {

// A program that runs networks on their rows and aborts when one allocates.
std::string testProgram(const std::vector<std::unique_ptr<Exported>>& all) {
    std::string text = "#include <cmath>\n#include <cstdio>\n#include <cstdlib>\n";
    for (std::size_t i = 0; i < all.size(); ++i) text += "#include \"net" + std::to_string(i) + ".h\"\n";
    text +=
        "static bool locked = false;\n"
        "extern \"C\" void* __libc_malloc(std::size_t);\n"
        "extern \"C\" void* malloc(std::size_t size) {\n    if (locked) std::abort();\n    return "
        "__libc_malloc(size);\n}\n"
        "void* operator new(std::size_t size) { return malloc(size); }\n"
        "void operator delete(void* memory) noexcept { std::free(memory); }\n"
        "void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }\n"
        "int main() {\n    double worst = 0;\n";
    const auto list = [](std::span<const float> numbers) {
        std::string line;
        for (const float number : numbers) line += literal(number) + ",";
        return line;
    };
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Exported& e = *all[i];
        text +=
            "    {\n        static const float x[] = {" + list(e.rows.inputs) + "}, y[] = {" + list(e.rows.outputs) +
            "};\n        static perceptory::net" + std::to_string(i) + "::Network network;\n        static float z[" +
            std::to_string(e.program.outputCount()) + "];\n        double apart = 0, largest = 0;\n" +
            "        for (int row = 0; row < " + std::to_string(e.rows.count) +
            "; ++row) {\n            locked = true;\n            network.predict(x + row * " +
            std::to_string(e.program.inputCount()) +
            ", z);\n            locked = false;\n            for (int i = 0; i < " +
            std::to_string(e.program.outputCount()) + "; ++i) {\n                const double wanted = y[row * " +
            std::to_string(e.program.outputCount()) +
            " + i];\n                apart = std::fmax(apart, std::fabs(z[i] - wanted));\n                largest = "
            "std::fmax(largest, std::fabs(wanted));\n            }\n        }\n        if (!(apart / largest <= "
            "1e-5)) std::printf(\"net" +
            std::to_string(i) + ": %g\\n\", worst = apart / largest);\n    }\n";
    }
    return text + "    return worst > 0;\n}\n";
}

int run(const std::string& command) { return std::system((command + " > /dev/null").c_str()); }

const std::string compiler = PERCEPTORY_COMPILER " -std=c++17 -O2 -Wall -Wextra -Werror ";

}  // namespace

TEST_CASE("headers compile without warnings, put out the same numbers, and allocate nothing") {
    const support::Folder folder;
    const auto all = networksOfAllFunctions();
    std::set<std::string> used;
    for (std::size_t i = 0; i < all.size(); ++i) {
        REQUIRE(all[i]->problems.empty());
        used.merge(functionsOf(all[i]->program));
        support::writeContent(folder / ("net" + std::to_string(i) + ".h"), all[i]->header({"net" + std::to_string(i)}));
    }
    for (const std::string& name : functionNames()) CHECK_MESSAGE(used.contains(name), name);
    support::writeContent(folder / "test.cpp", testProgram(all));
    REQUIRE(run(compiler + (folder / "test.cpp") + " -o " + (folder / "test")) == 0);
    CHECK(run(folder / "test") == 0);
}

TEST_CASE("the program beside the header compiles without warnings, with weights in a file and several inputs") {
    const support::Folder folder;
    const Exported exported(
        test::networkOf({{{"id", "a"}, {"type", "input"}, {"field", "x"}},
                         {{"id", "b"}, {"type", "input"}, {"field", "class"}},
                         {{"id", "sum"}, {"type", "add"}, {"inputs", {"a", "b"}}},
                         {{"id", "out"}, {"type", "dense"}, {"inputs", {"sum"}}, {"parameters", {{"units", 1}}}}},
                        {{"x", {2}}, {"class", {2}}}));
    Words words{.name = "pair", .weightsInFile = true};
    words.classes["out"] = {"no", "yes \"1\""};
    std::string bytes;
    for (const Array& array : exported.program.arrays)
        bytes.append(reinterpret_cast<const char*>(array.values.data()), array.values.size() * sizeof(float));
    support::writeContent(folder / "pair.h", exported.header(words));
    support::writeContent(folder / "pair_weights.bin", bytes);
    support::writeContent(
        folder / "main.cpp",
        mainText(exported.program, words,
                 {{"out", words.classes["out"], {.link = training::Link::Sigmoid, .classes = 2, .threshold = 0}}}));
    support::writeContent(folder / "rows.csv", "a,b,c,d\n1,2,3,4\n");
    support::writeContent(folder / "bad.csv", "1,2,3\n");
    REQUIRE(run(compiler + (folder / "main.cpp") + " -o " + (folder / "pair")) == 0);
    const std::string program = "cd " + folder.path().string() + " && ./pair ";
    CHECK(std::system((program + "rows.csv > out.csv").c_str()) == 0);
    CHECK(support::contentOf(folder / "out.csv").starts_with("output_0,p_no,\"p_yes \"\"1\"\"\",label\n"));
    CHECK(run(program + "bad.csv 2> bad.txt") != 0);
    CHECK(support::contentOf(folder / "bad.txt").find("bad.csv, line 1: 4 numbers") != std::string::npos);
    CHECK(run(program + "--weights none.bin rows.csv 2> none.txt") != 0);
    CHECK(support::contentOf(folder / "none.txt").find("weights") != std::string::npos);
}
