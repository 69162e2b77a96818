#include "engine/network/NetworkCheck.h"

#include <doctest/doctest.h>

#include "engine/network/Network.h"

using namespace perceptory;
using namespace perceptory::network;
using base::Json;

namespace {

NetworkCheck check(const std::string& nodes, const tensor::Shape& input = {2}) {
    base::Problems problems;
    const NetworkSpec spec = NetworkSpec::fromJson(Json::parse("{\"nodes\": " + nodes + "}"), problems);
    NetworkCheck result = checkNetwork(spec, input);
    result.problems.insert(result.problems.begin(), problems.begin(), problems.end());
    return result;
}

const std::string input = R"({"id": "in", "type": "input"})";

struct Faulty {
    const char* nodes;
    const char* where;
    const char* sentence;
    const char* fix;
};

// Networks with one fault each, and what is said about it.
const Faulty faults[] = {
    {R"([])", "network", "The network has no layers.", "Add an input and a dense layer."},
    {R"([IN, {"id": "h", "type": "dense"}])", "h", "A layer of type dense takes 1 input, but it has 0.",
     "Connect it to the layer before it."},
    {R"([IN, {"id": "h", "type": "dense", "inputs": ["im"]}])", "h", "Its input \"im\" does not exist.",
     "Did you mean \"in\"?"},
    {R"([IN, {"id": "h", "type": "dence", "inputs": ["in"]}])", "h", "There is no layer called \"dence\".",
     "Did you mean \"dense\"?"},
    {R"([IN, {"id": "h", "type": "dense", "inputs": ["in"]}, {"id": "h", "type": "dense", "inputs": ["in"]}])", "h",
     "Two nodes are called \"h\".", "Rename one of them."},
    {R"([IN, {"id": "a b", "type": "dense", "inputs": ["in"]}])", "a b", "\"a b\" cannot be the name of a node.",
     "Use the letters a to z, digits, _ and -, beginning with a letter."},
    {R"([IN, {"id": "a", "type": "add", "inputs": ["in", "b"]}, {"id": "b", "type": "dense", "inputs": ["a"]}])", "b",
     "The layer depends on its own output, through a.", "Remove one of the connections of the circle."},
    {R"([IN, {"id": "a", "type": "dense", "inputs": ["in"]}, {"id": "b", "type": "dense", "inputs": ["in"]}])",
     "network", "Several layers have an output nobody reads: a, b.",
     "Connect them, remove all but one, or give each a loss in \"losses\"."},
    {R"([IN, {"id": "a", "type": "dense", "inputs": ["in"], "parameters": {"units": 3}}, {"id": "s", "type": "add", "inputs": ["in", "a"]}])",
     "s", "All inputs of this layer must have one shape, but it gets 2 and 3.",
     "Give the layers before it the same number of units."},
    {R"([IN, {"id": "a", "type": "dense", "inputs": ["in"], "parameters": {"units": 0}}])", "a.units",
     "The value 0 is out of range.", "Use a value from 1 to 1e+07."},
    {R"([IN, {"id": "a", "type": "dense", "inputs": ["in"], "parameters": {"activation": "tan"}}])", "a.activation",
     "There is no \"tan\" to choose here.", "Did you mean \"tanh\"?"},
    {R"([IN, {"id": "d", "type": "dropout", "inputs": ["in"], "parameters": {"rate": 1.5}}])", "d.rate",
     "The value 1.5 is out of range.", "Use a value from 0 to 0.99."},
    {R"([IN, {"id": "a", "type": "dense", "inputs": ["in"], "parameters": {"kernel_initializer": {"type": "uniform", "parameters": {"low": 1}}}}])",
     "a.kernel_initializer.low", "The range ends before it begins: low 1, high 0.5.",
     "Give it a low end below the high one."},
    {R"([IN, {"id": "a", "type": "dense", "inputs": ["in"], "parameters": {"bias_initializer": {"type": "uniform", "parameters": {"high": -1}}}}])",
     "a.bias_initializer.low", "The range ends before it begins: low -0.5, high -1.",
     "Give it a low end below the high one."},
    {R"([IN, {"id": "a", "type": "dense", "inputs": ["in"], "parameters": {"activation": "swirl"}}])", "a.activation",
     "There is no \"swirl\" to choose here.", "Choose one of: linear, "},
};

// A pool with this padding on an image of 5 × 5, turned round with that one.
std::string unpoolProblem(const std::string& pool, const std::string& unpool) {
    const NetworkCheck result = check(
        R"([{"id": "in", "type": "input"},
            {"id": "pool", "type": "max_pool", "inputs": ["in"], "parameters": {"size": 3, "stride": 1, "padding": )" +
            pool + R"(}},
            {"id": "up", "type": "max_unpool", "inputs": ["pool", "pool:indices"],
             "parameters": {"size": 3, "stride": 1, "padding": )" +
            unpool + "}}]",
        {5, 5, 2});
    return result.problems.empty() ? std::string() : result.problems[0].sentence;
}

}  // namespace

TEST_CASE("a pool whose padding is a word is turned round by the same in numbers") {
    CHECK(unpoolProblem("\"valid\"", "0").empty());
    CHECK(unpoolProblem("\"same\"", "1").empty());
    CHECK(unpoolProblem("1", "[1, 1]").empty());
    CHECK(unpoolProblem("\"same\"", "0") == "Its window is not that of pool, whose indices it reads.");
    CHECK(unpoolProblem("\"valid\"", "1") == "Its window is not that of pool, whose indices it reads.");
}

TEST_CASE("numbers of pixels that are read as values are warned of") {
    const auto told = [](const std::string& inputs) {
        const NetworkCheck result = check(R"([{"id": "in", "type": "input"},
            {"id": "pool", "type": "max_pool", "inputs": ["in"]}, {"id": "up", )" +
                                              inputs + "}]",
                                          {4, 4, 2});
        CHECK(result.ok());
        return result.problems.empty() ? std::string() : base::describe(result.problems[0]);
    };
    CHECK(told(R"("type": "max_unpool", "inputs": ["pool", "pool:indices"])").empty());
    CHECK(told(R"("type": "conv2d", "parameters": {"kernel_size": 1}, "inputs": ["pool:indices"])") ==
          "up: It reads \"pool:indices\", which are numbers of pixels, as if they were values. Write \"pool\" for its "
          "main output.");
    CHECK(told(R"("type": "add", "inputs": ["pool", "pool:indices"])").starts_with("up: It reads \"pool:indices\""));
    CHECK(told(R"("type": "max_unpool", "inputs": ["pool:indices", "pool:indices"])").starts_with("up: It reads"));
}

TEST_CASE("an initializer for windows is warned of where there are none") {
    const auto told = [](const char* layer, const char* parameter, const tensor::Shape& shape) {
        const NetworkCheck result =
            check("[" + input + R"(, {"id": "a", "type": ")" + layer + R"(", "inputs": ["in"], "parameters": {")" +
                      parameter + R"(": "delta_orthogonal"}}])",
                  shape);
        CHECK(result.ok());
        return result.problems.empty() ? std::string() : base::describe(result.problems[0]);
    };
    CHECK(told("conv2d", "kernel_initializer", {4, 4, 2}).empty());
    CHECK(told("conv1d", "kernel_initializer", {4, 2}).empty());
    CHECK(told("dense", "kernel_initializer", {2}) ==
          "a: delta_orthogonal is made for convolutions, but \"weight\" has no window. Choose orthogonal.");
    CHECK(told("conv2d", "bias_initializer", {4, 4, 2})
              .starts_with("a: delta_orthogonal is made for convolutions, but "
                           "\"bias\""));
    CHECK(told("embedding", "initializer", {2}).starts_with("a: delta_orthogonal is made"));
}

