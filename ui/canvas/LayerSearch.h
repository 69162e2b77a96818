#pragma once
// Which layers may stand behind a place, found by what is typed. GUI thread only.

#include <QString>
#include <optional>
#include <vector>

#include "engine/layers/Layer.h"

namespace perceptory::canvas {

struct FoundLayer {
    const layers::LayerType* type = nullptr;
    QString refusal;  // why it does not fit behind the place; empty: it does
};

// Those that match, the likeliest first and what does not fit last. `typed`: the beginning of a word of id, name or
// synonym, or letters in it; empty: all. `source`: what the place puts out; nothing while that is unknown.
std::vector<FoundLayer> findLayers(const QString& typed, const std::optional<tensor::Shape>& source);

}  // namespace perceptory::canvas
