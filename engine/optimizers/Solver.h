#pragma once
// An optimizer that evaluates the loss as often as it needs within one step, on the same batch, and works on all
// weights together, in double.

#include <functional>
#include <memory>
#include <span>

#include "engine/tensor/NamedTensor.h"

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

    // What it remembers, in double; and to remember it again. False, and nothing is changed, when it is not what a
    // solver of this kind remembers of so many weights.
    virtual tensor::NamedTensors memory() const = 0;
    virtual bool recall(const tensor::NamedTensors& memory, std::size_t weights) = 0;
};

}  // namespace perceptory::optimizers
