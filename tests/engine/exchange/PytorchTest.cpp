// Runs over whole shelves: every layer, activation, loss, optimizer, schedule and regularizer says what it is in
// PyTorch, or is refused by the node's name. That the numbers agree is tested against PyTorch, by
// tests/exchange/pytorch.py.

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

#include "engine/activations/Activation.h"
#include "engine/exchange/ExportFolder.h"
#include "engine/exchange/PytorchFiles.h"
#include "engine/losses/Loss.h"
#include "engine/optimizers/Optimizer.h"
#include "engine/regularizers/Regularizer.h"
#include "engine/schedules/Schedule.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using base::Json;
using layers::LayerSample;
using layers::LayerType;

namespace {

struct Exported {
    exchange::TorchModule module;
    base::Problems problems;

    std::string text() const { return exchange::moduleText(module); }
    bool holds(const std::string& words) const { return text().find(words) != std::string::npos; }
};

struct Checked {
    network::NetworkSpec spec;
    network::NetworkCheck check;
};

Checked checked(const Json& json, const std::vector<data::Field>& fields) {
    base::Problems problems;
    Checked result{network::NetworkSpec::fromJson(json, problems), {}};
    REQUIRE_UNARY(problems.empty());
    result.check = network::checkNetwork(result.spec, {fields, {}});
    return result;
}

Exported exported(const Json& json, const std::vector<data::Field>& fields) {
    Checked sound = checked(json, fields);
    REQUIRE_UNARY(sound.check.ok());
    const network::Network network(std::move(sound.check));
    Exported result;
    result.module = exchange::torchModule(network, sound.spec.blocks, result.problems);
    return result;
}

// Each node behind the one before it.
Json chain(const std::vector<Json>& layers) {
    Json nodes{{{"id", "in"}, {"type", "input"}}};
    for (const Json& layer : layers) {
        nodes.push_back(layer);
        if (!layer.contains("inputs")) nodes.back()["inputs"] = {nodes[nodes.size() - 2]["id"]};
    }
    return {{"nodes", nodes}};
}

// The layer alone between its inputs and the end; nothing when that is no sound network.
std::optional<Exported> exported(const LayerType& type, const LayerSample& sample) {
    Json nodes = Json::array(), inputs = Json::array();
    std::vector<data::Field> fields;
    for (std::size_t i = 0; i < sample.inputs.size(); ++i) {
        const std::string id = "x" + std::to_string(i);
        fields.push_back({id, sample.inputs[i]});
        nodes.push_back({{"id", "in" + id}, {"type", "input"}, {"field", id}});
        inputs.push_back("in" + id);
    }
    if (type.id != "input")
        nodes.push_back({{"id", "layer"}, {"type", type.id}, {"inputs", inputs}, {"parameters", sample.parameters}});
    const Json json{{"nodes", nodes}};
    if (!checked(json, fields).check.ok()) return {};
    return exported(json, fields);
}

}  // namespace

TEST_CASE("every layer says what it is in PyTorch, and all its weights have a name there") {
    for (const LayerType* type : layers::shelf().members()) {
        bool expressed = type == &layers::MaxUnpoolLayer;  // alone it is no sound network; see below
        for (const LayerSample& sample : type->samples) {
            CAPTURE(type->id);
            CAPTURE(sample.parameters.dump());
            const std::optional<Exported> result = exported(*type, sample);
            if (!result) continue;
            CHECK_UNARY(result->problems.empty());
            expressed = true;
            if (type->weights) CHECK(result->holds("self.layer = "));
            if (type->id != "input") CHECK(result->module.outputs.front().name.starts_with("layer"));
        }
        CAPTURE(type->id);
        const bool hasRule = type->torch != nullptr;
        CHECK(hasRule);
        CHECK(expressed);
    }
}

TEST_CASE("every activation is a function of PyTorch, or one that the file defines") {
    for (const activations::ActivationType* type : activations::shelf().members()) {
        CAPTURE(type->id);
        const Exported result = exported(
            chain({{{"id", "f"}, {"type", "activation"}, {"parameters", {{"activation", type->id}}}}}), {{"x", {3}}});
        CHECK_UNARY(result.problems.empty());
        const bool own = type->torch.empty();
        CHECK(result.holds("def " + type->id + "(x):") == own);
        if (own) CHECK(result.holds("f = " + type->id + "(x)"));
        CHECK(result.text().find('{') == std::string::npos);  // all places are filled in
        if (!type->parameters.empty() && !own) {
            Json other = chain({{{"id", "f"}, {"type", "activation"}}});
            other["nodes"][1]["parameters"]["activation"] = {{"type", type->id},
                                                             {"parameters", {{type->parameters.front().id, 0.5}}}};
            CHECK(exported(other, {{"x", {3}}}).holds("0.5"));
        }
    }
}

