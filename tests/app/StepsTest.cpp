// Twenty steps of all kinds of layers from PyTorch's first weights end where PyTorch's do (tests/golden/steps.py).
#include <doctest/doctest.h>

#include <algorithm>

#include "engine/exchange/Safetensors.h"
#include "tests/app/GoldenWeights.h"

using namespace perceptory;
using base::Json;

namespace {

const std::string golden = PERCEPTORY_SOURCE_DIR "/tests/golden/steps.json";

std::string tableOf(const Json& rows, const Json& labels) {
    std::string text;
    for (std::size_t column = 0; column < rows[0].size(); ++column) text += "x" + std::to_string(column) + ",";
    text += "class\n";
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (const Json& value : rows[row]) text += value.dump() + ",";
        text += labels[row].dump() + "\n";
    }
    return text;
}

Json projectOf(const Json& steps, const std::string& table) {
    Json project = test::irisProject();
    Json nodes = Json::array({{{"id", "in"}, {"type", "input"}}});
    nodes.insert(nodes.end(), steps["nodes"].begin(), steps["nodes"].end());
    project["network"]["nodes"] = nodes;
    project["data"]["path"] = table;
    project["data"]["split"] = {{"mode", "ordered"}, {"train", 1}, {"test", 0}};
    project["data"].erase("preprocessing");
    project["training"]["optimizer"] = steps["optimizer"];
    project["training"]["shuffle"] = false;
    return project;
}

void writeFirst(const Json& weights, const std::string& path) {
    tensor::NamedTensors tensors;
    for (const auto& [name, tensor] : weights.items()) {
        tensor::Buffer values(std::ssize(tensor["values"]));
        for (std::int64_t i = 0; i < values.size(); ++i)
            values.set(i, tensor["values"][static_cast<std::size_t>(i)].get<double>());
        tensors.push_back({name, tensor["shape"].get<tensor::Shape>(), std::move(values)});
    }
    exchange::writeSafetensors(tensors, path);
}

void compare(const Json& all, const std::string& id) {
    CAPTURE(id);
    const support::Folder folder;
    const Json& steps = all[id];
    const bool texts = steps["nodes"][0]["type"] == "embedding";
    support::writeContent(folder / "rows.csv", tableOf(all[texts ? "words" : "rows"], all["labels"]));
    writeFirst(steps["first"], folder / "first.safetensors");
    const Json project = projectOf(steps, folder / "rows.csv");
    const tensor::NamedTensors tensors = test::weightsAfter(project, 20, folder / "first.safetensors");
    REQUIRE(tensors.size() == steps["after"].size());
    for (const tensor::NamedTensor& tensor : tensors) {
        CAPTURE(tensor.name);
        REQUIRE(steps["after"].contains(tensor.name));
        CHECK(tensor.shape == steps["first"][tensor.name]["shape"].get<tensor::Shape>());
        if (std::ranges::count(steps["left_out"], Json(tensor.name)) == 0)
            CHECK(test::distance(tensor, steps["after"][tensor.name]) <= 1e-4);
    }
}

}  // namespace

TEST_CASE("twenty steps of convolutions, norms, recurrent layers and attention end in PyTorch's weights") {
    const Json all = base::parseJson(support::contentOf(golden), "steps.json");
    for (const auto& [id, steps] : all.items())
        if (steps.is_object()) compare(all, id);
}
