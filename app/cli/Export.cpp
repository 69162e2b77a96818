// perceptory-cli export: a trained network for other programs.

#include <algorithm>
#include <cstring>
#include <iostream>

#include "app/cli/Command.h"
#include "app/cli/Npy.h"
#include "app/cli/OpenRun.h"
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
}

void writeSafetensors(const tensor::NamedTensors& tensors, const std::string& path) {
    try {
        exchange::writeSafetensors(tensors, path);
    } catch (const base::Error& error) {
        throw OutputError(error.sentence());
    }
    const tensor::NamedTensors back = exchange::readSafetensors(path);
    const auto isBack = [&](const tensor::NamedTensor& tensor) {
        const auto found = std::ranges::find(back, tensor.name, &tensor::NamedTensor::name);
        return found != back.end() && found->shape == tensor.shape &&
               std::memcmp(found->values.data(), tensor.values.data(), tensor.values.bytes()) == 0;
    };
    if (!std::ranges::all_of(tensors, isBack))
        throw OutputError(path + ": what was written reads back differently. Do not use the file; try another disk.");
}

int run(const Values& values, const Globals& globals) {
    if (values.format != "safetensors" && values.format != "npz")
        throw UsageError("--format " + values.format + ": this version does not write it. Use safetensors or npz.");
    const OpenModel model(values.model);
    const auto trainer = model.trainerOn(model.rowless(), globals);
    const tensor::NamedTensors tensors = network::torchWeights(trainer->network(), trainer->weights());
    if (values.format == "npz")
        writeNpz(tensors, values.output);
    else
        writeSafetensors(tensors, values.output);
    std::cout << values.output << ": " << tensors.size() << " tensors, " << trainer->network().parameterCount()
              << " parameters" << (values.format == "npz" ? "" : "; read back and found equal") << '\n';
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
