#pragma once
// Convolutions of every geometry, multiply-add by multiply-add.

#include "engine/backends/isa/Share.h"
#include "engine/backends/isa/SlidingAxis.h"

namespace perceptory::backends::isa::direct {

// Destination = the side that is computed; source = the side that is read.
struct Job {
    SlidingAxis y, x;
    std::int64_t groups;
    std::int64_t sourceChannels, channels;  // of all groups
    std::int64_t sourceGroup, group;        // channels in a group
    MatrixView source, out;
    const void* weights;  // [taps][sourceGroup][channels]
    const void* bias;     // [channels] or null
};

// How a convolution's window looks from the map (forward) or from the image (backward); matrices are left to the
// caller.
Job jobOf(const tensor::Window& window, bool backward);

void run(const Job& job, Span images, Span channels);

}  // namespace perceptory::backends::isa::direct
