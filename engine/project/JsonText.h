#pragma once
// JSON as people like to read and compare it.

#include <string>

#include "engine/base/Json.h"

namespace perceptory::project {

// The outermost object or list has one entry a line. Inside, what fits into 120 characters stands on one line, anything
// else one entry a line, indented by two. No line break at
// the end. Throws base::Error for text that is not UTF-8 and for numbers JSON does not have.
std::string jsonText(const base::Json& value);

}  // namespace perceptory::project
