#pragma once
// The shelf of weight initializers: how the first weights are drawn.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

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

// Draws one value, element by element in the order of memory.
using Draw = std::function<double(base::RandomStream&)>;

// One of the two: values drawn on their own, or the tensor as a whole.
struct InitializerType : base::KindType {
    // Works out bounds and deviations once and returns what draws a value.
    Draw (*prepare)(const base::ParamValues& values, const WeightShape& weight) = nullptr;
    // `into` has the tensor's elements in the order of memory.
    void (*fill)(const base::ParamValues& values, const WeightShape& weight, base::RandomStream& random,
                 std::span<double> into) = nullptr;
    bool windows = false;  // made for the windows of convolutions; a matrix is one of a single tap

    std::vector<double> draw(const base::ParamValues& values, const WeightShape& weight,
                             base::RandomStream& random) const;
};

// Parameters of Xavier's, and of He's with the deviation they ask for: √(2 / (1 + slope²)) / √fan.
base::ParamType gainParam();
std::vector<base::ParamType> heParams();
double heDeviation(const base::ParamValues& values, const WeightShape& weight);

// A tensor as one matrix [inputs][outputs] for each tap of a window; a matrix or a vector is a single one.
struct Matrices {
    std::int64_t rows = 1, columns = 1, taps = 1;
    std::int64_t centre = 0;  // the tap in the middle of the window

    explicit Matrices(const tensor::Shape& shape);
    std::size_t index(std::int64_t tap, std::int64_t row, std::int64_t column) const {
        return static_cast<std::size_t>((tap * rows + row) * columns + column);
    }
};

// gain · a random matrix [rows][columns] with orthonormal columns, or rows when there are fewer of them.
void fillOrthogonal(base::RandomStream& random, std::int64_t rows, std::int64_t columns, double gain,
                    std::span<double> into);

#define INITIALIZER(Name) extern const InitializerType Name##Initializer;
#include "engine/initializers/initializers.def"
#undef INITIALIZER

const base::Shelf<InitializerType>& shelf();

}  // namespace perceptory::initializers
