#include "app/cli/TrainRun.h"

#include <algorithm>
#include <cmath>

namespace perceptory::cli {

namespace {

constexpr int mostSteps = 1 << 14;         // in one call
constexpr double shortCall = 0.005;        // seconds; shorter calls grow
constexpr double longCall = 0.02;          // longer ones shrink
constexpr double restorePointEvery = 0.5;  // seconds

double secondsSince(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

const char* endReasonName(EndReason reason) {
    switch (reason) {
        case EndReason::Epochs:
            return "epochs";
        case EndReason::Steps:
            return "steps";
        case EndReason::Stopping:
            return "stopping";
        case EndReason::Interrupted:
            return "interrupted";
        case EndReason::Diverged:
            return "diverged";
    }
    return "";
}

TrainRun::TrainRun(training::Trainer& trainer, const TrainLimits& limits, TrainObserver observer, EpochSums sums)
    : m_trainer(trainer),
      m_limits(limits),
      m_observer(std::move(observer)),
      m_sums(sums),
      m_point(trainer.save()),
      m_losses(mostSteps) {
    const bool insideEpoch = trainer.progress().batch != 0;
    m_batchSize = static_cast<std::size_t>(insideEpoch ? m_point.activeBatchSize : trainer.spec().training.batchSize);
}

EndReason TrainRun::run() {
    m_start = m_pointTime = Clock::now();
    std::optional<EndReason> end;
    while (!(end = limitReached())) {
        if (m_observer.stopWanted && m_observer.stopWanted()) {
            end = EndReason::Interrupted;
            break;
        }
        if (!advance()) {
            m_divergence = m_trainer.locate(std::move(m_point));
            return EndReason::Diverged;
        }
        if (m_observer.stepsDone) m_observer.stepsDone(m_trainer.progress());
    }
    if (!m_trainer.finite()) {
        m_divergence = m_trainer.locate(std::move(m_point));
        return EndReason::Diverged;
    }
    if (m_trainer.progress().batch != 0) report(true);
    if (*end == EndReason::Stopping) m_trainer.takeBestWeights();
    return *end;
}

std::optional<EndReason> TrainRun::limitReached() const {
    const training::Progress& progress = m_trainer.progress();
    if (m_trainer.stopped()) return EndReason::Stopping;
    if (m_limits.steps && progress.step >= *m_limits.steps) return EndReason::Steps;
    if (static_cast<double>(progress.epoch) >= m_limits.epochs) return EndReason::Epochs;
    return {};
}

bool TrainRun::advance() {
    const training::Progress before = m_trainer.progress();
    int most = m_chunk;
    if (m_limits.steps)
        most =
            static_cast<int>(std::min<std::uint64_t>(static_cast<std::uint64_t>(most), *m_limits.steps - before.step));
    const Clock::time_point begin = Clock::now();
    const int done = m_trainer.runSteps(most, m_losses.data());
    const double seconds = secondsSince(begin);
    if (seconds < shortCall) m_chunk = std::min(2 * m_chunk, mostSteps);
    if (seconds > longCall) m_chunk = std::max(m_chunk / 2, 1);
    if (!std::all_of(m_losses.begin(), m_losses.begin() + done, [](double loss) { return std::isfinite(loss); }))
        return false;
    m_epochSeconds += seconds;
    account(done, before.batch);
    if (m_trainer.progress().batch == 0) report(false);
    if (secondsSince(m_pointTime) < restorePointEvery) return true;
    if (!m_trainer.finite()) return false;
    keepRestorePoint();
    return true;
}

void TrainRun::account(int steps, std::size_t firstBatch) {
    const std::size_t rows = m_trainer.dataset().parts.train.size();
    for (int i = 0; i < steps; ++i) {
        const std::size_t shown = (firstBatch + static_cast<std::size_t>(i)) * m_batchSize;
        const std::size_t size = std::min(m_batchSize, rows - std::min(rows, shown));
        m_sums.loss += m_losses[static_cast<std::size_t>(i)] * static_cast<double>(size);
        m_sums.samples += size;
        m_epochSamples += size;
    }
}

void TrainRun::keepRestorePoint() {
    m_trainer.save(m_point);
    m_pointTime = Clock::now();
}

void TrainRun::report(bool partial) {
    const training::Progress& progress = m_trainer.progress();
    EpochReport report{.epoch = progress.epoch + (partial ? 1 : 0), .step = progress.step, .partial = partial};
    report.loss = m_sums.samples ? m_sums.loss / static_cast<double>(m_sums.samples) : 0;
    report.penalty = m_trainer.penalty();
    report.learningRate = m_trainer.lastLearningRate();
    report.samplesPerSecond = m_epochSeconds > 0 ? static_cast<double>(m_epochSamples) / m_epochSeconds : 0;
    report.seconds = secondsSince(m_start);
    if (m_observer.epochEnded) m_observer.epochEnded(report);
    if (partial) return;
    m_sums = {};
    m_epochSeconds = 0;
    m_epochSamples = 0;
    m_batchSize = static_cast<std::size_t>(m_trainer.spec().training.batchSize);
}

}  // namespace perceptory::cli
