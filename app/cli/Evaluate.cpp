// perceptory-cli evaluate: loss, metrics and the confusion matrix of a trained network on a part of the data.

#include <algorithm>
#include <iostream>

#include "app/cli/Command.h"
#include "app/cli/Messages.h"
#include "app/cli/Numbers.h"
#include "app/cli/OpenRun.h"

namespace perceptory::cli {

using base::Json;

namespace {

struct Values {
    std::string model, data, split;
    bool json = false;
};

// Test, else validation, else all; data that was not there in training has no parts.
std::string splitFor(const Values& values, const data::Dataset& dataset) {
    if (!values.split.empty()) return values.split;
    if (!values.data.empty()) return "all";
    if (!dataset.parts.test.empty()) return "test";
    return dataset.parts.validation.empty() ? "all" : "validation";
}

struct Result {
    std::string split;
    training::Evaluation evaluation;
    double penalty = 0;
};

Json toJson(const Result& result, const data::Dataset& dataset) {
    const bool classes = !dataset.classNames.empty();
    return {{"split", result.split},
            {"samples", result.evaluation.samples},
            {"loss", result.evaluation.loss},
            {"penalty", result.penalty},
            {"metrics", result.evaluation.metrics},
            {"classes", classes ? Json(dataset.classNames) : Json()},
            {"confusion", classes ? Json(result.evaluation.confusion) : Json()}};
}

void printConfusion(const training::Evaluation& evaluation, const std::vector<std::string>& names) {
    std::size_t width = 6;
    for (const std::string& name : names) width = std::max(width, name.size());
    const auto cell = [width](const std::string& text) { return std::string(width + 2 - text.size(), ' ') + text; };
    std::cout << "confusion (rows true, columns predicted):\n" << cell("");
    for (const std::string& name : names) std::cout << cell(name);
    std::cout << '\n';
    for (std::size_t actual = 0; actual < names.size(); ++actual) {
        std::cout << cell(names[actual]);
        for (const std::int64_t count : evaluation.confusion[actual]) std::cout << cell(std::to_string(count));
        std::cout << '\n';
    }
}

void print(const Result& result, const data::Dataset& dataset) {
    std::cout << "split: " << result.split << "\nsamples: " << result.evaluation.samples
              << "\nloss: " << roundedText(result.evaluation.loss, 6) << "\npenalty: " << roundedText(result.penalty, 6)
              << '\n';
    for (const auto& [id, value] : result.evaluation.metrics) std::cout << id << ": " << roundedText(value, 6) << '\n';
    if (!dataset.classNames.empty()) printConfusion(result.evaluation, dataset.classNames);
}

int run(const Values& values, const Globals& globals) {
    const OpenModel model(values.model);
    const auto dataset = model.load(values.data);
    const auto trainer = model.trainerOn(dataset, globals);
    const std::string split = splitFor(values, *dataset);
    const std::vector<std::uint32_t> rows = rowsOf(*dataset, split);
    if (rows.empty())
        throw base::Error(model.path() + ": the part \"" + split + "\" has no rows. Choose another with --split.");
    const Result result{split, trainer->evaluate(rows), trainer->penalty()};
    if (values.json)
        std::cout << toJson(result, *dataset).dump() << '\n';
    else
        print(result, *dataset);
    return exitDone;
}

}  // namespace

void addEvaluate(CommandLine& line) {
    line.add<Values>(
        "evaluate", "Tells loss, metrics and confusion matrix of a trained network",
        "evaluate iris.perceptory-model --split test",
        [](CLI::App& command, Values& values) {
            command.add_option("MODEL", values.model, "A model file, or a project that names its weights")->required();
            command.add_option("--data", values.data, "Other data: a file, or the id of a bundled set");
            command.add_option("--split", values.split, "Default: test, else validation, else all; all of --data")
                ->check(CLI::IsMember({"train", "validation", "test", "all"}));
            command.add_flag("--json", values.json, "One JSON object");
        },
        run);
}

}  // namespace perceptory::cli
