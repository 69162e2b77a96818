#pragma once
// Weights after a few steps, to be compared with those of PyTorch.

#include "engine/tensor/NamedTensor.h"
#include "tests/app/Projects.h"

namespace perceptory::test {

// As `export` writes them after so many steps of `train --initial`.
tensor::NamedTensors weightsAfter(const base::Json& project, int steps, const std::string& initial);

// ‖a − b‖₂ / max(‖b‖₂, 1e-6); `theirs` is the list of values.
double distance(const tensor::NamedTensor& ours, const base::Json& theirs);

}  // namespace perceptory::test
