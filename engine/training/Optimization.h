#pragma once
// Penalties and the update rule over the flat buffers of one run.

#include <array>

#include "engine/backends/Kernels.h"
#include "engine/network/Network.h"
#include "engine/optimizers/Optimizer.h"
#include "engine/schedules/Schedule.h"
#include "engine/training/TrainSpec.h"

namespace perceptory::training {

// A stretch of the flat weights with one penalty.
struct Penalty {
    int kernel = 0;  // index in KernelTable::penalties
    std::int64_t offset = 0, count = 0;
    double a = 0, b = 0;
};

// Owns the optimizer's slots. One thread.
class Optimization {
public:
    // Throws base::Error when the kernel library lacks a formula.
    Optimization(const TrainSpec& spec, const network::Network& network, const backends::KernelTable& table);

    // Adds the penalties' gradients to `gradients` (or only counts, when null); returns their sum.
    double penalise(const tensor::Buffer& weights, tensor::Buffer* gradients) const;
    // Update number `step` (the first is 1) of every trainable weight.
    void update(tensor::Buffer& weights, const tensor::Buffer& gradients, double learningRate, std::uint64_t step);

    // The optimizer's own rate times the schedule's factor; `time` in epochs or steps as the spec says.
    double learningRate(double time) const;
    bool schedulePerStep() const { return m_perStep; }

    // What the update rule reads in update number `step`.
    std::array<double, 8> numbers(double learningRate, std::uint64_t step) const;
    // Whether those numbers are the same in every step.
    bool numbersAreConstant() const { return numbers(1, 1) == numbers(1, 1000); }
    std::vector<tensor::Buffer>& optimizerSlots() { return m_slots; }
    const std::vector<tensor::Buffer>& optimizerSlots() const { return m_slots; }
    const std::vector<Penalty>& penalties() const { return m_penalties; }
    int updateKernel() const { return m_update; }
    bool allTrainable() const { return m_allTrainable; }

private:
    struct Range {
        std::int64_t offset = 0, count = 0;
    };

    base::KindSpec m_optimizer, m_schedule;
    const optimizers::OptimizerType& m_optimizerType;
    const schedules::ScheduleType& m_scheduleType;
    double m_rate = 0;  // the optimizer's own
    bool m_perStep = false;
    const backends::KernelTable& m_table;
    int m_update = -1;
    bool m_allTrainable = true;
    std::vector<Range> m_ranges;  // trainable stretches
    std::vector<Penalty> m_penalties;
    std::vector<tensor::Buffer> m_slots;
};

}  // namespace perceptory::training
