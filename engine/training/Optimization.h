#pragma once
// Penalties, clipping, the update rule and constraints over the flat buffers of one run.

#include <array>

#include "engine/backends/cpu/Executable.h"
#include "engine/network/Network.h"
#include "engine/optimizers/Optimizer.h"
#include "engine/optimizers/Solver.h"
#include "engine/schedules/Schedule.h"
#include "engine/training/Limits.h"
#include "engine/training/TrainSpec.h"

namespace perceptory::training {

// A stretch of the flat weights with one penalty.
struct Penalty {
    int kernel = 0;  // index in KernelTable::penalties
    std::int64_t offset = 0, count = 0;
    double a = 0, b = 0;
};

// A tensor whose units' weights are scaled back after every update.
struct Constraint {
    double (*scale)(const base::ParamValues& values, double norm) = nullptr;
    const std::vector<base::ParamType>* types = nullptr;
    base::Json given;
    Units units;
};

// One stretch of weights and how the rule changes them.
struct WeightUpdate {
    void (*rule)(void* weights, const void* gradients, void* const states[backends::mostSlots], std::int64_t count,
                 const double numbers[8]);
    std::byte* weights;
    const std::byte* gradients;
    std::array<std::byte*, backends::mostSlots> states{};
    std::int64_t count;
    std::int64_t elementSize;
    const double* numbers;
};

// Owns the optimizer's slots. One thread calls; large updates are shared with those of the pool.
class Optimization {
public:
    // The processor's table and pool outlive this. Throws base::Error when the kernel library lacks a formula.
    Optimization(const TrainSpec& spec, const network::Network& network, const backends::cpu::Processor& processor);

    // Adds the penalties' gradients to `gradients` (or only counts, when null); returns their sum.
    double penalise(const tensor::Buffer& weights, tensor::Buffer* gradients) const;
    // Update number `step` (the first is 1) of every trainable weight. Clips the gradients before, holds the weights to
    // their constraints after.
    void update(tensor::Buffer& weights, tensor::Buffer& gradients, double learningRate, std::uint64_t step);

    // For updates that begin while gradients are still being worked out: whether the rule needs nothing but the
    // gradient of a weight to change it. Then beginUpdate(), updateEarly() from any thread, each weight once, and
    // finishUpdate() for `rest`, all that was not updated early: without().
    bool canBeginEarly() const;
    void beginUpdate(tensor::Buffer& weights, const tensor::Buffer& gradients, double learningRate, std::uint64_t step);
    void updateEarly(std::int64_t offset, std::int64_t count);
    void finishUpdate(std::span<const Stretch> rest);
    std::vector<Stretch> without(std::span<const std::pair<std::int64_t, std::int64_t>> early) const;

    // Whether the optimizer evaluates as often as it needs; then solve() takes the place of update(). `evaluate` fills
    // the gradients at the weights as they are and returns the loss.
    bool solves() const { return m_solver != nullptr; }
    void solve(tensor::Buffer& weights, const tensor::Buffer& gradients, double learningRate,
               const std::function<double()>& evaluate);
    std::shared_ptr<const optimizers::Solver> solver() const;                 // a copy as it stands; null without one
    void setSolver(const std::shared_ptr<const optimizers::Solver>& solver);  // null: as at the start of a run
    // What a solver remembered, from a file; left alone when it does not fit, or when nothing solves.
    void recall(const tensor::NamedTensors& memory);

    // The optimizer's own rate times the schedule's factor; `time` in epochs or steps as the spec says.
    double learningRate(double time) const;
    // The same for the next update, whose momentum follows the schedule too.
    double beginStep(double time);
    bool schedulePerStep() const { return m_perStep; }
    // Whether the schedule wants to observe() a loss at the end of every epoch.
    bool observes() const { return m_scheduleType.observe != nullptr; }
    void observe(double loss);
    schedules::ScheduleState& scheduleState() { return m_scheduleState; }
    const schedules::ScheduleState& scheduleState() const { return m_scheduleState; }

    // What the update rule reads in update number `step`.
    std::array<double, 8> numbers(double learningRate, std::uint64_t step) const;
    // Whether those numbers are the same in every step.
    bool numbersAreConstant() const { return m_momentum.empty() && numbers(1, 1) == numbers(1, 1000); }
    std::vector<tensor::Buffer>& optimizerSlots() { return m_slots; }
    const std::vector<tensor::Buffer>& optimizerSlots() const { return m_slots; }
    const std::vector<Penalty>& penalties() const { return m_penalties; }
    int updateKernel() const { return m_update; }
    // Every weight moves by the same rule, and nothing but penalties touches gradients and weights beside it.
    bool plain() const;

private:
    void findMomentum();
    void addRange(const network::Parameter& parameter);
    void addRegularizer(const network::Parameter& parameter);
    void clip(tensor::Buffer& gradients) const;
    WeightUpdate updateOf(const Stretch& stretch);
    void constrain(tensor::Buffer& weights);

    base::KindSpec m_optimizer, m_schedule;
    std::string m_momentum;  // id of the optimizer's parameter that the schedule moves; empty: none
    double m_ownMomentum = 0;
    const optimizers::OptimizerType& m_optimizerType;
    const schedules::ScheduleType& m_scheduleType;
    std::unique_ptr<optimizers::Solver> m_solver;
    schedules::ScheduleState m_scheduleState;
    Clip m_clip;
    double m_rate = 0;  // the optimizer's own
    bool m_perStep = false;
    const backends::KernelTable& m_table;
    backends::cpu::ThreadPool& m_pool;
    int m_update = -1;
    bool m_allTrainable = true;
    std::vector<Stretch> m_ranges;  // the trainable weights
    std::vector<Penalty> m_penalties;
    std::vector<Constraint> m_constraints;
    std::vector<double> m_norms;  // scratch of the constraints
    std::vector<tensor::Buffer> m_slots;
    // Of the update that is going on; numbers by rate factor.
    tensor::Buffer* m_weightsNow = nullptr;
    const tensor::Buffer* m_gradientsNow = nullptr;
    std::vector<double> m_factors;
    std::vector<std::array<double, 8>> m_facts;
};

}  // namespace perceptory::training
