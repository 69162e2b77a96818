#pragma once
// Which source pixels a destination pixel reads along one axis, forward (map from image) or backward (image from map).

#include "engine/backends/Kernels.h"

namespace perceptory::backends::isa {

struct SlidingAxis {
    std::int64_t size, sourceSize, kernel, stride, pad, dilation;
    bool backward;

    // The source coordinate behind tap k of destination d; -1 outside the source or between its pixels.
    std::int64_t source(std::int64_t d, std::int64_t k) const {
        std::int64_t at = backward ? d + pad - k * dilation : d * stride - pad + k * dilation;
        if (backward) {
            if (at < 0 || at % stride != 0) return -1;
            at /= stride;
        }
        return at >= 0 && at < sourceSize ? at : -1;
    }

    // Destinations this far apart can have the same taps; their sources then lie sourceStep() apart.
    std::int64_t step() const { return backward ? stride : 1; }
    std::int64_t sourceStep() const { return backward ? 1 : stride; }

    bool sameTaps(std::int64_t a, std::int64_t b) const {
        for (std::int64_t k = 0; k < kernel; ++k)
            if ((source(a, k) < 0) != (source(b, k) < 0)) return false;
        return true;
    }

    // Destinations first, first + step(), … that read through the same taps: the inner part, and each border apart.
    struct Line {
        std::int64_t first, count;
    };
    template <class Visit>
    void forEachLine(Visit visit) const {
        for (std::int64_t rest = 0; rest < step(); ++rest)
            for (std::int64_t d = rest; d < size;) {
                Line line{d, 1};
                while (d + line.count * step() < size && sameTaps(d, d + line.count * step())) ++line.count;
                visit(line);
                d += line.count * step();
            }
    }
};

inline SlidingAxis verticalAxis(const tensor::Window& w, bool backward) {
    return {backward ? w.height : w.mapHeight,
            backward ? w.mapHeight : w.height,
            w.kernelHeight,
            w.strideY,
            w.padTop,
            w.dilationY,
            backward};
}

inline SlidingAxis horizontalAxis(const tensor::Window& w, bool backward) {
    return {backward ? w.width : w.mapWidth,
            backward ? w.mapWidth : w.width,
            w.kernelWidth,
            w.strideX,
            w.padLeft,
            w.dilationX,
            backward};
}

}  // namespace perceptory::backends::isa
