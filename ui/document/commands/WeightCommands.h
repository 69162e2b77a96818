#pragma once
// A weight or bias set by hand. The weights live in the running training and not in the project, so undo keeps the
// address and both values: whatever was learned in between, undo puts the old value back in this one place.

#include <cstdint>
#include <string>

#include "ui/document/Document.h"

namespace perceptory::document {

struct WeightAddress {
    std::string parameter;   // "h1.weight"
    std::int64_t index = 0;  // row by row, as the training counts
    bool operator==(const WeightAddress&) const = default;
};

// One undo step, or one for all of the same address in a gesture. Nothing happens when nothing changes.
void setWeight(Document& document, const WeightAddress& address, double before, double after);

}  // namespace perceptory::document
