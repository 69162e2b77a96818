#include "app/cli/Messages.h"

#include <iostream>

namespace perceptory::cli {

void say(const std::string& sentence) {
    std::string line = "perceptory-cli: ";
    for (const char c : sentence) {
        const auto byte = static_cast<unsigned char>(c);
        line += c == '\n' ? ' ' : byte < 0x20 || byte == 0x7f ? '?' : c;
    }
    std::cerr << line + '\n' << std::flush;
}

void sayProblems(const base::Problems& problems, const std::string& place) {
    for (const base::Problem& problem : problems) {
        const bool mild = problem.severity != base::Severity::Error;
        say(place + ": " + (mild ? std::string(base::severityName(problem.severity)) + ": " : "") +
            base::describe(problem));
    }
}

}  // namespace perceptory::cli
