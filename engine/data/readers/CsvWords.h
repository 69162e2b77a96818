#pragma once
// Columns of words: the numbers their words get.

#include <string_view>
#include <vector>

#include "engine/data/Labels.h"
#include "engine/data/readers/Reader.h"

namespace perceptory::data {

class CsvWords {
public:
    static constexpr std::size_t mostOneHot = 1000;

    CsvWords() = default;
    // known: the words of each column, any other becomes unknownWord; empty: all are new.
    CsvWords(const std::vector<ColumnUse>& uses, std::vector<std::vector<std::string>> known);

    bool has(std::size_t column) const { return m_columns[column].use != ColumnUse::Number; }
    // Of a cell that is not missing; for new data in order of first sight, until finish().
    float number(std::size_t column, std::string_view cell);
    std::size_t distinct(std::size_t column) const { return m_columns[column].words.distinct(); }

    // Turns the numbers into those of the words in ascending order, and gives the table the words.
    void finish(Table& table) const;

private:
    struct Column {
        ColumnUse use = ColumnUse::Number;
        LabelCounter words;
    };

    std::vector<Column> m_columns;
    std::vector<std::vector<std::string>> m_known;
};

}  // namespace perceptory::data
