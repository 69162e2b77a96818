#pragma once
// How a window slides over an image, as convolutions and pools share it. Images are [height][width][channels].
// Plain numbers: kernels compiled for other machines read it.

#include <cstdint>

namespace perceptory::tensor {

// The image is the larger side (what a convolution reads), the map the smaller one (a value per position of the
// window).
struct Window {
    std::int64_t height = 1, width = 1, channels = 1;           // of the image
    std::int64_t mapHeight = 1, mapWidth = 1, mapChannels = 1;  // of the map
    std::int64_t kernelHeight = 1, kernelWidth = 1;
    std::int64_t strideY = 1, strideX = 1;
    std::int64_t padTop = 0, padLeft = 0;
    std::int64_t dilationY = 1, dilationX = 1;
    std::int64_t groups = 1;

    std::int64_t taps() const { return kernelHeight * kernelWidth; }
};

// Numbers of the largest map (or padded image) that a convolution and the pool behind it take through the cache
// together.
constexpr std::int64_t mostPooledMap = 160 * 1024;

// How the pixels of one size become those of another, along each axis (n pixels to m):
enum class Resampling : std::int64_t {
    Nearest,          // the pixel ⌊i·n/m⌋
    Bilinear,         // between the two pixels around (i + ½)·n/m − ½, PyTorch's align_corners = false
    AdaptiveAverage,  // the mean of pixels ⌊i·n/m⌋ … ⌈(i + 1)·n/m⌉ − 1
};

}  // namespace perceptory::tensor
