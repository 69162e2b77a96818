#include "engine/network/Blocks.h"

#include <doctest/doctest.h>

#include <random>

#include "engine/network/Network.h"

using namespace perceptory;
using namespace perceptory::network;
using base::Json;

namespace {

struct Read {
    NetworkSpec spec;
    base::Problems problems;  // of the file
};

Read read(const Json& network) {
    Read result;
    result.spec = NetworkSpec::fromJson(network, result.problems);
    return result;
}

// A network whose block reads `in` and `front`, behind which stands `out`.
const char* const residual = R"({"nodes": [
    {"id": "in", "type": "input"},
    {"id": "front", "type": "dense", "inputs": ["in"], "parameters": {"units": 3}},
    {"id": "out", "type": "dense", "inputs": ["block1"], "parameters": {"units": 1}}],
  "blocks": [{"id": "block1", "repeat": 3, "inputs": ["front"], "outputs": ["add"], "nodes": [
    {"id": "fold", "type": "dense", "inputs": ["in"], "parameters": {"units": 3, "activation": "tanh"}},
    {"id": "add", "type": "add", "inputs": ["fold", "in"]}]}]})";

const char* const writtenOut = R"({"nodes": [
    {"id": "in", "type": "input"},
    {"id": "front", "type": "dense", "inputs": ["in"], "parameters": {"units": 3}},
    {"id": "block1.0.fold", "type": "dense", "inputs": ["front"], "parameters": {"units": 3, "activation": "tanh"}},
    {"id": "block1.0.add", "type": "add", "inputs": ["block1.0.fold", "front"]},
    {"id": "block1.1.fold", "type": "dense", "inputs": ["block1.0.add"], "parameters": {"units": 3, "activation": "tanh"}},
    {"id": "block1.1.add", "type": "add", "inputs": ["block1.1.fold", "block1.0.add"]},
    {"id": "block1.2.fold", "type": "dense", "inputs": ["block1.1.add"], "parameters": {"units": 3, "activation": "tanh"}},
    {"id": "block1.2.add", "type": "add", "inputs": ["block1.2.fold", "block1.1.add"]},
    {"id": "out", "type": "dense", "inputs": ["block1.2.add"], "parameters": {"units": 1}}]})";

std::string told(const base::Problems& problems) {
    std::string text;
    for (const base::Problem& problem : problems) text += base::describe(problem) + "\n";
    return text;
}

struct Faulty {
    const char* path;   // in the residual network
    const char* value;  // that stands there instead
    const char* where;
    const char* sentence;
    const char* fix;
};

const char* const form = R"(Write {"id": …, "repeat": …, "inputs": […], "outputs": […], "nodes": […]}.)";
const char* const names = "Use the letters a to z, digits, _ and -, beginning with a letter.";

