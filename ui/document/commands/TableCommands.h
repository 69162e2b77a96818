#pragma once
// Data that must be read before the network can be fitted to it. Reading happens on a thread of its own; the change is
// made when it is done, in one undo step. Faults change nothing.

#include <QString>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/data/Task.h"
#include "ui/document/DataFiles.h"
#include "ui/document/commands/LoadedData.h"

namespace perceptory::document {

// How a table of values is read and what for.
struct TableChoices {
    QString path;                             // of several files one that trains, which shows what all are like
    std::string target;                       // a column by name; empty: by index
    std::vector<std::string> moreTargets{};   // numbers to predict besides
    std::optional<std::int64_t> targetIndex;  // from 0; negative: from the end; unset: the last column
    std::optional<data::Task> task;           // unset: as the target column suggests
    base::Json features;                      // as in the project; null: every column but the target
    base::Json columns;                       // how they are read, {NAME: use}; null: as their cells suggest
    base::Json parameters;                    // of the reader; null: as the file suggests
    std::string missing = "drop";
    std::vector<TableFile> files{};  // of a table in several files; all train: their rows are one, to be split
    SplitShares shares{};            // unless the files are the parts
};

// Of the table now in the document; nothing when its data come from elsewhere.
std::optional<TableChoices> tableChoices(const Document& document);

// Data, step of undo and names that these choices ask for. What they leave as it is stays as the project has it.
DataUse tableUse(const Document& document, const TableChoices& choices);

// Reads all of it. A project without a file is then called like the table, and an example's notes are gone. Forgotten
// when `stop` is requested or another project is opened meanwhile. Without an answer faults arrive as Document::noted.
void openTable(Document& document, const TableChoices& choices, const std::stop_token& stop = {},
               const DataAnswer& answer = {});
// A set that comes with the program: "iris", "digits".
void chooseDataset(Document& document, const std::string& id);
// A generator that gives a table, with its own defaults: "shapes", "waves".
void chooseGeneratedTable(Document& document, const std::string& id);

}  // namespace perceptory::document