TEST_CASE("every fault is told with node, reason and remedy") {
    for (const Faulty& fault : faults) {
        std::string nodes = fault.nodes;
        if (const auto at = nodes.find("IN"); at != std::string::npos) nodes.replace(at, 2, input);
        CAPTURE(nodes);
        const NetworkCheck result = check(nodes);
        REQUIRE(!result.ok());
        CHECK(result.problems.front().where == fault.where);
        CHECK(result.problems.front().sentence == fault.sentence);
        CHECK(result.problems.front().fix.starts_with(fault.fix));
    }
}

TEST_CASE("a node with another's name has its own faults told all the same") {
    const NetworkCheck result = check("[" + input + R"(, {"id": "h", "type": "dense", "inputs": ["in"]},
            {"id": "h", "type": "dense", "inputs": ["zz"], "parameters": {"units": 0}}])");
    REQUIRE(result.problems.size() == 3);
    CHECK(result.problems[0].sentence == "Two nodes are called \"h\".");
    CHECK(result.problems[1].where == "h.units");
    CHECK(result.problems[2].sentence == "Its input \"zz\" does not exist.");
}

TEST_CASE("images need a flatten layer before dense ones") {
    const NetworkCheck image = check("[" + input + R"(, {"id": "h", "type": "dense", "inputs": ["in"]}])", {8, 8, 1});
    CHECK(image.problems.front().sentence == "A dense layer needs a row of numbers, but it gets 8×8×1.");
    CHECK(
        check(
            "[" + input +
                R"(, {"id": "f", "type": "flatten", "inputs": ["in"]}, {"id": "h", "type": "dense", "inputs": ["f"]}])",
            {8, 8, 1})
            .ok());
}

