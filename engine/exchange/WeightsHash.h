#pragma once
// One number that says whether two runs ended in the same weights.

#include <string>

#include "engine/tensor/NamedTensor.h"

namespace perceptory::exchange {

// SHA-256 as 64 digits over all values as little-endian float32, tensor after tensor in the order of their names.
// The tensors are to be in PyTorch's layout (network::torchWeights); then other programs can compute the same.
std::string weightsSha256(const tensor::NamedTensors& torchTensors);

}  // namespace perceptory::exchange
