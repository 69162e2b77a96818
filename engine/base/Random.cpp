#include "engine/base/Random.h"

#include <cmath>
#include <numbers>

namespace perceptory::base {

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> c, std::array<std::uint32_t, 2> key) {
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t a = 0xD2511F53ull * c[0];
        const std::uint64_t b = 0xCD9E8D57ull * c[2];
        c = {static_cast<std::uint32_t>(b >> 32) ^ c[1] ^ key[0], static_cast<std::uint32_t>(b),
             static_cast<std::uint32_t>(a >> 32) ^ c[3] ^ key[1], static_cast<std::uint32_t>(a)};
        key[0] += 0x9E3779B9u;
        key[1] += 0xBB67AE85u;
    }
    return c;
}

std::uint32_t stableHash(std::string_view text) {
    std::uint32_t hash = 2166136261u;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return hash;
}

std::uint32_t RandomStream::bits() {
    if (m_left == 0) {
        m_words = philox({m_block++, 0, m_operation, m_step}, m_key);
        m_left = 4;
    }
    return m_words[static_cast<std::size_t>(4 - m_left--)];
}

double RandomStream::uniform() {
    const std::uint64_t high = bits();
    const std::uint64_t low = bits();
    return static_cast<double>(((high << 32) | low) >> 11) * 0x1p-53;
}

double RandomStream::normal() {
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
}

std::uint32_t RandomStream::below(std::uint32_t bound) {
    // Lemire's multiply-and-reject, which keeps every outcome equally likely; the division is only needed near the
    // edge.
    std::uint64_t product = static_cast<std::uint64_t>(bits()) * bound;
    if (static_cast<std::uint32_t>(product) < bound) {
        const std::uint32_t threshold = (0u - bound) % bound;
        while (static_cast<std::uint32_t>(product) < threshold) product = static_cast<std::uint64_t>(bits()) * bound;
    }
    return static_cast<std::uint32_t>(product >> 32);
}

}  // namespace perceptory::base
