#pragma once
// Words for people, on stderr; results go to stdout.

#include <string>

#include "engine/base/Problem.h"

namespace perceptory::cli {

// One line: line breaks inside become blanks, control characters question marks.
void say(const std::string& sentence);

// One line per problem: "place: where: sentence fix", warnings marked as such.
void sayProblems(const base::Problems& problems, const std::string& place);

}  // namespace perceptory::cli
