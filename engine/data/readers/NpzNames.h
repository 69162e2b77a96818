#pragma once
// Which array of an archive is an input or a target, where only the archive is named.

#include <optional>

#include "engine/data/readers/NpzArchive.h"

namespace perceptory::data {

// The path itself, unless it is an archive without the name of an array: then the array called as the field or
// NAME_train, and for x also the first one of rows of several values. Throws Error when there is none.
ArrayPath inputArray(const std::string& path, const std::string& field);
// Likewise for a target, whose names are also "labels" and the like; nothing when there is none.
std::optional<ArrayPath> targetArray(const std::string& path, const std::string& target);

}  // namespace perceptory::data
