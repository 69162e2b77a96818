#pragma once
// Exported weights are read again before anybody relies on them.

#include <functional>
#include <string>

#include "engine/tensor/NamedTensor.h"

namespace perceptory::cli {

// The float32 arrays of a NumPy archive without compression, as zipBytes and npyBytes write it; names without ".npy".
// Throws base::Error naming the file when anything in it does not fit together.
tensor::NamedTensors readNpz(const std::string& path);

// Reads the file with `read` and compares names, shapes and every bit. What differs or cannot be read is removed, and
// OutputError thrown.
void insistOnSame(const tensor::NamedTensors& tensors, const std::string& path,
                  const std::function<tensor::NamedTensors(const std::string&)>& read);

}  // namespace perceptory::cli
