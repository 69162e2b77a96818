#pragma once
// Where in an image a layer's channels speak for a class, Selvaraju et al. 2017: relu(Σ_c α_c · a_c), α_c being the
// mean over the pixels of the slope of the score by channel c.

#include "engine/training/probes/Attribution.h"

namespace perceptory::training {

struct ClassActivation {
    std::string node;
    std::int64_t height = 0, width = 0;
    std::vector<float> values;  // [height][width]

    // Spread to another size, linear between the middles of the pixels.
    std::vector<float> resized(std::int64_t toHeight, std::int64_t toWidth) const;
};

// "row", "class", and "node": the layer; empty: the last that puts out an image.
std::vector<base::ParamType> classActivationParameters();
// Throws base::Error when the layer puts out no image, or there is no such row or class.
ClassActivation classActivation(const ProbeContext& context, const Question& question, const std::string& node);

}  // namespace perceptory::training
