#pragma once
// The numbers of many rows as a reader found them: bytes of pixels or floats. In memory while they are few; beyond
// that in a temporary file without a name, which goes with the store, so that a set larger than the memory opens too.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace perceptory::data {

// Rows are appended by one thread; afterwards any number of threads may read at once. Copies share the file, so only a
// store without copies may grow.
class RowStore {
public:
    // Floats are kept as they are; bytes become byte / divisor when they are read.
    enum class Number { Float, Byte };
    // What stays in memory, in bytes.
    static constexpr std::int64_t usualMemory = std::int64_t{256} << 20;

    explicit RowStore(std::size_t width, Number number = Number::Float, float divisor = 1,
                      std::int64_t mostMemory = usualMemory);

    std::size_t width() const { return m_width; }
    std::size_t count() const { return m_count; }
    Number number() const { return m_number; }
    float divisor() const { return m_divisor; }
    std::int64_t bytes() const { return static_cast<std::int64_t>(m_count * rowBytes()); }
    // Held in memory, in bytes; the rest is on the disk.
    std::int64_t memory() const { return static_cast<std::int64_t>(m_memory.size()); }

    // Whole rows of the store's kind of number. Throws Error when the disk is full.
    void append(std::span<const std::uint8_t> values);
    void append(std::span<const float> values);
    void append(const RowStore& more);  // of the same width; number and divisor become floats where they differ

    // Row `row` as floats. Throws Error when the disk fails.
    void read(std::size_t row, float* into) const;
    // The same without a copy where the floats are in memory; else in `scratch`, which grows as needed.
    std::span<const float> row(std::size_t row, std::vector<float>& scratch) const;

    // A store of these rows alone, in this order.
    RowStore chosen(std::span<const std::uint32_t> rows) const;
    // The same rows as floats after change(row), which gets each as a span to write to.
    template <class Change>
    RowStore changed(const Change& change) const {
        RowStore result(m_width, Number::Float, 1, m_mostMemory);
        std::vector<float> values(m_width);
        for (std::size_t row = 0; row < m_count; ++row) {
            read(row, values.data());
            change(std::span<float>(values));
            result.append(values);
        }
        return result;
    }
    // All rows, for sets known to be small.
    std::vector<float> floats() const;

private:
    class SpillFile;

    std::size_t rowBytes() const { return m_width * (m_number == Number::Byte ? 1 : sizeof(float)); }
    void appendBytes(const std::byte* values, std::size_t size);
    // The bytes of a row, in memory or read into `buffer`.
    const std::byte* stored(std::size_t row, std::vector<std::byte>& buffer) const;

    std::size_t m_width, m_count = 0;
    Number m_number;
    float m_divisor;
    std::int64_t m_mostMemory;
    std::vector<std::byte> m_memory;     // the first rows
    std::shared_ptr<SpillFile> m_spill;  // those behind them
};

}  // namespace perceptory::data
