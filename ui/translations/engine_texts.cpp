// engine_texts SOURCE_FOLDER: writes what the engine and the examples say as C++ that lupdate reads: the words of the
// shelves from their tables, the patterns of sentence(), Pattern<0>() and counted() from the source, the titles of the
// examples.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <regex>
#include <sstream>

#include "engine/activations/Activation.h"
#include "engine/base/Json.h"
#include "engine/data/augmentation/Augmentation.h"
#include "engine/data/bundled/BundledSet.h"
#include "engine/data/features/Feature.h"
#include "engine/data/generators/Generator.h"
#include "engine/data/preprocessing/Preprocessing.h"
#include "engine/data/readers/Reader.h"
#include "engine/initializers/Initializer.h"
#include "engine/layers/Layer.h"
#include "engine/losses/Loss.h"
#include "engine/metrics/Metric.h"
#include "engine/network/NodeParams.h"
#include "engine/optimizers/Optimizer.h"
#include "engine/project/Shelves.h"
#include "engine/regularizers/Regularizer.h"
#include "engine/schedules/Schedule.h"
#include "engine/training/TrainingParams.h"
#include "engine/training/probes/Probe.h"
#include "engine/training/stopping/StoppingRule.h"

using namespace perceptory;

namespace {

// `literal` with its quotes.
void printLiteral(const char* context, const std::string& literal, const char* macro = "QT_TRANSLATE_NOOP") {
    std::cout << macro << "(\"" << context << "\", " << literal << ");\n";
}

void print(const char* context, const std::string& text) {
    if (!text.empty()) printLiteral(context, base::Json(text).dump());
}

void printParams(const std::vector<base::ParamType>& parameters) {
    for (const base::ParamType& parameter : parameters) {
        print("engine", parameter.label);
        print("engine", parameter.help);
        print("engine", parameter.unit);
        for (const std::string& choice : parameter.choices) print("engine", choice);
    }
}

template <class Shelf>
void printShelf(const Shelf& shelf) {
    print("engine", shelf.what());
    for (const base::KindType* kind : shelf.kinds()) {
        print("engine", kind->label);
        print("engine", kind->help);
        printParams(kind->parameters);
    }
}

void printShelves() {
    printShelf(layers::shelf());
    for (const layers::LayerType* type : layers::shelf().members()) print("engine", type->category);
    printShelf(activations::shelf());
    printShelf(initializers::shelf());
    printShelf(regularizers::shelf());
    printShelf(losses::shelf());
    printShelf(metrics::shelf());
    printShelf(optimizers::shelf());
    printShelf(schedules::shelf());
    printShelf(data::features());
    printShelf(data::generators());
    printShelf(data::readers());
    printShelf(data::bundledSets());
    printShelf(data::preprocessing());
    printShelf(data::augmentations());
    printShelf(training::probes());
    printShelf(training::stoppingRules());
    for (const project::ShelfListing& shelf : project::shelves()) print("engine", shelf.title);
    printParams(network::nodeParams());
    printParams(training::trainingParams());
}

std::string contentOf(const std::filesystem::path& file) {
    std::ostringstream content;
    content << std::ifstream(file).rdbuf();
    return content.str();
}

void printPatterns(const std::string& source) {
    static const std::string literals = R"(((?:"(?:\\.|[^"\\])*"\s*)+))";
    static const std::regex sentence(R"(\b(?:sentence|Pattern<0>)\(\s*)" + literals),
        counted(R"(\bcounted\(\s*)" + literals + R"(,\s*)" + literals);
    for (std::sregex_iterator found(source.begin(), source.end(), sentence), end; found != end; ++found)
        printLiteral("engine", (*found)[1]);
    for (std::sregex_iterator found(source.begin(), source.end(), counted), end; found != end; ++found)
        for (const int which : {1, 2}) printLiteral("engine", (*found)[which], "QT_TRANSLATE_N_NOOP");
}

void printSentences(const std::filesystem::path& folder) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".cpp" || entry.path().extension() == ".h")
            printPatterns(contentOf(entry.path()));
}

void printExamples(const std::filesystem::path& index) {
    const base::Json listed = base::parseJson(contentOf(index), index.string());
    for (const char* list : {"examples", "templates"})
        for (const base::Json& example : listed[list])
            for (const char* key : {"title", "sentence", "needs"}) print("examples", example.value(key, ""));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 1;
    const std::filesystem::path root = argv[1];
    printShelves();
    printSentences(root / "engine");
    printExamples(root / "resources/examples/index.json");
    return 0;
}
