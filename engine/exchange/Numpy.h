#pragma once
// Files that NumPy reads: one array (.npy, format 1.0) or several (.npz, a stored zip).

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/tensor/NamedTensor.h"

namespace perceptory::exchange {

// The bytes of a .npy file with little-endian float32 in C order. The shape counts values.size() elements.
std::string npyBytes(const std::vector<std::int64_t>& shape, std::span<const float> values);

// The bytes of a zip archive without compression. Names without folders; all together below 4 GiB (Error otherwise).
struct ArchiveEntry {
    std::string name;
    std::string bytes;
};
std::string zipBytes(const std::vector<ArchiveEntry>& entries);

// The float32 arrays of a NumPy archive without compression, as the two above write it; names without ".npy". Throws
// base::Error naming the file when anything in it does not fit together.
tensor::NamedTensors readNpz(const std::string& path);

}  // namespace perceptory::exchange
