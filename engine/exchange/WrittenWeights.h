#pragma once
// Exported weights are read again before anybody relies on them.

#include <functional>
#include <string>

#include "engine/tensor/NamedTensor.h"

namespace perceptory::exchange {

// Reads the file with `read` and compares names, shapes and every bit; tells so in words. What differs or cannot be
// read is removed, and base::Error thrown.
std::string checkedWeights(const tensor::NamedTensors& tensors, const std::string& path,
                           const std::function<tensor::NamedTensors(const std::string&)>& read);

}  // namespace perceptory::exchange
