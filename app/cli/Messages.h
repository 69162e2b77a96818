#pragma once
// Words for people, on stderr; results go to stdout.

#include <string>

#include "engine/base/Problem.h"

namespace perceptory::cli {

// In one line: line breaks become blanks, other control characters question marks.
std::string printable(const std::string& sentence);

// One line, printable.
void say(const std::string& sentence);

// One line per problem: "place: where: sentence fix", warnings marked as such.
void sayProblems(const base::Problems& problems, const std::string& place);

}  // namespace perceptory::cli
