// Runs over whole shelves: every layer, activation and preparation step becomes a file that ONNX's own checker accepts
// and for which it infers our shapes, or refuses by the node's name. That the numbers agree is tested against ONNX
// Runtime, by tests/exchange/onnx_runtime.py.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <optional>
#include <set>

#include "engine/activations/Activation.h"
#include "engine/base/Sha256.h"
#include "engine/exchange/OnnxFile.h"
#include "engine/exchange/OnnxNetwork.h"
#include "engine/network/TorchWeights.h"
#include "tests/engine/exchange/Networks.h"

using namespace perceptory;
using base::Json;
using layers::LayerSample;
using layers::LayerType;
using test::networkOf;

namespace {

struct Exported {
    ir::OnnxGraph graph;
    base::Problems problems;
    std::string problem;  // of the file

    std::set<std::string> operators() const {
        std::set<std::string> types;
        for (const ir::OnnxNode& node : graph.nodes()) types.insert(node.type);
        return types;
    }
};

Exported exported(const network::Network& network) {
    const tensor::NamedTensors named = network::torchWeights(network, test::firstWeights(network));
    Exported result;
    result.graph = exchange::onnxNetwork({network, named}, result.problems);
    if (result.problems.empty())
        result.problem =
            exchange::problemOfOnnx(exchange::onnxBytes(result.graph, {{"key", "value"}}, "file"), result.graph);
    return result;
}

// The operators that the words about a member name: "nn.GLU; ONNX Split, Sigmoid, Mul".
std::set<std::string> namedIn(const std::string& exports) {
    std::set<std::string> names;
    const std::string tail = exports.substr(exports.find("ONNX") + 4);
    std::string word;
    for (const char c : tail + ' ') {
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
            word += c;
            continue;
        }
        if (word.size() > 1 && word[0] <= 'Z') names.insert(word);
        word.clear();
    }
    return names;
}

// A pool, and what turns it round.
Json poolAndUnpool(const Json& unpool) {
    return {{{"id", "in"}, {"type", "input"}},
            {{"id", "pool"}, {"type", "max_pool"}, {"inputs", {"in"}}},
            {{"id", "double"}, {"type", "activation"}, {"inputs", {"pool"}}},
            {{"id", "back"}, {"type", "max_unpool"}, {"inputs", {"double", "pool:indices"}}, {"parameters", unpool}}};
}

}  // namespace

TEST_CASE("every layer becomes operators that ONNX accepts and whose shapes it infers as ours, or refuses by name") {
    std::set<std::string> refused;
    for (const LayerType* type : layers::shelf().members()) {
        std::set<std::string> used;
        bool expressed = false;
        for (const LayerSample& sample : type->samples) {
            CAPTURE(type->id);
            CAPTURE(sample.parameters.dump());
            const std::optional<network::Network> network = networkOf(*type, sample);
            if (!network) continue;
            const Exported result = exported(*network);
            for (const base::Problem& problem : result.problems) {
                CHECK(problem.where == "layer");
                CHECK(problem.sentence.find("\"layer\" (" + type->id + ")") != std::string::npos);
                CHECK(!problem.fix.empty());
            }
            if (!result.problems.empty()) continue;
            CHECK(result.problem == "");
            expressed = true;
            used.merge(result.operators());
        }
        CAPTURE(type->exports);
        CHECK(type->exports.find("ONNX") != std::string::npos);
        if (!expressed) {
            refused.insert(type->id);
            continue;
        }
        const bool hasRule = type->onnx != nullptr;
        CHECK(hasRule);
        for (const std::string& name : namedIn(type->exports)) CHECK_MESSAGE(used.contains(name), name);
        if (type->exports.find("ONNX nothing") != std::string::npos)
            CHECK_UNARY(used == std::set<std::string>{"Identity"});
    }
    CHECK(refused == std::set<std::string>{"max_unpool"});  // alone it is no sound network; see below
}

