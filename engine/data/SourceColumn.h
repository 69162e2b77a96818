#pragma once
// A column of a table, by name and by place.

#include <cstddef>
#include <string>

namespace perceptory::data {

struct SourceColumn {
    std::string name;          // in the header, or "column 3"
    std::size_t position = 0;  // counted from 0
};

}  // namespace perceptory::data
