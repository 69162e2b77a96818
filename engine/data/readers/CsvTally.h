#pragma once
// Rows of one kind in a text file: how many, and the lines of the first.

#include <cstddef>
#include <string>
#include <vector>

#include "engine/base/Problem.h"

namespace perceptory::data {

struct CsvTally {
    std::size_t count = 0;
    std::vector<std::size_t> lines;

    void add(std::size_t line);
    std::string where() const;  // "lines 5, 9, 12"
    std::string words() const;  // "3 rows (lines 5, 9, 12)"

    // That these rows of the file `name` do not have `columns` cells. `skippable`: the user may let them be skipped.
    base::Problem ragged(const std::string& name, std::size_t columns, bool skippable) const;
};

}  // namespace perceptory::data
