// perceptory-cli export: a trained network for other programs.

#include <iostream>

#include "app/cli/Command.h"
#include "app/cli/Messages.h"
#include "app/cli/OpenRun.h"
#include "app/cli/OutputFile.h"
#include "app/cli/SetOption.h"
#include "engine/exchange/Exporter.h"

namespace perceptory::cli {

namespace {

// Promised for the versions that follow.
const std::vector<std::string> later{"cpp"};

struct Values {
    std::string model, format, output;
    std::vector<std::string> sets;
};

const exchange::ExporterType& exporterOf(const std::string& format) {
    if (const exchange::ExporterType* exporter = exchange::exporters().find(format)) return *exporter;
    std::string known;
    for (const std::string& id : exchange::exporters().ids()) known += (known.empty() ? "" : ", ") + id;
    throw UsageError("--format " + format + ": this version does not write it. Use one of: " + known + ".");
}

base::Json settingsFor(const exchange::ExporterType& exporter, const std::vector<std::string>& sets) {
    base::Json settings = settingsOf(exporter, sets, "the export to " + exporter.id);
    base::Problems problems;
    base::checkParams(exporter, settings, "--set", problems);
    if (base::hasError(problems)) throw UsageError(base::describe(problems.front()));
    return settings;
}

// Every output once, with the classes of what it was trained for.
std::vector<exchange::ExportedOutput> outputsOf(const training::Trainer& trainer) {
    std::vector<exchange::ExportedOutput> outputs;
    for (const training::Head& head : trainer.heads()) {
        const auto same = [&](const exchange::ExportedOutput& other) { return other.node == head.output; };
        if (std::ranges::none_of(outputs, same))
            outputs.push_back({head.output, trainer.dataset().target(head.target).classNames});
    }
    return outputs;
}

exchange::ExportResult write(const exchange::ExporterType& exporter, const exchange::ExportRequest& request) {
    try {
        return exporter.write(request);
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
    const exchange::ExporterType& exporter = exporterOf(values.format);
    const base::Json settings = settingsFor(exporter, values.sets);
    const OpenModel model(values.model);
    insistOnOther("--output", values.output, {values.model, model.path()});
    insistOnPlace(values.output, exporter.folder);
    const base::ParamValues choices(exporter.parameters, settings);
    const bool rows = exporter.wantsRows && exporter.wantsRows(choices);
    const auto dataset = rows ? withRows(model) : model.rowless();
    const auto trainer = model.trainerOn(dataset, globals);
    const exchange::ExportResult result = write(exporter, {trainer->network(), trainer->weights(), dataset->pipeline,
                                                           outputsOf(*trainer), choices, values.output, *trainer});
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
            std::vector<std::string> formats = exchange::exporters().ids();
            std::string known;
            for (const std::string& id : formats) known += (known.empty() ? "" : ", ") + id;
            formats.insert(formats.end(), later.begin(), later.end());
            command.add_option("MODEL", values.model, "A model file, or a project that names its weights")->required();
            command.add_option("--format", values.format, known + "; cpp in a later version")
                ->required()
                ->check(CLI::IsMember(formats));
            command.add_option("--output", values.output, "The file to write, for pytorch the folder")->required();
            command
                .add_option("--set", values.sets,
                            "NAME=VALUE of a setting that `describe exporters FORMAT` tells, such as "
                            "preprocessing=false")
                ->allow_extra_args(false);
        },
        run);
}

}  // namespace perceptory::cli