TEST_CASE("every activation becomes operators that ONNX accepts, those that its words name among them") {
    for (const activations::ActivationType* type : activations::shelf().members()) {
        CAPTURE(type->id);
        CAPTURE(type->exports);
        const Json nodes{
            {{"id", "in"}, {"type", "input"}},
            {{"id", "f"}, {"type", "activation"}, {"inputs", {"in"}}, {"parameters", {{"activation", type->id}}}}};
        const Exported result = exported(networkOf(nodes, {{"x", {3}}}));
        CHECK(result.problems.empty());
        CHECK(result.problem == "");
        std::set<std::string> used = result.operators();
        if (type->parameters.empty()) {
            for (const std::string& name : namedIn(type->exports)) CHECK_MESSAGE(used.contains(name), name);
            continue;
        }
        Json other = nodes;
        other[1]["parameters"]["activation"] = {{"type", type->id},
                                                {"parameters", {{type->parameters.front().id, 0.5}}}};
        const Exported second = exported(networkOf(other, {{"x", {3}}}));
        CHECK(second.problem == "");
        used.merge(second.operators());
        for (const std::string& name : namedIn(type->exports)) CHECK_MESSAGE(used.contains(name), name);
    }
}

// The bytes with which ONNX Runtime computed what PyTorch computes: tests/exchange/onnx_runtime.py --golden.
TEST_CASE("the networks of PyTorch's golden values become the files that ONNX Runtime was tested with") {
    const auto read = [](const std::string& name) {
        std::ifstream file(std::string(PERCEPTORY_SOURCE_DIR) + "/tests/golden/" + name);
        return Json::parse(file);
    };
    const Json networks = read("networks.json"), digests = read("onnx.json");
    REQUIRE(networks.size() == digests.size());
    for (std::size_t i = 0; i < networks.size(); ++i) {
        CAPTURE(i);
        Json nodes = Json::array({{{"id", "n0"}, {"type", "input"}}});
        for (Json node : networks[i]["nodes"]) {
            node["id"] = "n" + std::to_string(nodes.size());
            if (!node.contains("inputs")) node["inputs"] = {"n" + std::to_string(nodes.size() - 1)};
            nodes.push_back(node);
        }
        auto shape = networks[i]["input"].get<tensor::Shape>();  // channels first
        std::ranges::rotate(shape, shape.begin() + 1);
        const network::Network network = networkOf(nodes, {{"x", shape}});
        tensor::Buffer weights(network.parameterCount());
        tensor::NamedTensors named;
        for (const auto& [name, weight] : networks[i]["weights"].items()) {
            const auto values = weight["values"].get<std::vector<double>>();
            tensor::Buffer buffer(std::ssize(values), tensor::Precision::Float64);
            for (std::size_t k = 0; k < values.size(); ++k) buffer.set(static_cast<std::int64_t>(k), values[k]);
            named.push_back({name, weight["shape"].get<tensor::Shape>(), std::move(buffer)});
        }
        network::takeTorchWeights(named, network, "golden", weights);
        const tensor::NamedTensors taken = network::torchWeights(network, weights);
        base::Problems problems;
        const ir::OnnxGraph graph = exchange::onnxNetwork({network, taken}, problems);
        base::Sha256 sum;
        sum.update(exchange::onnxBytes(graph, {}, "file"));
        CHECK(sum.hex() == digests[i]);
    }
}

TEST_CASE("max unpooling finds the places of its pool, and refuses what ONNX cannot say") {
    CHECK(exported(networkOf(poolAndUnpool(Json::object()), {{"x", {4, 6, 2}}})).problem == "");
    const Exported odd = exported(networkOf(poolAndUnpool({{"output_padding", 1}}), {{"x", {5, 5, 2}}}));
    REQUIRE(odd.problems.size() == 1);
    CHECK(odd.problems[0].where == "back");
    CHECK(odd.problems[0].sentence.find("\"back\" (max_unpool)") != std::string::npos);
    CHECK(!odd.problems[0].fix.empty());
    // The pool left out a row and a column, which this image has not.
    CHECK(exported(networkOf(poolAndUnpool(Json::object()), {{"x", {5, 5, 2}}})).problems.size() == 1);

    Json values = poolAndUnpool(Json::object());
    values[3] = {{"id", "sum"}, {"type", "add"}, {"inputs", {"double", "pool:indices"}}};
    const Exported numbers = exported(networkOf(values, {{"x", {4, 6, 2}}}));
    REQUIRE(numbers.problems.size() == 1);
    CHECK(numbers.problems[0].where == "sum");
}

