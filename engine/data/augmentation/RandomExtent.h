#pragma once
// Where a box lies along one axis, for what cuts boxes out.

#include <algorithm>
#include <cstdint>

#include "engine/base/Random.h"

namespace perceptory::data {

// The pixels first … last − 1.
struct Extent {
    std::int64_t first, last;

    std::int64_t length() const { return last - first; }
};

// `length` of `size` pixels about a random one of them; what lies outside is cut off.
inline Extent randomExtent(std::int64_t size, std::int64_t length, base::RandomStream& random) {
    const std::int64_t first = random.below(static_cast<std::uint32_t>(size)) - length / 2;
    return {std::max<std::int64_t>(first, 0), std::min(first + length, size)};
}

}  // namespace perceptory::data
