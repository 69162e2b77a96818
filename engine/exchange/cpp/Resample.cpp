#include "engine/exchange/cpp/Kernel.h"

namespace perceptory::exchange::cpp {

// <text>
// The pixels first ... first + count - 1 of an axis that pixel i of the other size is made of, where the axis has
// another size. More than two count alike.
struct Blend {
    int first, count;
    double weights[2];
};

// how 0: the pixel floor(i * from / to); 1: between the two pixels around (i + 1/2) * from / to - 1/2; 2: the mean of
// the pixels floor(i * from / to) ... ceil((i + 1) * from / to) - 1.
inline Blend blend(int how, int from, int to, int i) {
    const int first = static_cast<int>(static_cast<long long>(i) * from / to);
    if (how == 0) return {first, 1, {1.0, 0.0}};
    if (how == 2) {
        const int count = static_cast<int>((static_cast<long long>(i + 1) * from + to - 1) / to) - first;
        return {first, count, {1.0 / count, 1.0 / count}};
    }
    double at = (i + 0.5) * from / to - 0.5;
    if (at < 0.0) at = 0.0;
    const int low = static_cast<int>(at) < from - 1 ? static_cast<int>(at) : from - 1;
    if (low + 1 >= from) return {low, 1, {1.0, 0.0}};
    return {low, 2, {1.0 - (at - low), at - low}};
}

// The image at another size, channel by channel.
inline void resample(const float* x, float* y, const Window& v, int how) {
    for (int row = 0; row < v.mapHeight; ++row)
        for (int column = 0; column < v.mapWidth; ++column, y += v.channels) {
            const Blend rows = blend(how, v.height, v.mapHeight, row);
            const Blend columns = blend(how, v.width, v.mapWidth, column);
            for (int c = 0; c < v.channels; ++c) y[c] = 0.0f;
            for (int i = 0; i < rows.count; ++i)
                for (int k = 0; k < columns.count; ++k) {
                    const double weight =
                        rows.weights[rows.count > 2 ? 0 : i] * columns.weights[columns.count > 2 ? 0 : k];
                    const float* pixel = x + ((rows.first + i) * v.width + columns.first + k) * v.channels;
                    for (int c = 0; c < v.channels; ++c) y[c] += static_cast<float>(weight) * pixel[c];
                }
        }
}
// </text>

namespace {

Call call(const Source& s) {
    if (s.integer(1)) return {};  // the way back, for gradients
    return {"resample", {s.in(0), s.out(0), s.window(), s.integer(0)}};
}

}  // namespace

const Kernel ResampleKernel{"resample", call, {CPP_FUNCTION(resample)}};

}  // namespace perceptory::exchange::cpp
