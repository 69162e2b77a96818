#pragma once
// Arrays as targets: numbers to predict, or whole numbers as classes, for each row or for each pixel or step of it.

#include "engine/data/readers/NpyRows.h"
#include "engine/data/readers/Reader.h"

namespace perceptory::data {

// Both fill a target that has its name. Throw Error when that needs more than request.memoryLimit.
void takeNumbers(const NpyRows& rows, const ReadRequest& request, Target& target);
// `known`: the model's classes; empty in training, then they are those found, ascending. False after a problem at
// `where`.
bool takeClasses(const NpyRows& rows, const ReadRequest& request, const std::vector<std::string>& known,
                 const std::string& where, Target& target, base::Problems& problems);

}  // namespace perceptory::data