const Faulty faults[] = {
    {"/blocks", "3", "network.blocks", "This must be a list of blocks.", form},
    {"/blocks/0", "3", "network.blocks[0]", "A block must be an object.", form},
    {"/blocks/0/id", "3", "network.blocks[0].id", "This must be a text.", "Correct it in the file."},
    {"/blocks/0/id", "\"a b\"", "network.blocks[0].id", "\"a b\" cannot be the name of a block.", names},
    {"/blocks/0/id", "\"out\"", "network.blocks[0].id", "Something else is called \"out\" already.",
     "Rename one of them."},
    {"/blocks/0/repeat", "0", "network.blocks[0].repeat", "0 is not possible here.",
     "Use a whole number from 1 to 1000."},
    {"/blocks/0/repeat", "1001", "network.blocks[0].repeat", "1001 is not possible here.",
     "Use a whole number from 1 to 1000."},
    {"/blocks/0/repeat", "1.5", "network.blocks[0].repeat", "1.5 is not possible here.",
     "Use a whole number from 1 to 1000."},
    {"/blocks/0/repeat", "\"3\"", "network.blocks[0].repeat", "\"3\" is not possible here.",
     "Use a whole number from 1 to 1000."},
    {"/blocks/0/inputs", "3", "network.blocks[0].inputs", "This must be a list of node ids.",
     "Correct it in the file."},
    {"/blocks/0/inputs", R"(["front", "in"])", "network.blocks[0].repeat",
     "A repeated block needs as many outputs as inputs, but its inputs are 2 and its outputs 1.",
     "Change its inputs or outputs, or do not repeat it."},
    {"/blocks/0/inputs/0", "\"frnt\"", "network.blocks[0].inputs", "Its input \"frnt\" does not exist.",
     "Did you mean \"front\"?"},
    {"/blocks/0/inputs/0", "\"block1\"", "block1.0.add", "The layer depends on its own output, through block1.0.fold.",
     "Remove one of the connections of the circle."},
    {"/blocks/0/outputs", "[]", "network.blocks[0].outputs", "The block puts nothing out.",
     "Give a list with the layer whose output leaves it."},
    {"/blocks/0/outputs", "[3]", "network.blocks[0].outputs", "There is no layer \"3\" in the block to put out.",
     "Name a layer of the block."},
    {"/blocks/0/outputs", R"(["ad"])", "network.blocks[0].outputs", "There is no layer \"ad\" in the block to put out.",
     "Did you mean \"add\"?"},
    {"/blocks/0/outputs", R"(["add", "add"])", "network.blocks[0].outputs", "The block puts out \"add\" twice.",
     "Remove one of the two."},
    {"/blocks/0/nodes", "[]", "network.blocks[0].nodes", "The block has no layers.",
     "Give it a list of nodes, or remove the block."},
    {"/blocks/0/nodes/0", "3", "network.blocks[0].nodes[0]", "A node must be an object.",
     "Write {\"id\": …, \"type\": …}."},
    {"/blocks/0/nodes/0/id", "\"in\"", "network.blocks[0].nodes[0].id",
     "\"in\" is what enters the block, so no layer in it can be called so.", "Choose another name."},
    {"/blocks/0/nodes/0/id", "\"1a\"", "network.blocks[0].nodes[0].id", "\"1a\" cannot be the name of a node.", names},
    {"/blocks/0/nodes/0/id", "\"add\"", "network.blocks[0].nodes[1].id", "Two layers of the block are called \"add\".",
     "Rename one of them."},
    {"/blocks/0/nodes/0/type", "\"input\"", "network.blocks[0].nodes[0]", "Data enter at the network, not in a block.",
     "Put the input layer outside, and let the block read it."},
    {"/blocks/0/nodes/0/nodes", "[]", "network.blocks[0].nodes[0]", "A block cannot hold another block.",
     "Put it beside this one, or write its nodes out."},
    {"/blocks/0/nodes/0/trainable", "3", "network.blocks[0].nodes[0].trainable", "This must be true or false.",
     "Correct it in the file."},
    {"/blocks/0/nodes/0/inputs/0", "\"in:1\"", "block1.0.fold",
     "It reads \"in:1\", but that much does not enter the block.",
     "Give the block another input, or connect this layer to another one."},
    {"/blocks/0/nodes/0/inputs/0", "\"in:x\"", "block1.0.fold",
     "It reads \"in:x\", but that much does not enter the block.",
     "Give the block another input, or connect this layer to another one."},
    {"/blocks/0/nodes/1/inputs/0", "\"front\"", "block1.0.add", "Its input \"front\" is not in the block.",
     "Name a layer of the block."},
    {"/blocks/0/nodes/1/inputs/0", "\"fodl\"", "block1.0.add", "Its input \"fodl\" is not in the block.",
     "Did you mean \"fold\"?"},
    {"/blocks/0/nodes/0/parameters/units", "0", "block1.0.fold.units", "The value 0 is out of range.",
     "Use a value from 1 to 1e+07."},
    {"/nodes/2/inputs/0", "\"block1:fold\"", "out", "\"block1\" has no output called \"fold\".",
     "Write \"block1\" for its main output."},
    {"/nodes/2/inputs/0", "\"block\"", "out", "Its input \"block\" does not exist.", ""},
};

}  // namespace

TEST_CASE("a repeated block is the same network as its nodes written out") {
    Read block = read(Json::parse(residual));
    CHECK(told(block.problems) == "");
    const NetworkSpec out = read(Json::parse(writtenOut)).spec;
    CHECK(block.spec.nodes == out.nodes);
    const NetworkCheck mine = checkNetwork(block.spec, {2}), theirs = checkNetwork(out, {2});
    CHECK(told(mine.problems) == "");
    REQUIRE(mine.nodes.size() == theirs.nodes.size());
    CHECK(mine.parameters == theirs.parameters);
    for (std::size_t i = 0; i < mine.nodes.size(); ++i) {
        CHECK(mine.nodes[i].spec == theirs.nodes[i].spec);
        CHECK(mine.nodes[i].output == theirs.nodes[i].output);
        CHECK(mine.nodes[i].inputs == theirs.nodes[i].inputs);
    }
    CHECK(block.spec.blocks == std::vector<BlockSpec>{{"block1", 3, {"fold", "add"}, {"front"}, {"block1.2.add"}}});
}

TEST_CASE("a block may read blocks and ports, and put out several things by name") {
    const Read result = read(Json::parse(R"({"nodes": [
        {"id": "in", "type": "input"},
        {"id": "up", "type": "max_unpool", "inputs": ["second", "first:pool:indices"]},
        {"id": "other", "type": "activation", "inputs": ["first:act"]}],
      "blocks": [
        {"id": "second", "inputs": ["first"], "outputs": ["act"], "nodes": [
          {"id": "act", "type": "activation", "inputs": ["in"]}]},
        {"id": "first", "repeat": 1, "inputs": ["in"], "outputs": ["pool", "pool:indices", "act"], "nodes": [
          {"id": "pool", "type": "max_pool", "inputs": ["in"]},
          {"id": "act", "type": "activation", "inputs": ["pool"]}]}]})"));
    CHECK(told(result.problems) == "");
    std::string order;
    for (const NodeSpec& node : result.spec.nodes) {
        order += node.id;
        for (std::size_t i = 0; i < node.inputs.size(); ++i)
            order += " <" + node.inputs[i] + (node.port(i).empty() ? "" : ":" + node.port(i));
        order += "\n";
    }
    CHECK(order ==
          "in\n"
          "first.0.pool <in\n"
          "first.0.act <first.0.pool\n"
          "second.0.act <first.0.pool\n"
          "up <second.0.act <first.0.pool:indices\n"
          "other <first.0.act\n");
}

