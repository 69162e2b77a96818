#include "engine/training/BatchLoader.h"

#include <algorithm>

namespace perceptory::training {

namespace {

// Row rows[i] of `values`, which has `width` numbers in a row, into row i of the input.
void loadRows(backends::cpu::Executable& executable, ir::ValueId input, std::span<const float> values,
              std::size_t width, std::span<const std::uint32_t> rows) {
    if (!executable.plan().places.contains(input)) return;
    const backends::MatrixView view = executable.view(input);
    for (std::size_t i = 0; i < rows.size(); ++i)
        std::ranges::copy(values.subspan(rows[i] * width, width), rowOf(view, i));
}

std::vector<float> weightsOf(const data::Target& target, const OutputReading& reading) {
    std::vector<float> weights;
    if (reading.classWeights.empty()) return weights;
    for (const std::int32_t label : target.labels)
        weights.push_back(reading.classWeights[static_cast<std::size_t>(label)]);
    return weights;
}

}  // namespace

BatchLoader::BatchLoader(const data::Dataset& dataset, const std::vector<Head>& heads) : m_dataset(dataset) {
    for (const Head& head : heads) {
        const data::Target& target = dataset.target(head.target);
        m_units.push_back(static_cast<std::size_t>(head.reading.units()));
        m_targets.push_back(encodeTargets(target, head.reading));
        m_weights.push_back(weightsOf(target, head.reading));
    }
}

void BatchLoader::load(backends::cpu::Executable& executable, const Objective& objective,
                       std::span<const std::uint32_t> rows) const {
    loadInputs(executable, objective.lowered, rows.size(), [&](std::size_t i) {
        thread_local std::vector<float> scratch;
        return m_dataset.input(rows[i], scratch).data();
    });
    for (std::size_t h = 0; h < objective.heads.size(); ++h)
        loadTargets(executable, h, objective.heads[h].target, objective.heads[h].weight, rows);
}

void BatchLoader::loadTargets(backends::cpu::Executable& executable, std::size_t head, ir::ValueId target,
                              ir::ValueId weight, std::span<const std::uint32_t> rows) const {
    loadRows(executable, target, m_targets[head], m_targets[head].size() / std::max<std::size_t>(1, m_dataset.count),
             rows);
    if (!m_weights[head].empty()) {
        loadRows(executable, weight, m_weights[head], m_units[head], rows);
    } else if (executable.plan().places.contains(weight)) {
        const backends::MatrixView view = executable.view(weight);
        for (std::size_t i = 0; i < rows.size(); ++i) std::fill_n(rowOf(view, i), m_units[head], 1.0f);
    }
}

}  // namespace perceptory::training
