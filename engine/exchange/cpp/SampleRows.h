#pragma once
// Rows that an exported program can be checked with, and what this program puts out for them.

#include "engine/exchange/cpp/Program.h"

namespace perceptory::exchange::cpp {

struct SampleRows {
    std::size_t count = 0;
    std::vector<float> inputs;   // [count][Program::inputCount()]
    std::vector<float> outputs;  // [count][Program::outputCount()]
};

// Drawn, always the same: as training prepared rows, about 0 with deviation 1, then taken back to plain values where
// the program prepares them itself; whole numbers for inputs that say which row of a table to take.
SampleRows drawRows(const ProgramSource& source, const Program& program);

// Where the values of a port stand in a row of the data.
std::int64_t placeInRow(const ProgramSource& source, const Port& port);

// The largest difference of `found` from the sample's outputs, each output's relative to its largest number.
double difference(const Program& program, const SampleRows& rows, std::span<const float> found);

}  // namespace perceptory::exchange::cpp
