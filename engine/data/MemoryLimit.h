#pragma once

#include <cstdint>
#include <string>

namespace perceptory::data {

// Throws Error with the sum when rows x columns floats need more than `limit` bytes. `what` begins the sentence, and
// `remedy` ends it; empty: fewer rows or columns.
void checkMemory(std::size_t rows, std::size_t columns, std::int64_t limit, const std::string& what,
                 const std::string& remedy = {});

}  // namespace perceptory::data
