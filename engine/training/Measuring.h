#pragma once
// Losses and metrics of all parts of the data between two steps, a slice of time after the other: a pause shows what is
// known at once, and commands that arrive while a large data set is measured are not kept waiting. Training thread.

#include <chrono>

#include "engine/training/Trainer.h"

namespace perceptory::training {

class Measuring {
public:
    using Clock = std::chrono::steady_clock;

    // The weights or the data are other ones now, or the trainer is about to go.
    void forget() { m_passes.clear(); }
    // A new trainer: nothing is known of its speed.
    void restart() { m_passes.clear(), m_most = mostSamples; }

    // Measures the first samples of each part, as many as take a small part of a second; at least a batch.
    void sample(Trainer& trainer);
    // Goes on with all samples until time is up; what sample() measured of the same weights counts. True: complete.
    bool advance(Trainer& trainer, Clock::time_point until);

    // In the order of data::Parts: train, validation, test; what was measured so far.
    std::vector<Evaluation> results() const;

private:
    static constexpr std::size_t mostSamples = 10'000;

    void start(Trainer& trainer);
    // Until `most` samples of every part are measured (true) or time is up, but at least a batch of each.
    bool takeTurns(std::size_t most, Clock::time_point until);

    std::vector<EvaluationPass> m_passes;  // of the parts; empty: nothing is measured yet
    std::size_t m_most = mostSamples;
};

}  // namespace perceptory::training
