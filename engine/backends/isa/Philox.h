#pragma once
// Philox-4x32-10 for many counters at a time; the words are those of base::philox({block, 0, operation, step}, seed).

#include <cstdint>

namespace perceptory::backends::isa {

struct PhiloxKey {
    std::uint64_t seed = 0;
    std::uint32_t operation = 0;
    std::uint32_t step = 0;
};

constexpr int philoxBlocks = 16;

// Four words each of the counters block … block+philoxBlocks-1, in order. Loops over counters are innermost, so that
// the compiler can put counters into vector lanes.
inline void philoxWords(const PhiloxKey& key, std::uint32_t block, std::uint32_t words[4 * philoxBlocks]) {
    std::uint32_t c[4][philoxBlocks];
    for (int i = 0; i < philoxBlocks; ++i) {
        c[0][i] = block + static_cast<std::uint32_t>(i);
        c[1][i] = 0;
        c[2][i] = key.operation;
        c[3][i] = key.step;
    }
    std::uint32_t k0 = static_cast<std::uint32_t>(key.seed), k1 = static_cast<std::uint32_t>(key.seed >> 32);
    for (int round = 0; round < 10; ++round) {
        for (int i = 0; i < philoxBlocks; ++i) {
            const std::uint64_t a = std::uint64_t{0xD2511F53u} * c[0][i];
            const std::uint64_t b = std::uint64_t{0xCD9E8D57u} * c[2][i];
            c[0][i] = static_cast<std::uint32_t>(b >> 32) ^ c[1][i] ^ k0;
            c[1][i] = static_cast<std::uint32_t>(b);
            c[2][i] = static_cast<std::uint32_t>(a >> 32) ^ c[3][i] ^ k1;
            c[3][i] = static_cast<std::uint32_t>(a);
        }
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    for (int i = 0; i < philoxBlocks; ++i)
        for (int w = 0; w < 4; ++w) words[4 * i + w] = c[w][i];
}

}  // namespace perceptory::backends::isa
