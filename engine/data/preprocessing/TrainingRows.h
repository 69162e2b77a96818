#pragma once
// The rows that preprocessing learns from. They are read a few at a time, again for each pass, because a large data set
// does not fit into the memory as floats.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/base/Progress.h"

namespace perceptory::data {

class TrainingRows {
public:
    // Writes the rows with these numbers one behind the other.
    using Read = std::function<void(std::span<const std::uint32_t> rows, float* into)>;

    TrainingRows(std::vector<std::uint32_t> rows, std::size_t width, Read read)
        : m_rows(std::move(rows)), m_width(width), m_read(std::move(read)) {}

    std::size_t count() const { return m_rows.size(); }
    std::size_t width() const { return m_width; }

    // All rows in order, in blocks of [count][width]. Throws Cancelled.
    void blocks(const std::function<void(const float* rows, std::size_t count)>& visit,
                const base::Progress& progress) const;
    // All rows in order, one by one. Throws Cancelled.
    void each(const std::function<void(const float* row)>& visit, const base::Progress& progress) const;

    // At most so many of them, evenly spaced.
    TrainingRows thinned(std::size_t most) const;

private:
    std::vector<std::uint32_t> m_rows;
    std::size_t m_width;
    Read m_read;
};

}  // namespace perceptory::data