TEST_CASE("with two inputs each copy reads both outputs of the one before it") {
    const Read result = read(Json::parse(R"({"nodes": [
        {"id": "in", "type": "input"}, {"id": "a", "type": "dense", "inputs": ["in"]},
        {"id": "out", "type": "add", "inputs": ["pair", "pair:left"]}],
      "blocks": [{"id": "pair", "repeat": 2, "inputs": ["a", "in"], "outputs": ["right", "left"], "nodes": [
          {"id": "left", "type": "dense", "inputs": ["in:1"]},
          {"id": "right", "type": "dense", "inputs": ["in"]}]}]})"));
    CHECK(told(result.problems) == "");
    CHECK(result.spec.find("pair.0.left")->inputs == std::vector<std::string>{"in"});
    CHECK(result.spec.find("pair.0.right")->inputs == std::vector<std::string>{"a"});
    CHECK(result.spec.find("pair.1.left")->inputs == std::vector<std::string>{"pair.0.left"});
    CHECK(result.spec.find("pair.1.right")->inputs == std::vector<std::string>{"pair.0.right"});
    CHECK(result.spec.find("out")->inputs == std::vector<std::string>{"pair.1.right", "pair.1.left"});
}

TEST_CASE("every fault of a block is told once, with place, reason and remedy") {
    for (const Faulty& fault : faults) {
        CAPTURE(fault.path);
        CAPTURE(fault.value);
        Json network = Json::parse(residual);
        network[Json::json_pointer(fault.path)] = Json::parse(fault.value);
        Read result = read(network);
        const NetworkCheck check = checkNetwork(result.spec, {2});
        base::Problems all = result.problems;
        all.insert(all.end(), check.problems.begin(), check.problems.end());
        CAPTURE(told(all));
        REQUIRE(!all.empty());
        CHECK(all.front().where == fault.where);
        CHECK(all.front().sentence == fault.sentence);
        if (*fault.fix) CHECK(all.front().fix == fault.fix);
        const auto same = [&](const base::Problem& problem) { return problem.sentence == all.front().sentence; };
        CHECK(std::ranges::count_if(all, same) == 1);
    }
}

TEST_CASE("copies count among the nodes a network may have") {
    Json network = Json::parse(residual);
    Json& block = network["blocks"][0];
    block["repeat"] = 1000;
    CHECK(told(read(network).problems) == "");
    for (int i = 0; i < 8; ++i)
        block["nodes"].push_back({{"id", "a" + std::to_string(i)}, {"type", "activation"}, {"inputs", {"in"}}});
    const Read result = read(network);
    CHECK(told(result.problems) ==
          "network.blocks[0].repeat: The network has more than 10,000 nodes. Repeat the block less often.\n");
    CHECK(result.spec.nodes.size() == 13);
}

TEST_CASE("thousands of blocks in a chain are read, in whatever order they stand") {
    Json network{{"nodes", Json::array({{{"id", "in"}, {"type", "input"}}})}, {"blocks", Json::array()}};
    for (int i = 5000; i > 0; --i)
        network["blocks"].push_back({{"id", "b" + std::to_string(i)},
                                     {"inputs", {i > 1 ? "b" + std::to_string(i - 1) : "in"}},
                                     {"outputs", {"a"}},
                                     {"nodes", {{{"id", "a"}, {"type", "activation"}, {"inputs", {"in"}}}}}});
    const Read result = read(network);
    CHECK(told(result.problems) == "");
    REQUIRE(result.spec.nodes.size() == 5001);
    CHECK(result.spec.nodes.back().id == "b5000.0.a");
}

TEST_CASE("damaged blocks are problems and nothing worse") {
    const Json values =
        Json::parse(R"([null, 3, -1, "", "in", "block1", "add:x", "in:7", [], {}, [[]], ["in", "block1"],
        [{"id": "in"}], {"nodes": []}, true, 1e300])");
    const Json whole = Json::parse(residual).flatten();
    std::vector<std::string> paths{"/blocks", "/blocks/0", "/blocks/0/nodes", "/blocks/0/inputs", "/blocks/0/outputs"};
    for (const auto& [path, value] : whole.items()) paths.push_back(path);
    std::mt19937 random(1);
    for (int round = 0; round < 3000; ++round) {
        Json network = Json::parse(residual);
        for (int i = 0; i < 3; ++i) {
            try {
                network[Json::json_pointer(paths[random() % paths.size()])] = values[random() % values.size()];
            } catch (const Json::exception&) {  // the place is gone
            }
        }
        CAPTURE(network.dump());
        const Read result = read(network);
        const NetworkCheck check = checkNetwork(result.spec, {2});
        for (const NodeSpec& node : result.spec.nodes) CHECK(node.ports.size() == node.inputs.size());
        if (!base::hasError(result.problems) && check.ok()) CHECK(Network(check).nodes().size() == check.nodes.size());
    }
}
