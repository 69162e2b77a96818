#pragma once
// Arrays as numpy.save writes them, for tests that need data in several files.

#include <cstdint>
#include <string>
#include <vector>

namespace perceptory::support {

// `descr` is NumPy's word for T: "<f4", "<i8", "|u1".
template <class T>
std::string npyOf(const std::string& descr, const std::vector<std::int64_t>& shape, const std::vector<T>& values) {
    std::string sizes;
    for (const std::int64_t size : shape) sizes += std::to_string(size) + ", ";
    std::string header = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + sizes + "), }";
    header.append(63 - (header.size() + 10) % 64, ' ');
    header += '\n';
    std::string bytes("\x93NUMPY\x01\x00", 8);
    bytes += static_cast<char>(header.size() & 0xff);
    bytes += static_cast<char>(header.size() >> 8);
    return bytes + header + std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

}  // namespace perceptory::support
