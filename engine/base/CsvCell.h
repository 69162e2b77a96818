#pragma once
// Tables for spreadsheets.

#include <string>

namespace perceptory::base {

// A cell of a CSV file: in quotes where RFC 4180 wants them.
std::string csvCell(const std::string& text);

}  // namespace perceptory::base
