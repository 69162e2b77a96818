#include "engine/data/readers/NpyRows.h"

#include <algorithm>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/data/Counts.h"
#include "engine/data/readers/PixelFile.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

namespace {

// The shape of a row in the order of the network.
std::vector<std::int64_t> storedShape(const NpyFile& file, bool channelsFirst) {
    std::vector<std::int64_t> shape(file.shape().begin() + 1, file.shape().end());
    if (shape.empty()) shape = {1};
    if (shape.size() == 3 && channelsFirst) std::rotate(shape.begin(), shape.begin() + 1, shape.end());
    return shape;
}

}  // namespace

NpyRows::NpyRows(const ArrayPath& path, const NpyView& view)
    : m_file(path), m_shape(view.shape.empty() ? storedShape(m_file, view.channelsFirst) : view.shape) {
    if (m_file.rowSize() > mostRowValues)
        throw base::Error(base::sentence("{0}: its rows have {1} values, and {2} is the most. Save smaller ones.",
                                         m_file.path(), m_file.rowSize(), mostRowValues));
    if (productUpTo(mostRowValues, m_shape) != m_file.rowSize())
        throw base::Error(base::sentence("{0}: its rows have {1}, not {2}. Choose another shape, or none.",
                                         m_file.path(), valuesText(m_file.rowSize()), sizesText(m_shape)));
    if (m_shape.size() == 3 && view.channelsFirst) m_channels = static_cast<std::size_t>(m_shape[2]);
}

std::string NpyRows::placeOf(std::int64_t row, std::size_t value) const {
    return m_file.placeOf(row, value % m_channels * (width() / m_channels) + value / m_channels);
}

template <class T>
void NpyRows::readTurned(std::int64_t row, std::span<T> into) const {
    if (m_channels <= 1) return m_file.read(row, into);
    const std::size_t pixels = into.size() / m_channels;
    thread_local std::vector<T> stored;
    stored.resize(into.size());
    m_file.read(row, std::span(stored));
    for (std::size_t p = 0; p < pixels; ++p)
        for (std::size_t c = 0; c < m_channels; ++c) into[p * m_channels + c] = stored[c * pixels + p];
}

template void NpyRows::readTurned(std::int64_t, std::span<float>) const;
template void NpyRows::readTurned(std::int64_t, std::span<std::uint8_t>) const;

std::optional<std::vector<std::int64_t>> sizesOf(const std::string& text) {
    std::vector<std::int64_t> sizes;
    bool inside = false;
    for (const std::string_view character : utf8Characters(text)) {
        const char c = character.front();
        if (c >= '0' && c <= '9') {
            if (!inside) sizes.push_back(0);
            inside = true;
            sizes.back() = 10 * sizes.back() + (c - '0');
            if (sizes.back() > mostRowValues) return {};
        } else if (character == "x" || character == "×" || character == "," || character == " ") {
            inside = false;
        } else {
            return {};
        }
    }
    return sizes.size() <= 3 && std::ranges::count(sizes, 0) == 0 ? std::optional(sizes) : std::nullopt;
}

std::string sizesText(const std::vector<std::int64_t>& sizes) {
    std::string text;
    for (const std::int64_t size : sizes) text += (text.empty() ? "" : "x") + std::to_string(size);
    return text;
}

}  // namespace perceptory::data
