#pragma once
// Rows of a data set into the inputs of a plan: the fields of the network, and for each head targets and weights.

#include <algorithm>
#include <span>
#include <vector>

#include "engine/backends/cpu/Executable.h"
#include "engine/backends/cpu/SharedRows.h"
#include "engine/training/Objective.h"

namespace perceptory::training {

// Immutable; the data set outlives it.
class BatchLoader {
public:
    BatchLoader(const data::Dataset& dataset, const std::vector<Head>& heads);

    // The executable's batch has as many rows. Inputs that the plan does not read are left alone. Throws Error when
    // rows on the disk cannot be read.
    void load(backends::cpu::Executable& executable, const Objective& objective,
              std::span<const std::uint32_t> rows) const;
    // The targets and weights of one head alone, into its inputs `target` and `weight`.
    void loadTargets(backends::cpu::Executable& executable, std::size_t head, ir::ValueId target, ir::ValueId weight,
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

inline float* rowOf(const backends::MatrixView& view, std::size_t row) {
    return static_cast<float*>(view.data) + static_cast<std::int64_t>(row) * view.stride;
}

// The inputs alone; large batches are shared among the executable's threads, which all call rowAt. rowAt(i) is row i of
// the batch: Network::rowSize() values.
template <class RowAt>
void loadInputs(backends::cpu::Executable& executable, const network::Lowered& lowered, std::size_t count,
                const RowAt& rowAt) {
    struct Place {
        backends::MatrixView view;
        std::int64_t first, count;  // of the values of a row
    };
    thread_local std::vector<Place> kept;  // keeps its memory from batch to batch
    std::vector<Place>& places = kept;
    places.clear();
    std::size_t numbers = 0;
    for (const network::RowInput& input : lowered.inputs) {
        if (!executable.plan().places.contains(input.value)) continue;
        places.push_back({executable.view(input.value), input.first, input.count});
        numbers += static_cast<std::size_t>(input.count);
    }
    shareRows(executable.pool(), count, count * numbers, [&](std::size_t i) {
        const float* row = rowAt(i);
        for (const Place& place : places) std::copy_n(row + place.first, place.count, rowOf(place.view, i));
    });
}

}  // namespace perceptory::training
