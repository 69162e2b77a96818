#pragma once
// Rows for whoever loads an exported network: what goes in, and what the program says to it.

#include "engine/exchange/TorchModule.h"
#include "engine/tensor/NamedTensor.h"
#include "engine/training/Trainer.h"

namespace perceptory::exchange {

// "inputs.FIELD" and "outputs.NODE" of a few rows of the data, or where it has none, of drawn ones; as PyTorch has
// them.
tensor::NamedTensors torchSamples(const TorchModule& module, training::Trainer& trainer);

}  // namespace perceptory::exchange