TEST_CASE("a bed of nails is refused whose padding lets values meet in one pixel") {
    const auto bed = [](int padding) {
        return exported(networkOf({{{"id", "in"}, {"type", "input"}},
                                   {{"id", "bed"},
                                    {"type", "bed_of_nails_unpool"},
                                    {"inputs", {"in"}},
                                    {"parameters", {{"size", 4}, {"stride", 1}, {"padding", padding}}}}},
                                  {{"x", {4, 4, 1}}}));
    };
    CHECK(bed(0).problem == "");
    REQUIRE(bed(1).problems.size() == 1);
    CHECK(bed(1).problems[0].where == "bed");
}

TEST_CASE("what follows a flatten reads values in PyTorch's order, and outputs are in ours") {
    const auto chain = [](const std::vector<Json>& layers) {
        Json nodes{{{"id", "in"}, {"type", "input"}}};
        for (const Json& layer : layers) {
            nodes.push_back(layer);
            nodes.back()["inputs"] = {nodes[nodes.size() - 2]["id"]};
        }
        return exported(networkOf(nodes, {{"x", {2, 3, 2}}}));
    };
    const Json flatten{{"id", "flat"}, {"type", "flatten"}};
    const Json dense{{"id", "out"}, {"type", "dense"}, {"parameters", {{"units", 2}}}};
    CHECK(chain({flatten, dense}).operators() == std::set<std::string>{"Flatten", "Gemm"});
    CHECK(chain({flatten, {{"id", "drop"}, {"type", "dropout"}}, dense}).operators() ==
          std::set<std::string>{"Flatten", "Gemm"});
    // Alone it puts out the rows that predict puts out.
    CHECK(chain({flatten}).operators() == std::set<std::string>{"Flatten", "Reshape", "Transpose"});
    CHECK(chain({flatten, {{"id", "norm"}, {"type", "batch_norm"}}, dense}).problem == "");
}

TEST_CASE("missing values are filled in before the steps, those of columns with numbers alone") {
    base::Problems problems;
    data::RawColumns columns{{"age", "class"}, {{}, {"first", "second"}}, {false, false}};
    auto pipeline = data::InputPipeline::make(columns, {}, problems);
    REQUIRE(pipeline);
    CHECK_FALSE(pipeline->prepares());
    pipeline->setFill({29.5f, std::numeric_limits<float>::quiet_NaN()});
    CHECK(pipeline->prepares());
    const network::Network network = networkOf(Json{{{"id", "in"}, {"type", "input"}}}, {{"x", {3}}});
    const ir::OnnxGraph graph = exchange::onnxNetwork({network, {}, &*pipeline}, problems);
    REQUIRE(problems.empty());
    CHECK(exchange::problemOfOnnx(exchange::onnxBytes(graph, {}, "file"), graph) == "");
    REQUIRE(graph.tensors().size() == 1);
    const auto& fill = std::get<std::vector<float>>(graph.tensors()[0].values);
    REQUIRE(fill.size() == 3);
    CHECK(fill[0] == 29.5f);
    CHECK((std::isnan(fill[1]) && std::isnan(fill[2])));
}

TEST_CASE("bytes that differ from the graph are told") {
    const Exported good = exported(networkOf(
        {{{"id", "in"}, {"type", "input"}}, {{"id", "out"}, {"type", "dense"}, {"inputs", {"in"}}}}, {{"x", {3}}}));
    REQUIRE(good.problem == "");
    const std::string bytes = exchange::onnxBytes(good.graph, {}, "file");
    const auto problemWith = [&](std::string changed) { return exchange::problemOfOnnx(changed, good.graph); };
    CHECK(problemWith(bytes) == "");
    CHECK(problemWith(bytes.substr(0, bytes.size() / 2)) != "");
    std::string other = bytes;
    const std::size_t at = other.find("Gemm", other.find("out/Gemm") + 8);
    REQUIRE(at != other.npos);
    other.replace(at, 4, "Gexm");
    CHECK(problemWith(other).find("checker") != std::string::npos);
    ir::OnnxGraph wide = good.graph;
    wide.tensor("more", {1}, {1});
    CHECK(exchange::problemOfOnnx(bytes, wide) != "");
}
