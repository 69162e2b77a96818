#pragma once
// Which column of a file is the target, and which are read as inputs.

#include "engine/data/readers/Reader.h"

namespace perceptory::data {

struct CsvColumns {
    std::vector<std::string> names;    // of all columns: the header, or "column 1", "column 2", …; unique
    std::vector<std::size_t> inputs;   // positions, in the order of the table's columns
    std::vector<ColumnUse> uses;       // of the inputs: Number, OneHot or Index
    std::vector<std::size_t> targets;  // positions; none, one, or several numbers to predict
    std::optional<std::size_t> group;  // position of the column that keeps rows together
    std::vector<std::string> notes;    // columns that were left out, and why
};

// Names from the cells of a header, unique and in UTF-8, or numbered ones where there is no header.
std::vector<std::string> columnNames(std::span<const std::string_view> firstRow, bool header);

// `look`: at the first rows, for columns of which nothing is said; empty with a model. Reports at data.target,
// data.columns, data.split.column and data.features. Nothing when an Error was reported.
std::optional<CsvColumns> chooseColumns(std::vector<std::string> names, bool header, const FilePreview& look,
                                        const ReadRequest& request, base::Problems& problems);

}  // namespace perceptory::data
