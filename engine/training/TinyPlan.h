#pragma once
// The plan kind for tiny networks (CPU-KERNELS.md §2): samples across vector lanes, one call for many steps. Compiled
// from the same graph as every plan, when that is a chain of dense layers up to 64 units wide.

#include <optional>
#include <span>

#include "engine/backends/Kernels.h"
#include "engine/training/Objective.h"
#include "engine/training/Optimization.h"

namespace perceptory::training {

// A chain of products, biases and activations ending in one value of the graph.
struct TinyChain {
    std::vector<backends::TinyLayer> layers;
    std::vector<ir::ValueId> values;  // by layer: the value its units are
    int inputs = 0;
    int units = 0;  // inputs included

    backends::TinyNet net(const backends::KernelTable& table, std::int64_t parameters, int loss) const;
};

// Empty when the value is no such chain, or the library has no tiny kernels.
std::optional<TinyChain> matchTinyChain(const network::Lowered& lowered, ir::ValueId value,
                                        const backends::KernelTable& table);

// Where the rows of a run come from. All arrays outlive the plan.
struct TrainingRows {
    std::span<const float> inputs;   // [rows][features]
    std::span<const float> targets;  // [rows][targetWidth]
    std::span<const float> weights;  // [rows], how much each counts; empty: all alike
    int features = 0;
    int targetWidth = 1;
};

class TinyPlan {
public:
    // Empty when the objective does not match, or weights do not all move by the plain rule (Optimization::plain).
    static std::optional<TinyPlan> make(const Objective& objective, const network::Network& network,
                                        const Optimization& optimization, const backends::KernelTable& table,
                                        const TrainingRows& rows);

    // One update for each batch of `batch` rows of `order` (whose length is a multiple of it, or shorter than it).
    // Fills one loss per update. `firstStep` is the number of the first update. Allocates only when batch sizes or the
    // number of batches grow.
    void run(std::span<const std::uint32_t> order, int batch, tensor::Buffer& weights, tensor::Buffer& gradients,
             Optimization& optimization, double learningRate, std::uint64_t firstStep, double* losses);

private:
    TinyPlan(TinyChain chain, int loss, const backends::KernelTable& table, const TrainingRows& rows,
             std::int64_t parameters);
    void pack(std::span<const std::uint32_t> order, int batch, int blocks);
    void prepare(int blocks);
    float weightOf(std::span<const std::uint32_t> rows) const;  // all together

    TinyChain m_chain;
    int m_loss = -1;
    float m_lossNumber = 0;
    const backends::KernelTable* m_table;
    TrainingRows m_rows;
    std::int64_t m_parameters = 0;
    tensor::Buffer m_data;
    std::vector<double> m_numbers;
    std::vector<backends::TinyPenalty> m_penalties;
    struct Scratch {
        int blocks = 0;
        tensor::Buffer memory;
    };
    std::vector<Scratch> m_scratch;  // one per number of blocks: full batches, and the last of an epoch
    bool m_constantNumbers = false;
    double m_numbersRate = -1;  // the rate m_current was worked out for
    std::array<double, 8> m_current{};
};

}  // namespace perceptory::training
