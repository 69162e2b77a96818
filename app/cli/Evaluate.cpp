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
    std::string model, split;
    std::vector<std::string> data;
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

// Those the head tells apart; a class that its loss ignores may have no output.
std::vector<std::string> classesOf(const training::Head& head, const data::Dataset& dataset) {
    std::vector<std::string> names = dataset.target(head.target).classNames;
    names.resize(static_cast<std::size_t>(head.reading.classes));
    return names;
}

void addClasses(Json& json, const training::HeadEvaluation& evaluation, const std::vector<std::string>& names) {
    json["classes"] = names.empty() ? Json() : Json(names);
    json["confusion"] = names.empty() ? Json() : Json(evaluation.confusion);
}

Json toJson(const Result& result, const training::Trainer& trainer) {
    const std::vector<training::Head>& heads = trainer.heads();
    const training::Evaluation& evaluation = result.evaluation;
    Json json{{"split", result.split},
              {"samples", evaluation.samples},
              {"loss", evaluation.loss},
              {"penalty", result.penalty},
              {"metrics", evaluation.metrics}};
    addClasses(json, evaluation.heads.front(), classesOf(heads.front(), trainer.dataset()));
    for (std::size_t h = 0; heads.size() > 1 && h < heads.size(); ++h) {
        const training::HeadEvaluation& part = evaluation.heads[h];
        Json output{{"loss", part.loss}, {"weight", heads[h].weight}, {"metrics", part.metrics}};
        addClasses(output, part, classesOf(heads[h], trainer.dataset()));
        json["outputs"][heads[h].name] = std::move(output);
    }
    return json;
}

void printConfusion(const training::HeadEvaluation& evaluation, const std::vector<std::string>& names,
                    const std::string& of) {
    std::size_t width = 6;
    for (const std::string& name : names) width = std::max(width, name.size());
    const auto cell = [width](const std::string& text) { return std::string(width + 2 - text.size(), ' ') + text; };
    std::cout << "confusion" << of << " (rows true, columns predicted):\n" << cell("");
    for (const std::string& name : names) std::cout << cell(name);
    std::cout << '\n';
    for (std::size_t actual = 0; actual < names.size(); ++actual) {
        std::cout << cell(names[actual]);
        for (const std::int64_t count : evaluation.confusion[actual]) std::cout << cell(std::to_string(count));
        std::cout << '\n';
    }
}

void print(const Result& result, const training::Trainer& trainer) {
    const std::vector<training::Head>& heads = trainer.heads();
    std::cout << "split: " << result.split << "\nsamples: " << result.evaluation.samples
              << "\nloss: " << roundedText(result.evaluation.loss, 6) << "\npenalty: " << roundedText(result.penalty, 6)
              << '\n';
    for (const auto& [id, value] : result.evaluation.metrics) std::cout << id << ": " << roundedText(value, 6) << '\n';
    for (std::size_t h = 0; h < heads.size(); ++h)
        if (heads[h].reading.classes)
            printConfusion(result.evaluation.heads[h], classesOf(heads[h], trainer.dataset()),
                           heads.size() > 1 ? " of " + heads[h].name : "");
}

int run(const Values& values, const Globals& globals) {
    OpenModel model(values.model);
    const auto dataset = model.load(values.data);
    if (!values.data.empty())  // what was left out of the new data
        for (const std::string& note : dataset->notes) say(note);
    model.measureAll(*dataset);
    const auto trainer = model.trainerOn(dataset, globals);
    const std::string split = splitFor(values, *dataset);
    const std::vector<std::uint32_t> rows = rowsOf(*dataset, split);
    if (rows.empty())
        throw base::Error(model.path() + ": the part \"" + split + "\" has no rows. Choose another with --split.");
    Result result{split, trainer->evaluate(rows), trainer->penalty()};
    result.penalty += result.evaluation.activityPenalty;
    if (values.json)
        std::cout << toJson(result, *trainer).dump() << '\n';
    else
        print(result, *trainer);
    return exitDone;
}

}  // namespace

void addEvaluate(CommandLine& line) {
    line.add<Values>(
        "evaluate", "Tells loss, metrics and confusion matrix of a trained network",
        "evaluate iris.perceptory-model --split test",
        [](CLI::App& command, Values& values) {
            command.add_option("MODEL", values.model, "A model file, or a project that names its weights")->required();
            command
                .add_option("--data", values.data,
                            "Other data: a file, or the id of a bundled set; NAME=FILE for each input and target")
                ->allow_extra_args(false);
            command.add_option("--split", values.split, "Default: test, else validation, else all; all of --data")
                ->check(CLI::IsMember({"train", "validation", "test", "all"}));
            command.add_flag("--json", values.json, "One JSON object");
        },
        run);
}

}  // namespace perceptory::cli
