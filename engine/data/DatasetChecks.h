#pragma once
// What is wrong with data that could be read.

#include "engine/data/Dataset.h"
#include "engine/data/Table.h"

namespace perceptory::data {

// Whether there are rows; a problem when not.
bool checkCount(const Table& table, base::Problems& problems);

// Whether the classes are known and, for new data, more than one; a problem when not.
bool checkClasses(const Table& table, bool isNew, base::Problems& problems);

// Warns of columns that never change.
void checkConstant(const Dataset& set, base::Problems& problems);

// Warns of classes that only rows have which do not train. The classes of the training part must have been counted.
void checkUntrained(const Dataset& set, base::Problems& problems);

// "line 12" where the rows come from a text file, as an editor counts, else "row 12".
std::string placeOf(const std::vector<std::uint32_t>& lines, std::size_t row);

// Finds features without a finite value; each is reported once.
class FiniteCheck {
public:
    FiniteCheck(const std::vector<std::string>& names, const std::vector<std::uint32_t>& lines,
                base::Problems& problems)
        : m_names(names), m_lines(lines), m_problems(problems), m_reported(names.size()) {}

    void take(std::size_t row, std::span<const float> features);
    bool good() const { return m_good; }

private:
    const std::vector<std::string>& m_names;
    const std::vector<std::uint32_t>& m_lines;
    base::Problems& m_problems;
    std::vector<bool> m_reported;
    bool m_good = true;
};

}  // namespace perceptory::data
