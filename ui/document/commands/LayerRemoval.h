#pragma once
// Taking layers out of a project, inside the JSON of one edit.

#include <set>
#include <string>

#include "engine/base/Json.h"

namespace perceptory::document {

// What read a layer has one input less, and losses that looked at it go. `heal`: they read and look at what the layer's
// first input reads instead, where that is a layer; a loss does not look at where data enter.
void takeOut(base::Json& project, const std::set<std::string>& ids, bool heal);

}  // namespace perceptory::document
