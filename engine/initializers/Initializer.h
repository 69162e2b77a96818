#pragma once
// The shelf of weight initializers: how the first weights are drawn.

#include <cstdint>
#include <functional>

#include "engine/base/Random.h"
#include "engine/base/Shelf.h"
#include "engine/tensor/Shape.h"

namespace perceptory::initializers {

// What is to be filled. Fans count inputs and outputs of one unit; a bias has the fans of its kernel.
struct WeightShape {
    tensor::Shape shape;
    std::int64_t fanIn = 1;
    std::int64_t fanOut = 1;
};

// Draws one value; called element by element in the order of memory.
using Draw = std::function<double(base::RandomStream&)>;

struct InitializerType : base::KindType {
    // Works out bounds and deviations once and returns what draws a value.
    Draw (*prepare)(const base::ParamValues& values, const WeightShape& weight) = nullptr;
};

#define INITIALIZER(Name) extern const InitializerType Name##Initializer;
#include "engine/initializers/initializers.def"
#undef INITIALIZER

const base::Shelf<InitializerType>& shelf();

}  // namespace perceptory::initializers
