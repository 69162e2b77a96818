#pragma once
// Training without a thread of its own: batches until a limit, a wish to stop, or numbers that are not finite; and a
// report after every epoch.

#include <chrono>
#include <functional>
#include <limits>
#include <optional>

#include "engine/training/Trainer.h"

namespace perceptory::cli {

struct TrainLimits {
    double epochs = std::numeric_limits<double>::infinity();
    std::optional<std::uint64_t> steps;  // updates since the start of the run
};

// Of the epoch that is not yet whole; a checkpoint keeps it.
struct EpochSums {
    double loss = 0;  // sum over the samples shown
    std::uint64_t samples = 0;
};

struct EpochReport {
    std::uint64_t epoch = 0;  // counted from 1
    std::uint64_t step = 0;   // updates so far
    bool partial = false;     // the epoch is not whole
    double loss = 0;          // mean over the samples shown in it, without penalty
    double penalty = 0;
    double learningRate = 0;  // of its last update
    double samplesPerSecond = 0;
    double seconds = 0;  // since the run was started or resumed
};

enum class EndReason { Epochs, Steps, Stopping, Interrupted, Diverged };
const char* endReasonName(EndReason reason);

// What somebody wants to hear of a run.
struct TrainObserver {
    std::function<void(const EpochReport&)> epochEnded;
    std::function<bool()> stopWanted;                          // asked between batches
    std::function<void(const training::Progress&)> stepsDone;  // often: after each few milliseconds of work
};

// One thread. All arguments outlive it.
class TrainRun {
public:
    TrainRun(training::Trainer& trainer, const TrainLimits& limits, TrainObserver observer, EpochSums sums = {});

    // Once. After a divergence the trainer holds the last finite weights, after a stopping rule the best ones if it
    // kept them; the trainer knows the rule.
    EndReason run();
    const training::Divergence& divergence() const { return m_divergence; }
    const EpochSums& sums() const { return m_sums; }

private:
    using Clock = std::chrono::steady_clock;

    std::optional<EndReason> limitReached() const;
    bool advance();  // some steps; false when numbers are not finite
    void account(int steps, std::size_t firstBatch);
    void keepRestorePoint();
    void report(bool partial);

    training::Trainer& m_trainer;
    TrainLimits m_limits;
    TrainObserver m_observer;
    EpochSums m_sums;
    training::RestorePoint m_point;
    training::Divergence m_divergence;
    std::size_t m_batchSize = 1;
    int m_chunk = 1;
    std::vector<double> m_losses;
    Clock::time_point m_start, m_pointTime;
    double m_epochSeconds = 0;         // of work in the running epoch
    std::uint64_t m_epochSamples = 0;  // since the run was started or resumed
};

}  // namespace perceptory::cli
