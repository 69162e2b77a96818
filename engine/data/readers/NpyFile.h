#pragma once
// One array in NumPy's format (numpy.lib.format): a header that tells type, order and shape, then the numbers.

#include <cstdint>
#include <string>
#include <vector>

namespace perceptory::data {

struct NpyArray {
    std::string path;
    std::vector<std::int64_t> shape;  // never empty; the first counts rows
    bool whole = false;               // whole numbers or truth values
    std::vector<float> values;        // in C order

    std::int64_t rows() const { return shape.front(); }
    std::int64_t rowSize() const;  // values of one row
};

// Throws Error when the file cannot be read, is no such array, holds something else than plain numbers, lies in
// Fortran's order, or takes more than `memoryLimit` bytes.
NpyArray readNpy(const std::string& path, std::int64_t memoryLimit);

}  // namespace perceptory::data
