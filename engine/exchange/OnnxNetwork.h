#pragma once
// A trained network as a graph of ONNX operators. Inputs bear the names of the data's fields, values those of the
// nodes; images are [N, C, H, W].

#include "engine/data/InputPipeline.h"
#include "engine/ir/OnnxGraph.h"
#include "engine/network/Network.h"
#include "engine/tensor/NamedTensor.h"

namespace perceptory::exchange {

struct OnnxSource {
    const network::Network& network;
    const tensor::NamedTensors& weights;                 // network::torchWeights of it
    const data::InputPipeline* preprocessing = nullptr;  // goes before the network from the features on; null: none
};

// Adds to `problems` every layer and step that cannot be expressed; the graph is then of no use.
ir::OnnxGraph onnxNetwork(const OnnxSource& source, base::Problems& problems);

}  // namespace perceptory::exchange
