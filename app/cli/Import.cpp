// perceptory-cli import: for models of other programs, once this version's successors can read them.

#include "app/cli/Command.h"
#include "app/cli/OutputFile.h"
#include "engine/base/FileKind.h"
#include "engine/base/RegularFile.h"

namespace perceptory::cli {

namespace {

struct Values {
    std::string file, output;
};

int run(const Values& values, const Globals&) {
    insistOnOther("--output", values.output, {values.file});
    const std::string kind = base::foreignKind(base::RegularFile(values.file).head(4096));
    throw UsageError(values.file + ": " + (kind.empty() ? "" : "this is " + kind + ". ") +
                     "This version imports no models of other programs. Take over weights with `train PROJECT "
                     "--initial W.safetensors`.");
}

}  // namespace

void addImport(CommandLine& line) {
    line.add<Values>(
        "import", "Makes a project from a model of another program (not in this version)",
        "import model.onnx --output model.perceptory",
        [](CLI::App& command, Values& values) {
            command.add_option("FILE", values.file, "The model")->required();
            command.add_option("--output", values.output, "The project to write");
        },
        run);
}

}  // namespace perceptory::cli
