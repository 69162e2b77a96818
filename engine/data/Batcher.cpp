#include "engine/data/Batcher.h"

#include <algorithm>
#include <map>

#include "engine/base/Random.h"

namespace perceptory::data {

const std::vector<std::string>& balanceWords() {
    static const std::vector<std::string> words{"none", "weighted_sampling", "oversample", "undersample"};
    return words;
}

Batcher::Batcher(std::vector<std::uint32_t> rows, bool shuffle, Balance balance, std::span<const std::int32_t> labels)
    : m_rows(std::move(rows)), m_shuffle(shuffle), m_balance(balance) {
    if (m_balance == Balance::None) return;
    std::map<std::int32_t, std::vector<std::uint32_t>> classes;
    for (const std::uint32_t row : m_rows) classes[labels[row]].push_back(row);
    for (auto& [label, members] : classes) m_classes.push_back(std::move(members));
}

// Of oversample and undersample.
std::size_t Batcher::perClass() const {
    const auto size = [](const auto& members) { return members.size(); };
    return std::ranges::max(m_classes, {}, size).size() * (m_balance == Balance::Oversample) +
           std::ranges::min(m_classes, {}, size).size() * (m_balance == Balance::Undersample);
}

std::size_t Batcher::rows() const {
    const bool asMany = m_balance == Balance::None || m_balance == Balance::WeightedSampling || m_classes.empty();
    return asMany ? m_rows.size() : perClass() * m_classes.size();
}

void Batcher::draw(std::uint64_t seed, std::uint32_t epoch, std::vector<std::uint32_t>& into) const {
    base::RandomStream random(seed, base::stableHash("balance"), epoch);
    const auto anyOf = [&](const auto& items) -> const auto& {
        return items[random.below(static_cast<std::uint32_t>(items.size()))];
    };
    into.clear();
    if (m_balance == Balance::WeightedSampling) {
        for (std::size_t i = 0; i < m_rows.size(); ++i) into.push_back(anyOf(anyOf(m_classes)));
        return;
    }
    const std::size_t count = perClass();
    for (const std::vector<std::uint32_t>& members : m_classes) {
        for (std::size_t i = 0; i < count / members.size(); ++i)
            into.insert(into.end(), members.begin(), members.end());
        std::vector<std::uint32_t> rest = members;
        random.shuffle(rest);
        into.insert(into.end(), rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(count % members.size()));
    }
}

std::vector<std::uint32_t> Batcher::order(std::uint64_t seed, std::uint32_t epoch) const {
    std::vector<std::uint32_t> result;
    order(seed, epoch, result);
    return result;
}

void Batcher::order(std::uint64_t seed, std::uint32_t epoch, std::vector<std::uint32_t>& into) const {
    if (m_balance == Balance::None || m_classes.empty()) {
        into = m_rows;
    } else {
        draw(seed, epoch, into);
        if (!m_shuffle) std::ranges::sort(into);
    }
    if (m_shuffle) base::RandomStream(seed, base::stableHash("batch order"), epoch).shuffle(into);
}

std::span<const std::uint32_t> Batcher::batch(std::span<const std::uint32_t> order, std::size_t batchSize,
                                              std::size_t index) {
    const std::size_t first = std::min(index * batchSize, order.size());
    return order.subspan(first, std::min(batchSize, order.size() - first));
}

}  // namespace perceptory::data
