#pragma once
// The example projects that come with the program.

#include <QString>
#include <filesystem>
#include <vector>

#include "engine/base/Json.h"

namespace perceptory::document {

struct Example {
    QString file;  // complete path
    QString title, sentence;  // translated
};

// Beside the installed program, in the source tree of a build, or where PERCEPTORY_EXAMPLES says.
std::filesystem::path examplesFolder();

// From index.json; empty when the program was installed without examples.
std::vector<Example> examples();

// The circle example; a built-in copy of it when the file is missing.
base::Json defaultProject();

}  // namespace perceptory::document
