// perceptory-cli predict: the outputs of a trained network for the rows of a file.

#include <algorithm>
#include <iostream>

#include "app/cli/Command.h"
#include "app/cli/Messages.h"
#include "app/cli/Numbers.h"
#include "app/cli/OpenRun.h"
#include "app/cli/OutputFile.h"
#include "engine/base/CsvCell.h"
#include "engine/exchange/Numpy.h"

namespace perceptory::cli {

namespace {

struct Values {
    std::string model, output;
    std::vector<std::string> inputs;
};

// What one output of the network says to so many rows.
struct Prediction {
    const training::Head* head = nullptr;
    std::vector<std::string> classes;  // of the units; empty: numbers
    std::size_t count = 0;
    std::vector<float> values;  // [count][reading.width()]
};

std::vector<Prediction> predict(training::Trainer& trainer, const data::NewRows& rows) {
    const std::vector<float> inputs = trainer.dataset().pipeline.apply(rows.raw, rows.count);
    std::vector<Prediction> predictions;
    for (const training::Head& head : trainer.heads()) {
        const auto same = [&](const Prediction& other) { return other.head->output == head.output; };
        if (std::ranges::any_of(predictions, same)) continue;
        Prediction prediction{&head, trainer.dataset().target(head.target).classNames, rows.count, {}};
        prediction.classes.resize(static_cast<std::size_t>(head.reading.classes));
        prediction.values = trainer.forward().outputs(inputs, static_cast<std::int64_t>(rows.count), head.output);
        predictions.push_back(std::move(prediction));
    }
    return predictions;
}

// Titles of an output's columns, each behind a comma. `prefix` tells several outputs apart. Where a row has several
// units, each has its label and no probabilities.
std::string titles(const Prediction& prediction, const std::string& prefix) {
    const auto width = static_cast<std::size_t>(prediction.head->reading.width());
    const auto units = static_cast<std::size_t>(prediction.head->reading.units());
    std::string line;
    for (std::size_t k = 0; k < width; ++k) line += "," + base::csvCell(prefix + "output_" + std::to_string(k));
    if (prediction.classes.empty()) return line;
    if (units > 1) {
        for (std::size_t unit = 0; unit < units; ++unit)
            line += "," + base::csvCell(prefix + "label_" + std::to_string(unit));
        return line;
    }
    for (const std::string& name : prediction.classes) line += "," + base::csvCell(prefix + "p_" + name);
    return line + "," + base::csvCell(prefix + "label");
}

std::string cells(const Prediction& prediction, std::size_t row) {
    const training::OutputReading& reading = prediction.head->reading;
    const auto width = static_cast<std::size_t>(reading.width());
    const float* output = prediction.values.data() + row * width;
    std::string text;
    for (std::size_t k = 0; k < width; ++k) text += "," + numberText(output[k]);
    if (prediction.classes.empty()) return text;
    if (reading.units() == 1) {
        std::vector<float> shares(prediction.classes.size());
        reading.probabilities(output, shares.data());
        for (const float share : shares) text += "," + numberText(share);
    }
    for (std::size_t first = 0; first < width; first += static_cast<std::size_t>(reading.outputs))
        text += "," + base::csvCell(prediction.classes[static_cast<std::size_t>(reading.classOf(output + first))]);
    return text;
}

std::string table(const std::vector<Prediction>& predictions) {
    const auto prefix = [&](const Prediction& prediction) {
        return predictions.size() > 1 ? prediction.head->output + "." : "";
    };
    std::string line;
    for (const Prediction& prediction : predictions) line += titles(prediction, prefix(prediction));
    std::string text = line.substr(1) + "\n";
    for (std::size_t row = 0; row < predictions.front().count; ++row) {
        line.clear();
        for (const Prediction& prediction : predictions) line += cells(prediction, row);
        text += line.substr(1) + "\n";
    }
    return text;
}

// [N, K], sequences [N, T, K], images [N, C, H, W].
std::string arrayOf(const Prediction& prediction) {
    const training::OutputReading& reading = prediction.head->reading;
    std::vector<std::int64_t> shape{static_cast<std::int64_t>(prediction.count)};
    shape.insert(shape.end(), reading.unitShape.begin(), reading.unitShape.end());
    shape.push_back(reading.outputs);
    if (shape.size() != 4) return exchange::npyBytes(shape, prediction.values);
    const std::int64_t pixels = shape[1] * shape[2], channels = shape[3];
    std::vector<float> planes(prediction.values.size());
    for (std::int64_t n = 0; n < shape[0]; ++n)
        for (std::int64_t p = 0; p < pixels; ++p)
            for (std::int64_t c = 0; c < channels; ++c)
                planes[static_cast<std::size_t>((n * channels + c) * pixels + p)] =
                    prediction.values[static_cast<std::size_t>((n * pixels + p) * channels + c)];
    return exchange::npyBytes({shape[0], channels, shape[1], shape[2]}, planes);
}

// NAME.csv, or one file for each output: NAME.npy, or NAME.OUTPUT.npy where there are several.
std::vector<std::string> outputFiles(const std::vector<Prediction>& predictions, const std::string& path) {
    if (!path.ends_with(".npy") || predictions.size() == 1) return {path};
    std::vector<std::string> names;
    for (const Prediction& prediction : predictions)
        names.push_back(path.substr(0, path.size() - 3) + prediction.head->output + ".npy");
    return names;
}

void writeArrays(const std::vector<Prediction>& predictions, const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < predictions.size(); ++i) {
        writeOutput(names[i], arrayOf(predictions[i]));
        if (predictions.size() > 1) say(names[i]);
    }
}

int run(const Values& values, const Globals& globals) {
    const OpenModel model(values.model);
    const auto dataset = model.rowless();
    const data::NewRows rows = model.newRows(values.inputs, dataset->pipeline);
    const auto trainer = model.trainerOn(dataset, globals);
    const std::vector<Prediction> predictions = predict(*trainer, rows);
    std::vector<std::string> read{values.model, model.path()};
    for (const std::string& argument : values.inputs) read.push_back(fileOf(argument));
    const std::vector<std::string> names = outputFiles(predictions, values.output);
    for (const std::string& name : names) insistOnOther("--output", name, read);
    if (values.output.ends_with(".npy"))
        writeArrays(predictions, names);
    else if (values.output.empty())
        std::cout << table(predictions);
    else
        writeOutput(values.output, table(predictions));
    return exitDone;
}

}  // namespace

void addPredict(CommandLine& line) {
    line.add<Values>(
        "predict", "Writes outputs, probabilities and labels for the rows of a file",
        "predict iris.perceptory-model --input flowers.csv --output labels.csv",
        [](CLI::App& command, Values& values) {
            command.add_option("MODEL", values.model, "A model file, or a project that names its weights")->required();
            command
                .add_option("--input", values.inputs,
                            "Rows to predict; a target column is ignored. NAME=FILE for each of several inputs")
                ->required()
                ->allow_extra_args(false);
            command.add_option("--output", values.output, "FILE.csv, or FILE.npy for the raw outputs; default: stdout")
                ->check([](const std::string& path) {
                    const bool known = path.ends_with(".csv") || path.ends_with(".npy");
                    return known ? std::string() : "the name must end in .csv or .npy";
                });
        },
        run);
}

}  // namespace perceptory::cli