TEST_CASE("every loss, optimizer, schedule and regularizer says what it is in PyTorch") {
    const auto values = [](const base::KindType& type) {
        static const Json none = Json::object();
        return base::ParamValues(type.parameters, none);
    };
    for (const losses::LossType* type : losses::shelf().members()) {
        CAPTURE(type->id);
        const bool hasRule = type->torch != nullptr;
        REQUIRE(hasRule);
        const std::string body = type->torch({values(*type)});
        CHECK(body.find("return ") != std::string::npos);
        CHECK(body.ends_with("\n"));
        if (type->takesShares) CHECK_UNARY(!type->torch({values(*type), true}).empty());
    }
    for (const optimizers::OptimizerType* type : optimizers::shelf().members()) {
        CAPTURE(type->id);
        const bool hasRule = type->torch != nullptr;
        REQUIRE(hasRule);
        ir::TorchCode code{ir::PythonNames()};
        const std::string made = type->torch(code, values(*type));
        CHECK(made.find("(groups, lr=") != std::string::npos);
        CHECK(made.ends_with(")"));
        CHECK(made.starts_with("torch.optim.") == code.definitions().empty());
    }
    for (const schedules::ScheduleType* type : schedules::shelf().members()) {
        CAPTURE(type->id);
        const bool hasRule = type->torch != nullptr;
        REQUIRE(hasRule);
        ir::TorchCode code{ir::PythonNames()};
        const schedules::TorchSchedule made = type->torch(code, values(*type));
        CHECK(made.factor.find("return ") != std::string::npos);
        CHECK(made.watcher.empty() == (type->observe == nullptr));
        const bool moves = type->momentum != nullptr;
        if (!made.momentum.empty()) CHECK(moves);
    }
    for (const regularizers::RegularizerType* type : regularizers::shelf().members()) {
        CAPTURE(type->id);
        const bool hasRule = type->torch != nullptr;
        REQUIRE(hasRule);
        CHECK(type->torch(values(*type)).find("w.") != std::string::npos);
    }
}

TEST_CASE("a small network reads as it was written by hand") {
    const Exported small =
        exported(chain({{{"id", "conv1"}, {"type", "conv2d"}, {"parameters", {{"filters", 8}, {"activation", "relu"}}}},
                        {{"id", "pool1"}, {"type", "max_pool"}},
                        {{"id", "flat"}, {"type", "flatten"}},
                        {{"id", "gate"}, {"type", "activation"}, {"parameters", {{"activation", "tanh_gate"}}}},
                        {{"id", "drop"}, {"type", "dropout"}, {"parameters", {{"rate", 0.25}}}},
                        {{"id", "out"}, {"type", "dense"}, {"parameters", {{"units", 10}}}}}),
                 {{"x", {28, 28, 1}}});
    REQUIRE_UNARY(small.problems.empty());
    CHECK(exchange::modelText(small.module) ==
          support::contentOf(std::string(PERCEPTORY_SOURCE_DIR) + "/tests/golden/pytorch_model.py"));
}

TEST_CASE("repeated blocks are classes, equal copies one; weights keep the names of the nodes") {
    const auto block = [](int units, int repeat) {
        const Json inside{{{"id", "d"}, {"type", "dense"}, {"inputs", {"in"}}, {"parameters", {{"units", 4}}}},
                          {{"id", "f"}, {"type", "activation"}, {"inputs", {"d"}}}};
        Json json = chain({{{"id", "h1"}, {"type", "dense"}, {"parameters", {{"units", units}}}},
                           {{"id", "out"}, {"type", "dense"}, {"inputs", {"block1"}}}});
        json["blocks"] = {
            {{"id", "block1"}, {"repeat", repeat}, {"inputs", {"h1"}}, {"outputs", {"f"}}, {"nodes", inside}}};
        return exported(json, {{"x", {3}}});
    };
    const Exported even = block(4, 5);
    CHECK(even.holds("class Block1(nn.Module):"));
    CHECK(even.holds("self.block1 = nn.ModuleList([Block1() for _ in range(5)])"));
    CHECK(even.holds("for copy in self.block1:\n            block1 = copy(block1)"));
    CHECK(even.module.paths.at("block1.3.d") == "block1.3.d");
    const Exported widening = block(7, 3);
    CHECK(widening.holds("nn.ModuleList([Block1(), *[Block1_() for _ in range(2)]])"));
    CHECK(widening.holds("nn.Linear(7, 4)"));
}

