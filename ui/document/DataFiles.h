#pragma once
// How files that were dropped or chosen are named in a project: which are images and which labels, inputs and targets,
// training and test.

#include <QStringList>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/Json.h"

namespace perceptory::document {

struct DataFiles {
    // Keys of the project's data, with whole paths. All rows as one set: "path", "paths", or "inputs" and "targets".
    base::Json whole = base::Json::object();
    // The same with the "split" the files or folders themselves make; null: they make none.
    base::Json parts;
    base::Json parameters = base::Json::object();  // of the reader, as the names suggest
    QStringList leftOut;                           // files that have no place in this
};

// By names alone; `reader` is the id of one that fits the files.
DataFiles arrangeFiles(const std::string& reader, const QStringList& files);

// Whole paths of the files that a project reads its data from.
QStringList filesInUse(const base::Json& project, const std::filesystem::path& folder);
// What several are called together: "first.csv +2".
QString nameOfFiles(const QStringList& files);

// One of several files whose rows are one table.
struct TableFile {
    QString path;
    std::string part = "train";  // what its rows are for: train, validation or test

    bool operator==(const TableFile&) const = default;
};

// By names alone; those that say nothing train, and all do where none would.
std::vector<TableFile> tableFiles(const QStringList& files);

}  // namespace perceptory::document
