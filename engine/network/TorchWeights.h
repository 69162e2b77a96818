#pragma once
// Weights as PyTorch names and lays them out: "h1.weight" is [out, in] there and [in, out] here.

#include <string>
#include <vector>

#include "engine/network/Network.h"
#include "engine/tensor/NamedTensor.h"

namespace perceptory::network {

// All parameters, in the order of the network. `weights` is the network's flat buffer.
tensor::NamedTensors torchWeights(const Network& network, const tensor::Buffer& weights);

// The opposite. Tensors the network does not know are left aside and named in the result. Throws base::Error naming
// `place` when one is missing or has another shape; `weights` is then unchanged.
std::vector<std::string> takeTorchWeights(const tensor::NamedTensors& tensors, const Network& network,
                                          const std::string& place, tensor::Buffer& weights);

}  // namespace perceptory::network
