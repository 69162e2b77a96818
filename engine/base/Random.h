#pragma once
// Counter-based random numbers: Philox-4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as
// 1, 2, 3", SC 2011). The same (seed, step, operation, element) gives the same bits on every device and thread count.

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace perceptory::base {

// Four random words for one counter and key.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

// FNV-1a; names operations by node id and purpose, so that adding a layer changes no other's numbers.
std::uint32_t stableHash(std::string_view text);

// Uniform in [0, 1) with 24 bits, exact in float.
inline float toUnit(std::uint32_t bits) { return static_cast<float>(bits >> 8) * 0x1p-24f; }

// A sequence of numbers for one operation. Not thread-safe; make one per thread.
class RandomStream {
public:
    RandomStream(std::uint64_t seed, std::uint32_t operation, std::uint32_t step = 0)
        : m_key{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
          m_operation(operation),
          m_step(step) {}

    std::uint32_t bits();
    double uniform();  // [0, 1), 53 bits
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    double normal();                           // mean 0, deviation 1 (Box-Muller)
    std::uint32_t below(std::uint32_t bound);  // 0 … bound-1, without bias; bound > 0

    // Fisher-Yates.
    template <class T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1], items[below(static_cast<std::uint32_t>(i))]);
    }

private:
    std::array<std::uint32_t, 2> m_key;
    std::uint32_t m_operation;
    std::uint32_t m_step;
    std::uint32_t m_block = 0;
    int m_left = 0;
    std::array<std::uint32_t, 4> m_words{};
};

}  // namespace perceptory::base
