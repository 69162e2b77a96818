// perceptory-cli predict: the outputs of a trained network for the rows of a file.

#include <iostream>

#include "app/cli/Command.h"
#include "app/cli/Messages.h"
#include "app/cli/Npy.h"
#include "app/cli/Numbers.h"
#include "app/cli/OpenRun.h"
#include "engine/data/DatasetLoader.h"

namespace perceptory::cli {

namespace {

struct Values {
    std::string model, input, output;
};

// What the network says to so many rows.
struct Prediction {
    std::size_t count = 0;
    std::size_t width = 0;
    std::vector<float> outputs;  // [count][width]
};

Prediction predict(training::Trainer& trainer, const data::NewRows& rows) {
    const std::vector<float> inputs = trainer.dataset().pipeline.apply(rows.raw, rows.count);
    const auto width = static_cast<std::size_t>(trainer.reading().outputs);
    return {rows.count, width, trainer.forward().outputs(inputs, static_cast<std::int64_t>(rows.count))};
}

std::string header(const Prediction& prediction, const std::vector<std::string>& classes) {
    std::string line;
    for (std::size_t k = 0; k < prediction.width; ++k) line += (k ? ",output_" : "output_") + std::to_string(k);
    for (const std::string& name : classes) line += "," + csvCell("p_" + name);
    return line + (classes.empty() ? "\n" : ",label\n");
}

std::string table(const Prediction& prediction, const training::Trainer& trainer) {
    const std::vector<std::string>& classes = trainer.dataset().classNames;
    std::string text = header(prediction, classes);
    std::vector<float> shares(classes.size());
    for (std::size_t row = 0; row < prediction.count; ++row) {
        const float* output = prediction.outputs.data() + row * prediction.width;
        for (std::size_t k = 0; k < prediction.width; ++k) text += (k ? "," : "") + numberText(output[k]);
        if (!classes.empty()) {
            trainer.reading().probabilities(output, shares.data());
            for (const float share : shares) text += "," + numberText(share);
            text += "," + csvCell(classes[static_cast<std::size_t>(trainer.reading().classOf(output))]);
        }
        text += '\n';
    }
    return text;
}

int run(const Values& values, const Globals& globals) {
    const OpenModel model(values.model);
    const auto dataset = model.rowless();
    base::Problems problems;
    const auto rows = data::readRows(values.input, model.spec().data.reader, dataset->pipeline, problems);
    insistOnSound(problems, values.input);
    for (const std::string& note : rows->notes) say(note);
    const auto trainer = model.trainerOn(dataset, globals);
    const Prediction prediction = predict(*trainer, *rows);
    if (values.output.ends_with(".npy"))
        writeOutput(values.output,
                    npyBytes({static_cast<std::int64_t>(prediction.count), static_cast<std::int64_t>(prediction.width)},
                             prediction.outputs));
    else if (values.output.empty())
        std::cout << table(prediction, *trainer);
    else
        writeOutput(values.output, table(prediction, *trainer));
    return exitDone;
}

}  // namespace

void addPredict(CommandLine& line) {
    line.add<Values>(
        "predict", "Writes outputs, probabilities and labels for the rows of a file",
        "predict iris.perceptory-model --input flowers.csv --output labels.csv",
        [](CLI::App& command, Values& values) {
            command.add_option("MODEL", values.model, "A model file, or a project that names its weights")->required();
            command.add_option("--input", values.input, "Rows to predict; a target column is ignored")->required();
            command.add_option("--output", values.output, "FILE.csv, or FILE.npy for the raw outputs; default: stdout")
                ->check([](const std::string& path) {
                    const bool known = path.ends_with(".csv") || path.ends_with(".npy");
                    return known ? std::string() : "the name must end in .csv or .npy";
                });
        },
        run);
}

}  // namespace perceptory::cli
