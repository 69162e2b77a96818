#pragma once
// The training of a run in PyTorch: train.py and what it reads.

#include "engine/exchange/TorchModule.h"
#include "engine/tensor/NamedTensor.h"
#include "engine/training/Trainer.h"

namespace perceptory::exchange {

// train.py. Adds errors to `problems` for what would make another loss, and the text is then of no use; warnings for
// what it leaves out, which stand in the text as well.
std::string trainingText(const TorchModule& module, const training::Trainer& trainer, base::Problems& problems);

// "PART.inputs.FIELD" and "PART.targets.HEAD" of the parts train, validation and test, as train.py reads them: classes
// as numbers, numbers as PyTorch has them. Only parts that have rows.
tensor::NamedTensors trainingData(const TorchModule& module, const training::Trainer& trainer);
// How many bytes that takes.
std::int64_t trainingDataBytes(const TorchModule& module, const training::Trainer& trainer);

// What train.py calls a head.
std::vector<std::string> headNames(const training::Trainer& trainer);

}  // namespace perceptory::exchange
