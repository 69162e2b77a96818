#pragma once
// Mistakes a user can mend. They are values, collected all at once, never thrown one by one.

#include <string>
#include <vector>

namespace perceptory::base {

enum class Severity { Hint, Warning, Error };

struct Problem {
    std::string where;  // node id, or the path of the value: "training.batch_size"
    Severity severity = Severity::Error;
    std::string sentence;  // what is wrong, in the user's words
    std::string fix;       // what to do about it
};

using Problems = std::vector<Problem>;

bool hasError(const Problems& problems);

// One line: "where: sentence fix".
std::string describe(const Problem& problem);
const char* severityName(Severity severity);

}  // namespace perceptory::base
