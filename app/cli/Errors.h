#pragma once
// How the program ends, and what ends it early. Mistakes in files are base::Error and end with exitInput.

#include <stdexcept>
#include <string>

namespace perceptory::cli {

// What the program returns; scripts rely on it.
enum ExitCode {
    exitDone = 0,
    exitInput = 1,     // the input is at fault
    exitUsage = 2,     // wrong usage
    exitDiverged = 3,  // training diverged, or a rule ended it that counts as failure
    exitFailed = 4     // anything else: a full disk, no memory
};

// The arguments do not make sense. Ends the program with exitUsage.
class UsageError : public std::runtime_error {
    using runtime_error::runtime_error;
};

// A result could not be written. Ends the program with exitFailed.
class OutputError : public std::runtime_error {
    using runtime_error::runtime_error;
};

// The problems have been said; nothing is left but to end with exitInput.
class Refused : public std::exception {};

// What holds for every command.
struct Globals {
    std::string isa;  // library of vector kernels; empty: the best this machine runs
};

}  // namespace perceptory::cli
