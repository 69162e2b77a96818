#pragma once
// A program as the text of a header, and back. What is read back has to be what was written, number by number.

#include "engine/exchange/cpp/Program.h"

namespace perceptory::exchange::cpp {

// What stands beside the program in the files.
struct Words {
    std::string name;                    // of the header and its namespace, a word of C++
    bool weightsInFile = false;          // beside the header, else in it
    std::vector<std::string> columns{};  // of each value that goes in, one behind the other; empty: not told
    std::map<std::string, std::vector<std::string>> classes{};  // by name of the output
};

// The first line of every header.
extern const std::string headerMark;

std::string headerText(const Program& program, const Words& words);

// Reads calls and arrays, whose numbers are in `weights` where the header does not hold them; ports are those of
// `program`. Throws base::Error, or std::exception, for a text that headerText would not write.
Program readHeader(const std::string& text, std::span<const float> weights, const Program& program);

std::string inQuotes(const std::string& text);  // as a literal
// An operand as C++ has it; readHeader turns it round.
std::string textOf(const Argument& argument);

}  // namespace perceptory::exchange::cpp
