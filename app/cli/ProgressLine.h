#pragma once
// How a run is going, on stderr: a line that is rewritten where there is a terminal, a new line now and then elsewhere.

#include <chrono>
#include <string>

#include "app/cli/TrainRun.h"

namespace perceptory::cli {

class ProgressLine {
public:
    ProgressLine(training::Trainer& trainer, const TrainLimits& limits);
    ~ProgressLine();

    void epochEnded(const EpochReport& report);
    // Shows what there is when it is time to.
    void tick(const training::Progress& progress);

private:
    using Clock = std::chrono::steady_clock;

    std::string text(const training::Progress& progress) const;
    double secondsLeft(const training::Progress& progress) const;
    void measure();
    void show(const std::string& line);

    training::Trainer& m_trainer;
    TrainLimits m_limits;
    bool m_terminal;
    std::uint64_t m_firstStep;
    Clock::time_point m_start, m_shown, m_measured;
    Clock::duration m_measuring{};
    EpochReport m_report;
    std::string m_measures;
    bool m_lineOpen = false;
};

}  // namespace perceptory::cli