TEST_CASE("names that Python or PyTorch have taken get another ending") {
    const Exported result =
        exported(chain({{{"id", "class"}, {"type", "dense"}},
                        {{"id", "training"}, {"type", "dense"}},
                        {{"id", "a-b"}, {"type", "dense"}},
                        {{"id", "x"}, {"type", "dense"}},
                        {{"id", "elish"}, {"type", "activation"}, {"parameters", {{"activation", "elish"}}}}}),
                 {{"x", {3}}});
    for (const char* line : {"self.class_ = ", "self.training_ = ", "self.a_b = ", "x_ = self.x_(a_b)",
                             "def elish_(x):", "elish = elish_(x_)"})
        CHECK_MESSAGE(result.holds(line), line);
    CHECK(result.module.paths.at("class") == "class_");
}

TEST_CASE("what PyTorch cannot express is refused by the node's name") {
    const auto unpool = [](const Json& pool, const Json& back) {
        return exported(
            chain(
                {{{"id", "pool"}, {"type", "max_pool"}, {"parameters", pool}},
                 {{"id", "back"}, {"type", "max_unpool"}, {"inputs", {"pool", "pool:indices"}}, {"parameters", back}}}),
            {{"x", {5, 5, 2}}});
    };
    CHECK_UNARY(unpool(Json::object(), {{"output_padding", 1}}).problems.empty());
    const Exported wide = unpool(Json::object(), {{"output_padding", 2}});
    REQUIRE(wide.problems.size() == 1);
    CHECK(wide.problems[0].where == "back");
    CHECK(wide.problems[0].sentence.find("\"back\" (max_unpool)") != std::string::npos);
    CHECK(!wide.problems[0].fix.empty());
    const Exported odd = unpool({{"padding", "same"}}, {{"output_padding", 1}});
    REQUIRE(odd.problems.size() == 1);
    CHECK(odd.problems[0].where == "pool");
}

TEST_CASE("what follows a flatten reads values in PyTorch's order, and outputs are in ours") {
    const std::vector<data::Field> image{{"x", {2, 3, 2}}};
    const Json flatten{{"id", "flat"}, {"type", "flatten"}}, dense{{"id", "out"}, {"type", "dense"}};
    const Exported plain = exported(chain({flatten, dense}), image);
    CHECK(plain.holds("out = self.out(flat)"));
    CHECK(!plain.holds("permute"));
    CHECK(exported(chain({flatten}), image).module.outputs.front().name ==
          "flat.unflatten(1, (2, 2, 3)).permute(0, 2, 3, 1).flatten(1)");
    CHECK(exported(chain({flatten, {{"id", "norm"}, {"type", "batch_norm"}}, dense}), image)
              .holds(".unflatten(1, (2, 3, 2)).permute(0, 3, 1, 2).flatten(1)"));
}

TEST_CASE("an exported folder appears whole or not at all, and never takes the place of other things") {
    const support::Folder folder;
    const std::string path = folder / "out";
    const std::vector<std::string> names{"a", "b"};
    const auto put = [](const std::string& file) { support::writeContent(file, "x"); };
    {
        const exchange::ExportFolder broken(path, names);
        put(broken.file("a"));
    }
    CHECK(!std::filesystem::exists(path));
    {
        exchange::ExportFolder whole(path + "/", names);
        put(whole.file("a"));
        put(whole.file("b"));
        whole.finish();
    }
    CHECK(std::filesystem::exists(path + "/b"));
    {
        exchange::ExportFolder less(path, names);
        put(less.file("a"));
        less.finish();
    }
    CHECK(!std::filesystem::exists(path + "/b"));
    CHECK(folder.entries() == 1);
    put(path + "/thesis.txt");
    CHECK_THROWS_AS(exchange::ExportFolder(path, names), base::Error);
    CHECK_THROWS_AS(exchange::ExportFolder(path + "/a", names), base::Error);
}
