#pragma once
// Words for people, on stderr; results go to stdout.

#include <string>

#include "engine/base/Error.h"
#include "engine/base/Problem.h"

namespace perceptory::cli {

// In one line: line breaks become blanks, other control characters question marks.
std::string printable(const std::string& sentence);

// One line, printable.
void say(const std::string& sentence);

// An error as a problem at `where`. Errors end with their remedy, a sentence of its own, which becomes the fix.
base::Problem problemOf(const base::Error& error, const std::string& where);

// One line per problem: "place: where: sentence fix", warnings marked as such.
void sayProblems(const base::Problems& problems, const std::string& place);

}  // namespace perceptory::cli
