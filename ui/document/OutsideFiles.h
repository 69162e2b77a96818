#pragma once
// Files a project names outside of its own folder. A project from somebody else could point at any file, so the window
// asks before such a one is read.

#include <filesystem>
#include <vector>

#include "engine/base/Json.h"

namespace perceptory::document {

// Whole paths of the data files the project names, "..", links and all as they are written. Touches no disk.
std::vector<std::filesystem::path> dataFiles(const base::Json& project, const std::filesystem::path& folder);

// The same for its trained weights: one or none.
std::vector<std::filesystem::path> weightsFiles(const base::Json& project, const std::filesystem::path& folder);

struct OutsideFile {
    std::filesystem::path named;  // as it was given
    std::filesystem::path real;   // without links and ".."
};

// Those of `files` that exist and really lie outside of `home`, the folder of the project file. Any thread; may wait
// for a disk.
std::vector<OutsideFile> outsideFiles(const std::vector<std::filesystem::path>& files,
                                      const std::filesystem::path& home);

}  // namespace perceptory::document
