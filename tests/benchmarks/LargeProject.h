#pragma once
// A project with five million weights on images of 28 by 28 pixels, and the files it reads.

#include <filesystem>

#include "engine/base/Json.h"

namespace perceptory::benchmarks {

// Writes the images and their labels into the folder; the project names them from there.
base::Json writeLargeProject(const std::filesystem::path& folder);

}  // namespace perceptory::benchmarks
