#include "engine/project/NetworkFit.h"

#include <algorithm>

#include "engine/training/RunCheck.h"

namespace perceptory::project {

using base::Json;

namespace {

// Rows of a column that hold none of its words: each may hold a word of its own that another split would know.
std::int64_t unknownRows(const data::Dataset& dataset, std::size_t column) {
    std::vector<float> scratch;
    std::int64_t count = 0;
    for (std::size_t row = 0; row < dataset.count; ++row) count += dataset.rawRow(row, scratch)[column] < 0;
    return count;
}

std::int64_t entriesOf(const data::Dataset& dataset, const data::Field& field) {
    if (const auto& tokens = dataset.pipeline.tokens(); tokens && field.name == "x")
        return dataset.pipeline.steps().empty() ? static_cast<std::int64_t>(tokens->entries()) : 0;
    if (field.size() != 1 || dataset.words.empty()) return 0;
    // A column that is no field of its own gives other inputs: one for each word.
    const std::vector<std::string>& names = dataset.rawNames;
    const auto column = static_cast<std::size_t>(std::ranges::find(names, field.name) - names.begin());
    if (column == names.size() || dataset.words[column].empty() ||
        std::ranges::count(dataset.featureNames, field.name) == 0)
        return 0;
    return 1 + std::ssize(dataset.words[column]) + unknownRows(dataset, column);
}

// Masks may have an axis of one channel.
tensor::Shape withoutOnes(tensor::Shape shape, std::size_t axes) {
    for (auto one = std::ranges::find(shape, 1); shape.size() > axes && one != shape.end();
         one = std::ranges::find(shape, 1))
        shape.erase(one);
    return shape;
}

// The places of a field: {H, W} of an image, {T} of a sequence. Words in a row have steps as well.
tensor::Shape placesOf(const InputField& input) {
    tensor::Shape places = input.field.shape;
    if (places.size() > 1) places.pop_back();
    return places;
}

bool hasUnits(const InputField& input, const data::Target& target) {
    const tensor::Shape places = placesOf(input), &wanted = target.targetShape;
    if (places.size() > 2 || wanted.empty()) return false;
    if (target.task == data::Task::Classification) return withoutOnes(wanted, places.size()) == places;
    return wanted == places ||
           (wanted.size() == places.size() + 1 && std::equal(places.begin(), places.end(), wanted.begin()));
}

Json* nodesOf(Json& project) {
    if (!project.contains("network") || !project["network"].is_object()) return nullptr;
    Json& network = project["network"];
    return network.contains("nodes") && network["nodes"].is_array() ? &network["nodes"] : nullptr;
}

std::int64_t entriesFor(const std::vector<InputField>& inputs, const network::NodeSpec* node) {
    if (!node || node->type != "input") return 0;
    const auto found = std::ranges::find(inputs, node->field, [](const InputField& input) { return input.field.name; });
    return found == inputs.end() ? 0 : found->entries;
}

// Whether numbers of words reach no layer that calculates with them.
bool looksWordsUp(const network::NetworkCheck& network, const std::vector<InputField>& inputs) {
    std::vector<bool> words(network.nodes.size());  // that a node puts out
    for (std::size_t i = 0; i < words.size(); ++i) {
        const network::NodeCheck& node = network.nodes[i];
        const bool reads = std::ranges::any_of(node.inputs, [&](std::size_t input) { return words[input]; });
        const bool handsOn = node.type->passes || node.spec.bypass;
        if (reads && !handsOn && !node.type->rows) return false;
        words[i] = node.inputs.empty() ? entriesFor(inputs, &node.spec) > 0 : reads && handsOn;
    }
    return true;
}

}  // namespace

std::vector<InputField> inputFieldsOf(const data::Dataset& dataset) {
    std::vector<InputField> inputs;
    for (const data::Field& field : dataset.inputFields()) inputs.push_back({field, entriesOf(dataset, field)});
    return inputs;
}

int fieldOfUnits(const data::Dataset& dataset, const data::Target& target) {
    const std::vector<data::Field> fields = dataset.inputFields();
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (hasUnits({fields[i]}, target)) return static_cast<int>(i);
    return -1;
}

std::int64_t outputsFor(const data::Dataset& dataset, const data::Target& target) {
    if (target.task == data::Task::Classification) return std::max<std::int64_t>(2, std::ssize(target.classNames));
    const int field = fieldOfUnits(dataset, target);
    if (field < 0) return std::max<std::int64_t>(1, std::ssize(target.targetNames));
    const std::size_t axes = placesOf({dataset.inputFields()[static_cast<std::size_t>(field)]}).size();
    return target.targetShape.size() > axes ? target.targetShape.back() : 1;
}

void raiseEntries(Json& project, const data::Dataset& dataset) {
    base::Problems ignored;
    Json* nodes = nodesOf(project);
    if (!nodes) return;
    const std::vector<InputField> inputs = inputFieldsOf(dataset);
    const auto spec = network::NetworkSpec::fromJson(project["network"], ignored);
    for (Json& node : *nodes) {
        const network::NodeSpec* own = node.is_object() ? spec.find(node.value("id", "")) : nullptr;
        if (!own || own->type != "embedding" || own->inputs.size() != 1 || !own->parameters.is_object()) continue;
        const std::int64_t needed = entriesFor(inputs, spec.find(own->inputs.front()));
        const Json now = own->parameters.value("entries", Json(0));
        if (needed > 0 && (!now.is_number_integer() || now.get<std::int64_t>() < needed))
            node["parameters"]["entries"] = needed;
    }
}

bool takesData(const Json& project, const data::Dataset& dataset) {
    base::Problems problems;
    const auto run = training::RunSpec::fromJson(project, problems);
    const bool isRead = std::ranges::none_of(problems, [](const base::Problem& problem) {
        return problem.severity == base::Severity::Error && problem.where.starts_with("network");
    });
    if (!isRead) return false;
    const training::RunCheck check = training::checkFit(run, dataset);
    const auto looksUp = [](const network::NodeCheck& node) { return node.type->rows && !node.spec.bypass; };
    if (dataset.count == 0 && std::ranges::any_of(check.network.nodes, looksUp)) return false;
    return check.ok() && looksWordsUp(check.network, inputFieldsOf(dataset));
}

}  // namespace perceptory::project
