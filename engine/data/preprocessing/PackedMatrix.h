#pragma once
// A matrix that many rows are multiplied with. It lies in panels of 16 columns, so that a product reads memory in order
// and a panel stays in the cache while it meets all rows.

#include "engine/data/preprocessing/Preprocessing.h"

namespace perceptory::data {

// Immutable; any thread may use it.
class PackedMatrix {
public:
    // From [rows][columns].
    PackedMatrix(std::size_t rows, std::size_t columns, std::span<const float> values);
    // From a tensor that readMatrix() has accepted.
    explicit PackedMatrix(const tensor::NamedTensor& matrix);

    std::size_t rows() const { return m_rows; }
    std::size_t columns() const { return m_columns; }

    // from [n][rows] -> to [n][columns], other memory. Each value is summed in the order of the rows, in single
    // precision, so that the bits of a row do not depend on how many are multiplied together.
    void multiply(const ConstRows& from, const Rows& to) const;

    tensor::NamedTensor unpacked(std::string name) const;

private:
    static constexpr std::size_t lanes = 16;

    std::size_t panels() const { return (m_columns + lanes - 1) / lanes; }
    // How many columns of panel `panel` there are.
    std::size_t filled(std::size_t panel) const { return std::min(lanes, m_columns - panel * lanes); }
    template <int Count>
    void multiplyRows(std::size_t panel, const ConstRows& from, const Rows& to, std::size_t row) const;

    std::size_t m_rows, m_columns;
    tensor::Buffer m_values;  // [panels][rows][lanes]
};

}  // namespace perceptory::data
