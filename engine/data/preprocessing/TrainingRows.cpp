#include "engine/data/preprocessing/TrainingRows.h"

#include <algorithm>

namespace perceptory::data {

namespace {

constexpr std::size_t blockBytes = std::size_t{4} << 20;

}  // namespace

void TrainingRows::blocks(const std::function<void(const float* rows, std::size_t count)>& visit,
                          const base::Progress& progress) const {
    const std::size_t fitting = std::clamp<std::size_t>(blockBytes / (sizeof(float) * m_width + 1), 1, 1024);
    std::vector<float> block(std::min(fitting, count()) * m_width);
    for (std::size_t first = 0; first < count(); first += fitting) {
        const auto rows = std::span(m_rows).subspan(first, std::min(fitting, count() - first));
        m_read(rows, block.data());
        visit(block.data(), rows.size());
        base::tell(progress, static_cast<double>(first + rows.size()) / static_cast<double>(count()));
    }
}

void TrainingRows::each(const std::function<void(const float* row)>& visit, const base::Progress& progress) const {
    const auto visitAll = [&](const float* rows, std::size_t count) {
        for (std::size_t row = 0; row < count; ++row) visit(rows + row * m_width);
    };
    blocks(visitAll, progress);
}

TrainingRows TrainingRows::thinned(std::size_t most) const {
    if (count() <= most) return *this;
    std::vector<std::uint32_t> chosen;
    for (std::size_t i = 0; i < most; ++i) chosen.push_back(m_rows[i * count() / most]);
    return {std::move(chosen), m_width, m_read};
}

}  // namespace perceptory::data
