#pragma once
// Convolutions with 3×3 weights and stride 1 by Winograd's F(2×2, 3×3) (Lavin, Gray 2016): tiles of 4×4 source pixels
// and the weights are transformed, multiplied plane by plane, and transformed back into 2×2 results; 16 products stand
// for 36. Tiles are taken some dozens at a time, so that their transforms stay in the cache.

#include "engine/backends/isa/Share.h"

namespace perceptory::backends::isa::winograd {

// Destination = the side that is computed; source = the side that is read. Images lie row by row of the views.
struct Job {
    std::int64_t sourceHeight, sourceWidth, sourceChannels;
    std::int64_t height, width, channels;
    std::int64_t top, left;  // how far the first tile begins above and left of the source
    MatrixView source, out;
    MatrixView winners;   // pooled: which pixel of the destination won, [N; height/2, width/2, channels]
    const void* weights;  // as winogradWeights leaves them
    const void* bias;     // [channels] or null
    bool pooled, relu;    // out is the 2×2 maximum, [N; height/2, width/2, channels], with ReLU behind

    std::int64_t tilesDown() const { return (height + 1) / 2; }
    std::int64_t tilesAcross() const { return (width + 1) / 2; }
    std::int64_t tiles() const { return tilesDown() * tilesAcross(); }  // of an image
};

// How a convolution's window looks from the map (forward) or from the image (backward).
Job jobOf(const tensor::Window& window, bool backward);

// Tiles begin … end-1, counted through all images.
void run(const Job& job, Span tiles);

// Tiles worth taking together; threads share at multiples of it.
std::int64_t grain(const Job& job);

}  // namespace perceptory::backends::isa::winograd
