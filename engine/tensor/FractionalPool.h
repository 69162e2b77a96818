#pragma once
// Where the windows of a fractional max pool lie. Plain numbers: kernels compiled for other machines read it.

#include <cstdint>

namespace perceptory::tensor {

// The first pixel of window `i` of `count` along an axis of `size` pixels; u in [0, 1) shifts them. PyTorch's rule.
inline std::int64_t fractionalStart(double u, std::int64_t i, std::int64_t count, std::int64_t size,
                                    std::int64_t window) {
    if (i == count - 1) return size - window;
    const double step = static_cast<double>(size - window) / static_cast<double>(count - 1);
    return static_cast<std::int64_t>((static_cast<double>(i) + u) * step) - static_cast<std::int64_t>(u * step);
}

// u outside training.
constexpr double fixedFraction = 0.5;

}  // namespace perceptory::tensor
