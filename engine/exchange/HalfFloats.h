#pragma once
// Numbers of two bytes, as other frameworks store weights.

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace perceptory::exchange {

// IEEE 754 binary16: sign 1, exponent 5, fraction 10 bits.
inline float floatFromHalf(std::uint16_t bits) {
    const int exponent = bits >> 10 & 31;
    const int fraction = bits & 1023;
    float value = 0;
    if (exponent == 0)
        value = std::ldexp(static_cast<float>(fraction), -24);
    else if (exponent == 31)
        value = fraction ? std::numeric_limits<float>::quiet_NaN() : std::numeric_limits<float>::infinity();
    else
        value = std::ldexp(static_cast<float>(fraction + 1024), exponent - 25);
    return bits & 0x8000 ? -value : value;
}

// bfloat16: the upper half of a float.
inline float floatFromBrainHalf(std::uint16_t bits) { return std::bit_cast<float>(std::uint32_t{bits} << 16); }

}  // namespace perceptory::exchange
