#pragma once
// Everything that can be chosen, by the word `describe` knows it under. Any thread.

#include <string>
#include <vector>

#include "engine/base/Params.h"

namespace perceptory::project {

struct ShelfListing {
    std::string kind;   // "layers", "activations", …
    std::string title;  // for people
    std::vector<const base::KindType*> members;
};

// All kinds of CLI.md, also those without members in this version.
const std::vector<ShelfListing>& shelves();

}  // namespace perceptory::project
