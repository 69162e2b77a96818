#pragma once
// Images in memory: bytes [H][W][C], from the top, of one channel (grey) or three (red, green, blue).

#include <cstddef>
#include <cstdint>
#include <vector>

namespace perceptory::data {

struct ImageSize {
    std::int64_t height = 0, width = 0, channels = 1;

    std::size_t rowValues() const { return static_cast<std::size_t>(width * channels); }
    std::size_t values() const { return static_cast<std::size_t>(height) * rowValues(); }
    bool operator==(const ImageSize&) const = default;
};

struct Image {
    ImageSize size;
    std::vector<std::uint8_t> values;
};

}  // namespace perceptory::data
