#pragma once
// Data files a project names that are gone, and how the user points to where they are now.

#include <QString>
#include <filesystem>
#include <vector>

#include "ui/document/Document.h"

namespace perceptory::document {

struct MissingData {
    std::filesystem::path path;  // whole, as it is named
    bool isFolder = false;       // what the reader expects there
    bool isLocked = false;       // it is there, but may not be read
};

// Those of the files and folders the project names that cannot be opened, in its order. Any thread; may wait for a
// disk.
std::vector<MissingData> missingData(const base::Json& project, const std::filesystem::path& folder);

// Which, where and why, and what helps; `missing` is not empty.
QString missingText(const std::vector<MissingData>& missing);

// The project names `chosen` instead of `gone`, a whole path as MissingData has it. Others that are missing too and lie
// about `chosen` as they lay about `gone` go along: those beside it, and those of a folder above that has moved. What
// the project knows of the files, their sums, stays theirs. One undo step; asks the disk.
void pointToData(Document& document, const std::filesystem::path& gone, const std::filesystem::path& chosen);

}  // namespace perceptory::document
