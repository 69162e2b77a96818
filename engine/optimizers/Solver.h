#pragma once
// An optimizer that evaluates the loss as often as it needs within one step, on the same batch, and works on all
// weights together, in double.

#include <functional>
#include <memory>
#include <span>

namespace perceptory::optimizers {

// One run's; one thread.
class Solver {
public:
    // Fills the gradient at these weights and returns the loss there.
    using Evaluate = std::function<double(std::span<const double> weights, std::span<double> gradient)>;

    virtual ~Solver() = default;
    // Moves the weights.
    virtual void step(std::span<double> weights, double learningRate, const Evaluate& evaluate) = 0;
    virtual std::unique_ptr<Solver> copy() const = 0;  // with all it remembers
};

}  // namespace perceptory::optimizers
