#pragma once
// One of the inputs that data offers a network. A row holds the values of its fields one behind the other.

#include <cstdint>
#include <string>
#include <vector>

namespace perceptory::data {

struct Field {
    std::string name = "x";
    std::vector<std::int64_t> shape;  // of one row: {F}, {T}, {H, W, C}

    std::int64_t size() const {
        std::int64_t product = 1;
        for (const std::int64_t extent : shape) product *= extent;
        return product;
    }
    bool operator==(const Field&) const = default;
};

}  // namespace perceptory::data
