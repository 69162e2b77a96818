#pragma once
// Arrays as targets: numbers to predict, or whole numbers as classes, for each row or for each pixel or step of it.

#include "engine/data/readers/NpyRows.h"
#include "engine/data/readers/Reader.h"

namespace perceptory::data {

// Both fill a target that has its name, and give false after a problem at `where`, as for values that are no finite
// numbers. Throw Error when that needs more than request.memoryLimit.
bool takeNumbers(const NpyRows& rows, const ReadRequest& request, const std::string& where, Target& target,
                 base::Problems& problems);
// `known`: the model's classes; empty in training, then they are those found, ascending.
bool takeClasses(const NpyRows& rows, const ReadRequest& request, const std::vector<std::string>& known,
                 const std::string& where, Target& target, base::Problems& problems);

}  // namespace perceptory::data
