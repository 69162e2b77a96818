#include "engine/data/Batcher.h"

#include <algorithm>

#include "engine/base/Random.h"

namespace perceptory::data {

std::vector<std::uint32_t> Batcher::order(std::uint64_t seed, std::uint32_t epoch) const {
    std::vector<std::uint32_t> result;
    order(seed, epoch, result);
    return result;
}

void Batcher::order(std::uint64_t seed, std::uint32_t epoch, std::vector<std::uint32_t>& into) const {
    into = m_rows;
    if (m_shuffle) base::RandomStream(seed, base::stableHash("batch order"), epoch).shuffle(into);
}

std::span<const std::uint32_t> Batcher::batch(std::span<const std::uint32_t> order, std::size_t batchSize,
                                              std::size_t index) {
    const std::size_t first = std::min(index * batchSize, order.size());
    return order.subspan(first, std::min(batchSize, order.size() - first));
}

}  // namespace perceptory::data
