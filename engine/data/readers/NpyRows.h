#pragma once
// The rows of an array as the network gets them: of a shape of their own where one is asked for, channels last.

#include <optional>

#include "engine/data/RowStore.h"
#include "engine/data/readers/NpyFile.h"

namespace perceptory::data {

struct NpyView {
    bool channelsFirst = true;        // as rows of three sizes are stored
    std::vector<std::int64_t> shape;  // of one row, channels last; empty: as stored
};

class NpyRows {
public:
    // Throws Error as NpyFile does, for rows of too many values, and where the shape does not fit them.
    NpyRows(const ArrayPath& path, const NpyView& view);

    const NpyFile& file() const { return m_file; }
    // Of one row.
    const std::vector<std::int64_t>& shape() const { return m_shape; }
    std::size_t width() const { return static_cast<std::size_t>(m_file.rowSize()); }

    // Where a value of a row as it is read stands in the file; see NpyFile.
    std::string placeOf(std::int64_t row, std::size_t value) const;

    void read(std::int64_t row, std::span<float> into) const { readTurned(row, into); }
    void read(std::int64_t row, std::span<std::uint8_t> into) const { readTurned(row, into); }  // where file().bytes()

private:
    template <class T>
    void readTurned(std::int64_t row, std::span<T> into) const;

    NpyFile m_file;
    std::vector<std::int64_t> m_shape;
    std::size_t m_channels = 1;  // more than one: each lies by itself in the file
};

// "28x28x1" as sizes; also × and commas part them. Nothing for anything else and for sizes that are too large.
std::optional<std::vector<std::int64_t>> sizesOf(const std::string& text);
std::string sizesText(const std::vector<std::int64_t>& sizes);

}  // namespace perceptory::data
