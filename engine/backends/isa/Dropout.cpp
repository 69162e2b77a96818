// Dropout with counter-based random numbers (base::philox gives the same words).

#include <cmath>

#include "engine/backends/isa/Lanes.h"
#include "engine/backends/isa/Philox.h"
#include "engine/backends/isa/Primitives.h"
#include "engine/backends/isa/Share.h"

namespace perceptory::backends::isa {

namespace {

using Real = Lanes::Real;

constexpr std::int64_t chunk = 4 * philoxBlocks;

struct Mask {
    PhiloxKey key;
    std::uint32_t threshold;  // words below it are dropped
    Real scale;
};

// Elements first … first+count-1 of the whole matrix, first a multiple of `chunk`, in one row from `from` to `to`.
void dropChunk(const Mask& mask, std::uint64_t first, std::int64_t skip, std::int64_t count, const Real* from,
               Real* to) {
    std::uint32_t words[chunk];
    philoxWords(mask.key, static_cast<std::uint32_t>(first / 4), words);
    for (std::int64_t i = 0; i < count; ++i)
        to[i] = (words[skip + i] >> 8) >= mask.threshold ? from[i] * mask.scale : Real(0);
}

void dropRow(const Mask& mask, std::uint64_t first, std::int64_t count, const Real* from, Real* to) {
    for (std::int64_t done = 0; done < count;) {
        const std::uint64_t at = first + static_cast<std::uint64_t>(done);
        const std::int64_t skip = static_cast<std::int64_t>(at % chunk);
        const std::int64_t n = std::min(count - done, chunk - skip);
        dropChunk(mask, at - static_cast<std::uint64_t>(skip), skip, n, from + done, to + done);
        done += n;
    }
}

}  // namespace

void dropout(const KernelCall& call, const RunState& state, int part, int parts) {
    const double rate = call.numbers[0];
    const Mask mask{{state.seed, static_cast<std::uint32_t>(call.integers[0]), state.step},
                    static_cast<std::uint32_t>(std::ceil(rate * 0x1p24)),
                    static_cast<Real>(1 / (1 - rate))};
    const MatrixView &in = call.in[0], &out = call.out[0];
    const bool gapless = isGapless(in) && isGapless(out);
    const Span rows = gapless ? Span{0, 1} : share(in.rows, 1, part, parts);
    const Span columns = gapless ? share(in.rows * in.columns, chunk, part, parts) : Span{0, in.columns};
    for (std::int64_t r = rows.begin; r < rows.end; ++r)
        dropRow(mask, static_cast<std::uint64_t>(r * in.columns + columns.begin), columns.end - columns.begin,
                row<const Real>(in, r) + columns.begin, row<Real>(out, r) + columns.begin);
}

}  // namespace perceptory::backends::isa
