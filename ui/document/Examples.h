#pragma once
// The example projects that come with the program.

#include <QString>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/Json.h"

namespace perceptory::document {

// What a template was measured to reach.
struct Figures {
    std::string metric;  // of the shelf, on the test data
    double value = 0;
    int seconds = 0;  // about, on two cores
};

struct Example {
    QString file;                    // complete path
    QString title, sentence;         // translated
    std::optional<Figures> figures;  // of templates only
    QString needs;                   // translated; of a template without figures, why it has none
};

// Beside the installed program, in the source tree of a build, or where PERCEPTORY_EXAMPLES says.
std::filesystem::path examplesFolder();

// From index.json; empty when the program was installed without examples. Templates are networks to begin with in the
// Studio.
std::vector<Example> examples();
std::vector<Example> templates();

// The circle example; a built-in copy of it when the file is missing.
base::Json defaultProject();

}  // namespace perceptory::document
