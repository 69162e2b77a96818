#pragma once
// Files that NumPy reads: one array (.npy, format 1.0) or several (.npz, a stored zip).

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace perceptory::cli {

// The bytes of a .npy file with little-endian float32 in C order. The shape counts values.size() elements.
std::string npyBytes(const std::vector<std::int64_t>& shape, std::span<const float> values);

// The bytes of a zip archive without compression. Names without folders; all together below 4 GiB (Error otherwise).
struct ArchiveEntry {
    std::string name;
    std::string bytes;
};
std::string zipBytes(const std::vector<ArchiveEntry>& entries);

// Replaces the file. Throws OutputError.
void writeOutput(const std::string& path, const std::string& bytes);

}  // namespace perceptory::cli
