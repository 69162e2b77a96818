#pragma once
// A tensor under the name that files and other frameworks know it by: "h1.weight".

#include <string>
#include <vector>

#include "engine/tensor/Buffer.h"
#include "engine/tensor/Shape.h"

namespace perceptory::tensor {

// `values` holds elementCount(shape) numbers, row-major.
struct NamedTensor {
    std::string name;
    Shape shape;
    Buffer values;
};

using NamedTensors = std::vector<NamedTensor>;

}  // namespace perceptory::tensor
