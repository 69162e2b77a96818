#pragma once
// Arithmetic on sizes that come from users and files. Overflow becomes an Error, never a small number.

#include <cstdint>
#include <string>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::base {

inline std::int64_t checkedMultiply(std::int64_t a, std::int64_t b, const std::string& what) {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(a, b, &product))
        throw Error(sentence("{0} is too large to count. Choose smaller sizes.", what));
    return product;
}

inline std::int64_t checkedAdd(std::int64_t a, std::int64_t b, const std::string& what) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a, b, &sum))
        throw Error(sentence("{0} is too large to count. Choose smaller sizes.", what));
    return sum;
}

}  // namespace perceptory::base
