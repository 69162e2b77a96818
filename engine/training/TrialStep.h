#pragma once
// The update that training would do for given rows, done on copies: gradients and changes to look at, while the run
// itself stays as it is. Dropout and normalization work as in training, the rows are not augmented. One thread.

#include <map>
#include <memory>
#include <span>

#include "engine/training/Objective.h"
#include "engine/training/Optimization.h"

namespace perceptory::training {

class Trainer;

class TrialStep {
public:
    // The trainer outlives this object.
    explicit TrialStep(const Trainer& trainer);
    ~TrialStep();

    // From the trainer's weights and optimizer state as they are now.
    void run(std::span<const std::uint32_t> rows);

    // Of the last run; flat, in the places of the network's parameters.
    double loss() const { return m_loss; }  // with the penalty on activities, without that on weights
    std::span<const float> gradients() const { return m_first.floats(); }  // of that loss; 0 where weights are frozen
    const std::vector<float>& changes() const { return m_changes; }        // of the weights

private:
    backends::cpu::Executable& planFor(std::size_t rows);
    void followOptimizer();
    double evaluate(backends::cpu::Executable& plan);

    const Trainer& m_trainer;
    Objective m_objective;
    Optimization m_optimization;
    tensor::Buffer m_weights, m_gradients, m_first;
    std::vector<float> m_changes;
    std::map<std::size_t, std::unique_ptr<backends::cpu::Executable>> m_plans;
    double m_loss = 0;
};

}  // namespace perceptory::training
