#pragma once
// Everything that can be chosen, by the word `describe` knows it under.

#include <string>
#include <vector>

#include "engine/base/Params.h"

namespace perceptory::cli {

struct ShelfListing {
    std::string kind;  // "layers", "activations", …
    std::vector<const base::KindType*> members;
};

// All kinds of CLI.md, also those without members in this version.
const std::vector<ShelfListing>& shelves();

}  // namespace perceptory::cli
