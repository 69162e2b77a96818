// perceptory-cli export: a trained network for other programs.

#include <iostream>

#include "app/cli/Command.h"
#include "app/cli/Npy.h"
#include "app/cli/OpenRun.h"
#include "app/cli/OutputFile.h"
#include "app/cli/ReadBack.h"
#include "engine/base/Text.h"
#include "engine/exchange/Safetensors.h"
#include "engine/network/TorchWeights.h"

namespace perceptory::cli {

namespace {

struct Values {
    std::string model, format, output;
};

void writeNpz(const tensor::NamedTensors& tensors, const std::string& path) {
    std::vector<ArchiveEntry> entries;
    for (const tensor::NamedTensor& tensor : tensors)
        entries.push_back({tensor.name + ".npy", npyBytes(tensor.shape, tensor.values.floats())});
    writeOutput(path, zipBytes(entries));
    insistOnSame(tensors, path, readNpz);
}

void writeSafetensors(const tensor::NamedTensors& tensors, const std::string& path) {
    try {
        exchange::writeSafetensors(tensors, path);
    } catch (const base::Error& error) {
        throw OutputError(error.sentence());
    }
    insistOnSame(tensors, path, exchange::readSafetensors);
}

int run(const Values& values, const Globals& globals) {
    if (values.format != "safetensors" && values.format != "npz")
        throw UsageError("--format " + values.format + ": this version does not write it. Use safetensors or npz.");
    const OpenModel model(values.model);
    insistOnOther("--output", values.output, {values.model, model.path()});
    const auto trainer = model.trainerOn(model.rowless(), globals);
    const tensor::NamedTensors tensors = network::torchWeights(trainer->network(), trainer->weights());
    if (values.format == "npz")
        writeNpz(tensors, values.output);
    else
        writeSafetensors(tensors, values.output);
    std::cout << values.output << ": " << base::counted("{0} tensor", "{0} tensors", std::ssize(tensors)) << ", "
              << base::counted("{0} parameter", "{0} parameters", trainer->network().parameterCount())
              << "; read back and found equal\n";
    return exitDone;
}

}  // namespace

void addExport(CommandLine& line) {
    line.add<Values>(
        "export", "Writes a trained network for other programs",
        "export iris.perceptory-model --format safetensors --output iris.safetensors",
        [](CLI::App& command, Values& values) {
            command.add_option("MODEL", values.model, "A model file, or a project that names its weights")->required();
            command
                .add_option("--format", values.format, "safetensors or npz; onnx, pytorch and cpp in a later version")
                ->required()
                ->check(CLI::IsMember({"onnx", "pytorch", "safetensors", "npz", "cpp"}));
            command.add_option("--output", values.output, "The file to write")->required();
        },
        run);
}

}  // namespace perceptory::cli
