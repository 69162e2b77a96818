#pragma once
// Which array of an archive is an input or a target, where only the archive is named.

#include <filesystem>
#include <optional>

#include "engine/data/Split.h"
#include "engine/data/readers/NpzArchive.h"

namespace perceptory::data {

// The path itself, unless it is an archive without the name of an array: then the array called as the field or
// NAME_train, and for x also the first one of rows of several values; nothing when there is none.
std::optional<ArrayPath> inputArray(const std::string& path, const std::string& field);
// Likewise for a target, whose names are also "labels" and the like; nothing when there is none.
std::optional<ArrayPath> targetArray(const std::string& path, const std::string& target);

// What the archive holds, for people: "x", "y". Empty when an array of it is named, or it is none.
std::string arraysText(const std::string& path);

// The parts of files, folders of files and archives by the names of their arrays: x_train and y_train, x_validation,
// x_val or x_valid, x_test and so on; the target may have another of its names. Throws Error for what cannot be read.
SplitSpec partArrays(const std::vector<std::string>& paths);
// Of archives named alone, which give their arrays to train with: what else stands in them, so that nobody wonders.
void noteOtherParts(const std::vector<std::filesystem::path>& paths, std::vector<std::string>& notes);

}  // namespace perceptory::data
