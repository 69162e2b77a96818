#pragma once
// What generators and readers hand over: columns of numbers and targets, before features, split and preprocessing.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/data/Field.h"
#include "engine/data/RowStore.h"
#include "engine/data/SourceColumn.h"
#include "engine/data/Target.h"
#include "engine/data/Tokens.h"

namespace perceptory::data {

// In columns of words, for a word that is missing or none of those known.
inline constexpr float unknownWord = -1;

// Most have one target, whose members are the table's own.
struct Table : Target {
    std::vector<std::string> columns;
    // For each column the words its numbers 0, 1, … stand for, ascending; -1 is any other. Empty for numbers, and
    // altogether when no column has words.
    std::vector<std::vector<std::string>> categories;
    std::vector<bool> asIndex;  // of columns with words: read by an embedding, not one input for each word
    RowStore values{0};         // [count][columns], NaN where a value is missing
    std::size_t count = 0;

    std::vector<Target> moreTargets;

    std::vector<std::size_t> sourcePositions;  // of the columns in the file; empty: 0, 1, …
    std::size_t sourceColumns = 0;             // of the file, target included; 0: as many as columns
    std::string numberStyle;                   // how the file writes numbers, see ReadRequest; empty: no text file
    std::vector<SourceColumn> targetColumns;   // of the file: what is to be predicted; none: no table
    std::optional<Tokens> tokens;              // texts: how they became numbers
    std::vector<std::int64_t> shape;           // of one row when all columns are taken; empty: {columns}
    std::vector<Field> fields;                 // when there are others than x: together they are the columns
    std::vector<std::int32_t> groups;          // rows of one number stay together in a split; empty: no such column
    bool isPlane = false;                      // coordinates, shown from -6 to 6
    bool rowsOverlap = false;                  // rows that stand close together share values
    std::vector<std::uint32_t> lines;       // of the file, counted from 1, where each row stands; empty: no text file
    std::vector<std::uint32_t> sourceRows;  // which rows of the source these are, ascending; empty: all, in order
    std::size_t sourceCount = 0;            // rows of the source with those the reader left out; 0: as many as rows
    std::vector<std::string> notes;

    // A row was added, number `row` of the source. Rows before it may have been left out.
    void addRow(std::size_t row) {
        if (row > count && sourceRows.empty())
            for (std::uint32_t i = 0; i < count; ++i) sourceRows.push_back(i);
        if (row > count) sourceRows.push_back(static_cast<std::uint32_t>(row));
        ++count;
    }
};

}  // namespace perceptory::data
