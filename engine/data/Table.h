#pragma once
// What generators and readers hand over: columns of numbers and one target, before features, split and preprocessing.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/data/Task.h"
#include "engine/data/Tokens.h"

namespace perceptory::data {

struct Table {
    Task task = Task::Classification;
    std::vector<std::string> columns;
    std::vector<float> values;  // [count][columns], NaN where a value is missing
    std::size_t count = 0;

    std::vector<std::string> classNames;  // classification, with labels [count]
    std::vector<std::int32_t> labels;
    std::vector<std::string> targetNames;  // regression, with targets [count][targetNames]
    std::vector<float> targets;

    std::vector<std::size_t> sourcePositions;  // of the columns in the file; empty: 0, 1, …
    std::size_t sourceColumns = 0;             // of the file, target included; 0: as many as columns
    std::optional<Tokens> tokens;              // texts: how they became numbers
    std::vector<std::int64_t> shape;           // of one row when all columns are taken; empty: {columns}
    bool isPlane = false;                      // coordinates, shown from -6 to 6
    std::vector<std::uint32_t> lines;  // of the file, counted from 1, where each row stands; empty: no text file
    std::vector<std::string> notes;
};

}  // namespace perceptory::data
