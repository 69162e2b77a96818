#include "engine/data/preprocessing/PackedMatrix.h"

#include <Eigen/Core>

#include <algorithm>

namespace perceptory::data {

PackedMatrix::PackedMatrix(std::size_t rows, std::size_t columns, std::span<const float> values)
    : m_rows(rows), m_columns(columns), m_values(static_cast<std::int64_t>(panels() * rows * lanes)) {
    float* to = m_values.floats().data();
    for (std::size_t panel = 0; panel < panels(); ++panel)
        for (std::size_t row = 0; row < rows; ++row, to += lanes)
            std::copy_n(&values[row * columns + panel * lanes], filled(panel), to);
}

PackedMatrix::PackedMatrix(const tensor::NamedTensor& matrix)
    : PackedMatrix(static_cast<std::size_t>(matrix.shape[0]), static_cast<std::size_t>(matrix.shape[1]),
                   matrix.values.floats()) {}

tensor::NamedTensor PackedMatrix::unpacked(std::string name) const {
    tensor::NamedTensor result{std::move(name),
                               {static_cast<std::int64_t>(m_rows), static_cast<std::int64_t>(m_columns)},
                               tensor::Buffer(static_cast<std::int64_t>(m_rows * m_columns))};
    const float* from = m_values.floats().data();
    for (std::size_t panel = 0; panel < panels(); ++panel)
        for (std::size_t row = 0; row < m_rows; ++row, from += lanes)
            std::copy_n(from, filled(panel), &result.values.floats()[row * m_columns + panel * lanes]);
    return result;
}

// The sums of `Count` rows in one panel; they stay in registers.
template <int Count>
void PackedMatrix::multiplyRows(std::size_t panel, const ConstRows& from, const Rows& to, std::size_t row) const {
    using Lanes = Eigen::Array<float, static_cast<int>(lanes), 1>;
    Lanes sums[Count];
    const float* x[Count];
    for (int i = 0; i < Count; ++i) {
        sums[i].setZero();
        x[i] = from[row + static_cast<std::size_t>(i)];
    }
    const float* values = m_values.floats().data() + panel * m_rows * lanes;
    for (std::size_t j = 0; j < m_rows; ++j) {
        const Eigen::Map<const Lanes, Eigen::Aligned64> entries(values + j * lanes);
        for (int i = 0; i < Count; ++i) sums[i] += x[i][j] * entries;
    }
    for (int i = 0; i < Count; ++i)
        std::copy_n(sums[i].data(), filled(panel), to[row + static_cast<std::size_t>(i)] + panel * lanes);
}

void PackedMatrix::multiply(const ConstRows& from, const Rows& to) const {
    for (std::size_t panel = 0; panel < panels(); ++panel) {
        std::size_t row = 0;
        for (; row + 2 <= from.count; row += 2) multiplyRows<2>(panel, from, to, row);
        if (row < from.count) multiplyRows<1>(panel, from, to, row);
    }
}

}  // namespace perceptory::data
