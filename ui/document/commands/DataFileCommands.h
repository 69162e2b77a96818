#pragma once
// Data from files and folders of every kind but single tables, which have questions of their own (TableCommands).

#include <QStringList>
#include <optional>
#include <stop_token>
#include <string>

#include "ui/document/commands/LoadedData.h"

namespace perceptory::document {

struct DataChoices : SplitShares {
    QStringList files;  // as dropped or chosen: files, or one folder
    std::string reader;
    base::Json parameters = base::Json::object();  // of the reader; what is missing is its default
};

// Of the files now in the document; nothing for tables and when its data come from elsewhere.
std::optional<DataChoices> dataChoices(const Document& document);

// Data, step of undo and name that these choices ask for.
DataUse dataUse(const Document& document, const DataChoices& choices);

// Reads all of it, then changes the document in one step, as readAndUse.
void openData(Document& document, const DataChoices& choices, const std::stop_token& stop = {},
              const DataAnswer& answer = {});

}  // namespace perceptory::document
