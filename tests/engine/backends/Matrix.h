#pragma once
// Matrices for kernel tests: of floats or doubles, with a gap after each row that must stay untouched.

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <vector>

#include "engine/backends/KernelLibrary.h"
#include "engine/base/Random.h"

namespace perceptory::tests {

template <class Real>
class Matrix {
public:
    Matrix(std::int64_t rows, std::int64_t columns, std::int64_t gap = 0)
        : m_rows(rows),
          m_columns(columns),
          m_stride(columns + gap),
          m_values(static_cast<std::size_t>(rows * m_stride), untouched) {}

    static Matrix random(std::int64_t rows, std::int64_t columns, std::int64_t gap = 0, std::uint64_t seed = 1) {
        Matrix result(rows, columns, gap);
        base::RandomStream stream(seed, 7);
        for (std::int64_t r = 0; r < rows; ++r)
            for (std::int64_t c = 0; c < columns; ++c) result(r, c) = static_cast<Real>(stream.uniform(-1, 1));
        return result;
    }

    Real& operator()(std::int64_t r, std::int64_t c) { return m_values[static_cast<std::size_t>(r * m_stride + c)]; }
    Real operator()(std::int64_t r, std::int64_t c) const {
        return m_values[static_cast<std::size_t>(r * m_stride + c)];
    }

    backends::MatrixView view() { return {m_values.data(), m_rows, m_columns, m_stride}; }
    const std::vector<Real>& values() const { return m_values; }
    std::int64_t rows() const { return m_rows; }
    std::int64_t columns() const { return m_columns; }

    bool gapsAreUntouched() const {
        for (std::int64_t r = 0; r < m_rows; ++r)
            for (std::int64_t c = m_columns; c < m_stride; ++c)
                if ((*this)(r, c) != untouched) return false;
        return true;
    }

private:
    static constexpr Real untouched = 12345;
    std::int64_t m_rows, m_columns, m_stride;
    std::vector<Real> m_values;
};

inline backends::KernelFunction primitive(const backends::KernelTable& table, const std::string& id) {
    for (int i = 0; i < table.primitiveCount; ++i)
        if (id == table.primitives[i].id) return table.primitives[i].run;
    return nullptr;
}

inline void runInParts(backends::KernelFunction run, const backends::KernelCall& call, int parts = 1,
                       const backends::RunState& state = {}) {
    for (int part = 0; part < parts; ++part) run(call, state, part, parts);
}

// A call of these matrices; null stands for an optional one that is left out.
template <class Real>
backends::KernelCall callOf(std::initializer_list<Matrix<Real>*> inputs, std::initializer_list<Matrix<Real>*> outputs) {
    backends::KernelCall call;
    int i = 0;
    for (Matrix<Real>* input : inputs) call.in[i++] = input ? input->view() : backends::MatrixView{};
    i = 0;
    for (Matrix<Real>* output : outputs) call.out[i++] = output->view();
    return call;
}

template <class Real>
double difference(const Matrix<Real>& a, const Matrix<Real>& b) {
    double worst = 0;
    for (std::size_t i = 0; i < a.values().size(); ++i)
        worst = std::max(worst, std::abs(double(a.values()[i]) - double(b.values()[i])));
    return worst;
}

// Every float table this machine can run.
inline std::vector<const backends::KernelTable*> floatTables() {
    std::vector<const backends::KernelTable*> tables;
    for (const std::string& isa : backends::supportedInstructionSets()) tables.push_back(&backends::kernels(isa));
    return tables;
}

}  // namespace perceptory::tests