TEST_CASE("what a node says of its training is checked, behind a faulty node too") {
    const NetworkCheck result = check("[" + input +
                                      R"(, {"id": "h", "type": "dense", "inputs": ["in"], "learning_rate_factor": -1},
                                         {"id": "out", "type": "dense", "inputs": ["h"],
                                          "bias_regularizer": {"type": "l2", "parameters": {"rat": 1}}}])");
    REQUIRE(result.problems.size() == 2);
    CHECK(result.problems[0].where == "h.learning_rate_factor");
    CHECK(result.problems[0].fix == "Use a value from 0 to 1000.");
    CHECK(result.problems[1].where == "out.bias_regularizer.rat");
}

TEST_CASE("all problems come at once") {
    const NetworkCheck result =
        check("[" + input + R"(, {"id": "a", "type": "dense", "inputs": ["in"], "parameters": {"units": -1}},
        {"id": "b", "type": "dropout", "inputs": ["in"], "parameters": {"rate": 2}}])");
    CHECK(result.problems.size() == 3);
}

TEST_CASE("a chain of 10,000 layers is checked without exhausting the stack") {
    Json nodes = Json::array({Json::parse(input)});
    std::string previous = "in";
    // Backwards in the file, so that every node is met before its input.
    for (int i = 0; i < 9'998; ++i) {
        const std::string id = "n" + std::to_string(i);
        nodes.insert(nodes.begin(), Json{{"id", id}, {"type", "activation"}, {"inputs", {previous}}});
        previous = id;
    }
    const NetworkCheck result = check(nodes.dump());
    CHECK(result.ok());
    CHECK(result.nodes.size() == 9'999);
}

TEST_CASE("parameters are counted and named as PyTorch names them") {
    const NetworkCheck result =
        check("[" + input + R"(, {"id": "h1", "type": "dense", "inputs": ["in"], "parameters": {"units": 4}},
        {"id": "out", "type": "dense", "inputs": ["h1"], "parameters": {"units": 1, "bias": false}}])");
    REQUIRE(result.ok());
    CHECK(result.parameters == 2 * 4 + 4 + 4);
    const Network network(result);
    REQUIRE(network.parameters().size() == 3);
    CHECK(network.parameters()[0].name == "h1.weight");
    CHECK(network.parameters()[1].name == "h1.bias");
    CHECK(network.parameters()[2].name == "out.weight");
}

TEST_CASE("adding a layer changes no other layer's first weights") {
    const std::string h1 = R"({"id": "h1", "type": "dense", "inputs": ["in"], "parameters": {"units": 4}})";
    const Network one(check("[" + input + "," + h1 + "]"));
    const Network two(check("[" + input +
                            R"(, {"id": "pre", "type": "dense", "inputs": ["in"], "parameters": {"units": 2}}, )" +
                            R"({"id": "h1", "type": "dense", "inputs": ["pre"], "parameters": {"units": 4}}])"));
    tensor::Buffer a(one.parameterCount()), b(two.parameterCount());
    one.initialise(7, a);
    two.initialise(7, b);
    for (std::int64_t i = 0; i < 12; ++i)
        CHECK(a.get(one.parameters()[0].offset + i) == b.get(two.parameter("h1.weight")->offset + i));
}
