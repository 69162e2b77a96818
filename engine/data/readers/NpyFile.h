#pragma once
// One array in NumPy's format (numpy.lib.format), in a file or an archive: a header that tells type, order and shape,
// then the numbers, which are read piece by piece.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/data/readers/NpzArchive.h"

namespace perceptory::data {

class NpyFile {
public:
    // Throws Error when the file cannot be read, is no such array, holds something else than plain numbers, lies in
    // Fortran's order, or has another length than its header promises.
    explicit NpyFile(const ArrayPath& path);

    const std::string& path() const { return m_bytes->place(); }
    // Never empty; the first counts rows.
    const std::vector<std::int64_t>& shape() const { return m_shape; }
    // Whole numbers or truth values.
    bool whole() const { return m_type.kind != 'f'; }
    // Whole numbers from 0 to 255, a byte each.
    bool bytes() const { return m_type.kind == 'u' && m_type.bytes == 1; }
    std::int64_t rows() const { return m_shape.front(); }
    std::int64_t rowSize() const;  // values of one row

    // Of a value of a row in the order of the file, counted from 1: "row 3, column 2", "row 3, place (1, 4, 2)".
    std::string placeOf(std::int64_t row, std::size_t value) const;

    // Values of whole rows in C order, by one thread at a time, as many as fit `into`; those of an archive one after
    // the other, or it begins anew. Throws Error when the file has shrunk, and for a damaged archive.
    void read(std::int64_t firstRow, std::span<float> into) const;
    void read(std::int64_t firstRow, std::span<double> into) const;
    void read(std::int64_t firstRow, std::span<std::uint8_t> into) const;  // of bytes() alone

    // The place of the first number, of those read so far, that a float could not hold exactly although it is whole.
    const std::string& rounded() const { return m_rounded; }

private:
    struct NumberType {
        char kind = 0;  // f, i, u, b
        int bytes = 0;
        bool turned = false;  // the first byte is the largest
    };

    static NumberType numberType(const std::string& text, const std::string& path);
    template <class T>
    static T numberAt(const std::byte* bytes, const NumberType& type);
    template <class T>
    void readNumbers(std::int64_t firstRow, std::span<T> into) const;

    std::unique_ptr<ByteSource> m_bytes;
    std::vector<std::int64_t> m_shape;
    NumberType m_type;
    std::int64_t m_first = 0;  // where the numbers begin
    mutable std::string m_rounded;
};

}  // namespace perceptory::data
