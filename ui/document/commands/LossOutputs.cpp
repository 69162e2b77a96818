#include "ui/document/commands/LossOutputs.h"

#include <algorithm>

#include "ui/document/commands/GraphJson.h"

namespace perceptory::document {

using base::Json;

namespace {

using List = Json::array_t;

const List* listIn(const Json& project, const char* key) {
    if (!project.is_object() || !project.contains("training") || !project["training"].is_object()) return nullptr;
    const Json& training = project["training"];
    return training.contains(key) ? training[key].get_ptr<const List*>() : nullptr;
}

List* listIn(Json& project, const char* key) { return const_cast<List*>(listIn(std::as_const(project), key)); }

// One loss may look at one output for one target only once.
bool isSame(const Json& a, const Json& b) {
    return std::ranges::all_of(std::initializer_list<const char*>{"output", "target", "type"},
                               [&](const char* key) { return textOf(a, key) == textOf(b, key); });
}

bool isOutputOf(const Json& loss, const std::string& node) { return textOf(loss, "output") == node; }

// "out.loss", "out.accuracy". Ids may hold points themselves, so the longest that fits is meant.
bool watches(const std::string& monitor, const std::string& node, const std::vector<std::string>& outputs) {
    if (!monitor.starts_with(node + ".")) return false;
    return std::ranges::none_of(outputs, [&](const std::string& other) {
        return other.size() > node.size() && monitor.starts_with(other + ".");
    });
}

void moveRules(Json& project, const std::string& from, const std::string& to) {
    List* rules = listIn(project, "stopping");
    if (!rules) return;
    const std::vector<std::string> outputs = outputsOfLosses(project);
    for (Json& rule : *rules) {
        if (!rule.is_object() || !rule.contains("parameters")) continue;
        const std::string monitor = textOf(rule["parameters"], "monitor");
        if (watches(monitor, from, outputs)) rule["parameters"]["monitor"] = to + monitor.substr(from.size());
    }
}

}  // namespace

std::vector<std::string> outputsOfLosses(const Json& project) {
    std::vector<std::string> outputs;
    if (const List* losses = listIn(project, "losses"))
        for (const Json& loss : *losses)
            if (const std::string output = textOf(loss, "output");
                !output.empty() && std::ranges::count(outputs, output) == 0)
                outputs.push_back(output);
    return outputs;
}

void moveLosses(Json& project, const std::string& from, const std::string& to) {
    List* losses = listIn(project, "losses");
    if (!losses || std::ranges::none_of(*losses, [&](const Json& loss) { return isOutputOf(loss, from); })) return;
    moveRules(project, from, to);
    List moved;
    for (Json& loss : *losses) {
        if (isOutputOf(loss, from)) {
            loss["output"] = to;
            const auto equals = [&](const Json& other) { return &other != &loss && isSame(other, loss); };
            if (std::ranges::any_of(*losses, equals)) continue;
        }
        moved.push_back(loss);
    }
    *losses = std::move(moved);
}

void dropLosses(Json& project, const std::function<bool(const std::string&)>& isGone) {
    List* losses = listIn(project, "losses");
    if (!losses) return;
    List kept;
    Json last;
    for (const Json& loss : *losses) {
        if (isGone(textOf(loss, "output")))
            last = loss;
        else
            kept.push_back(loss);
    }
    if (kept.size() == losses->size()) return;
    if (!kept.empty()) {
        *losses = std::move(kept);
        return;
    }
    Json& training = project["training"];
    training.erase("losses");
    if (training.contains("loss")) return;
    for (const char* key : {"output", "target", "weight"}) last.erase(key);
    training["loss"] = last;
}

}  // namespace perceptory::document
