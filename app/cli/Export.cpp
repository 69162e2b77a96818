// perceptory-cli export: a trained network for other programs.

#include <iostream>

#include "app/cli/Command.h"
#include "app/cli/Messages.h"
#include "app/cli/OpenRun.h"
#include "app/cli/OutputFile.h"
#include "app/cli/SetOption.h"
#include "engine/exchange/TrainedExport.h"

namespace perceptory::cli {

namespace {

struct Values {
    std::string model, format, output;
    std::vector<std::string> sets;
};

base::Json settingsFor(const exchange::ExporterType& exporter, const std::vector<std::string>& sets) {
    base::Json settings = settingsOf(exporter, sets, "the export to " + exporter.id);
    base::Problems problems;
    base::checkParams(exporter, settings, "--set", problems);
    if (base::hasError(problems)) throw UsageError(base::describe(problems.front()));
    return settings;
}

exchange::ExportResult write(const exchange::ExporterType& exporter, training::Trainer& trainer,
                             const base::ParamValues& choices, const std::string& path,
                             const exchange::RunStory& story) {
    try {
        return exchange::exportTrained(exporter, trainer, choices, path, story);
    } catch (const base::Error& error) {
        throw OutputError(error.sentence());
    }
}

// The data of the model with its rows, which may be gone by now.
std::shared_ptr<const data::Dataset> withRows(const OpenModel& model) {
    try {
        return model.load();
    } catch (const Refused&) {
        say("Without the rows of the data: --set data=never.");
        throw;
    }
}

int run(const Values& values, const Globals& globals) {
    const exchange::ExporterType& exporter = exchange::exporters().get(values.format, "--format");
    const base::Json settings = settingsFor(exporter, values.sets);
    const OpenModel model(values.model);
    insistOnOther("--output", values.output, {values.model, model.path()});
    insistOnPlace(values.output, exporter.folder);
    const base::ParamValues choices(exporter.parameters, settings);
    const auto dataset = exchange::wantsRows(exporter, choices) ? withRows(model) : model.rowless();
    const auto trainer = model.trainerOn(dataset, globals);
    const exchange::ExportResult result =
        write(exporter, *trainer, choices, values.output, {model.model().project, model.model().history});
    insistOnSound(result.problems, values.model);
    std::cout << values.output << ": " << result.checked << '\n';
    return exitDone;
}

}  // namespace

void addExport(CommandLine& line) {
    line.add<Values>(
        "export", "Writes a trained network for other programs",
        "export iris.perceptory-model --format onnx --output iris.onnx",
        [](CLI::App& command, Values& values) {
            const std::vector<std::string> formats = exchange::exporters().ids();
            std::string known;
            for (const std::string& id : formats) known += (known.empty() ? "" : ", ") + id;
            command.add_option("MODEL", values.model, "A model file, or a project that names its weights")->required();
            command.add_option("--format", values.format, known)->required()->check(CLI::IsMember(formats));
            command.add_option("--output", values.output, "The file to write, for pytorch and cpp the folder")
                ->required();
            command
                .add_option("--set", values.sets,
                            "NAME=VALUE of a setting that `describe exporters FORMAT` tells, such as "
                            "preprocessing=false")
                ->allow_extra_args(false);
        },
        run);
}

}  // namespace perceptory::cli
