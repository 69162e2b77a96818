#pragma once
// A layer that hands its input on unchanged at first, so that what a trained network knows is still true around it.

#include <optional>
#include <string>

#include "ui/document/Document.h"

namespace perceptory::data {
struct Dataset;
}

namespace perceptory::document {

// The parameters with which the layer starts so: as wide as its input, with an activation that leaves it alone. Nothing
// for layers that cannot, for several inputs, while shapes are unknown, and where it does so already.
std::optional<base::Json> identityParameters(const Document& document, const data::Dataset* dataset,
                                             const std::string& id);

// One undo step; its weights are drawn anew.
void startAsIdentity(Document& document, const data::Dataset* dataset, const std::string& id);

}  // namespace perceptory::document
