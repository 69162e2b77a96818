#pragma once
// Rows of a data set into the inputs of a plan: the fields of the network, and for each head targets and weights.

#include <algorithm>
#include <span>
#include <vector>

#include "engine/backends/cpu/Executable.h"
#include "engine/training/Objective.h"

namespace perceptory::training {

// Immutable; the data set outlives it.
class BatchLoader {
public:
    BatchLoader(const data::Dataset& dataset, const std::vector<Head>& heads);

    // The executable's batch has as many rows. Inputs that the plan does not read are left alone.
    void load(backends::cpu::Executable& executable, const Objective& objective,
              std::span<const std::uint32_t> rows) const;

    // Encoded targets of a head, [count][targetWidth], and how much its units count, [count][units]; no weights: all
    // alike.
    const std::vector<float>& targets(std::size_t head) const { return m_targets[head]; }
    const std::vector<float>& weights(std::size_t head) const { return m_weights[head]; }

private:
    const data::Dataset& m_dataset;
    std::vector<std::size_t> m_units;
    std::vector<std::vector<float>> m_targets, m_weights;
};

// Numbers of an input that several threads copy faster than one.
constexpr std::size_t sharedNumbers = 1 << 14;

inline float* rowOf(const backends::MatrixView& view, std::size_t row) {
    return static_cast<float*>(view.data) + static_cast<std::int64_t>(row) * view.stride;
}

// Rows first … last-1 of the batch.
template <class RowAt>
void loadRowsOf(const backends::MatrixView& view, const network::RowInput& input, std::size_t first, std::size_t last,
                const RowAt& rowAt) {
    for (std::size_t i = first; i < last; ++i) std::copy_n(rowAt(i) + input.first, input.count, rowOf(view, i));
}

// The inputs alone; large batches are shared among the executable's threads, which all call rowAt. rowAt(i) is row i of
// the batch: Network::rowSize() values.
template <class RowAt>
void loadInputs(backends::cpu::Executable& executable, const network::Lowered& lowered, std::size_t count,
                const RowAt& rowAt) {
    for (const network::RowInput& input : lowered.inputs) {
        if (!executable.plan().places.contains(input.value)) continue;
        const backends::MatrixView view = executable.view(input.value);
        if (count * static_cast<std::size_t>(input.count) < sharedNumbers) {
            loadRowsOf(view, input, 0, count, rowAt);
            continue;
        }
        const auto share = [&](std::size_t part, std::size_t parts) {
            loadRowsOf(view, input, count * part / parts, count * (part + 1) / parts, rowAt);
        };
        executable.pool().run(
            [](const void* work, int part, int parts) {
                (*static_cast<const decltype(share)*>(work))(static_cast<std::size_t>(part),
                                                             static_cast<std::size_t>(parts));
            },
            &share);
    }
}

}  // namespace perceptory::training
