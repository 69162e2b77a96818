#include "app/cli/ProgressLine.h"

#include <unistd.h>

#include <cmath>
#include <iostream>

#include "app/cli/Numbers.h"

namespace perceptory::cli {

namespace {

constexpr std::chrono::milliseconds terminalPause{100};
constexpr std::chrono::seconds plainPause{5};

}  // namespace

ProgressLine::ProgressLine(training::Trainer& trainer, const TrainLimits& limits)
    : m_trainer(trainer),
      m_limits(limits),
      m_terminal(isatty(STDERR_FILENO) == 1),
      m_firstStep(trainer.progress().step),
      m_start(Clock::now()),
      m_shown(m_start) {}

ProgressLine::~ProgressLine() {
    if (m_lineOpen) std::cerr << '\n';
}

void ProgressLine::epochEnded(const EpochReport& report) { m_report = report; }

void ProgressLine::tick(const training::Progress& progress) {
    const Clock::time_point now = Clock::now();
    if (now - m_shown < (m_terminal ? Clock::duration(terminalPause) : Clock::duration(plainPause))) return;
    m_shown = now;
    // Measuring takes a tenth of the time at most.
    if (progress.batch == 0 && now - m_measured > 10 * m_measuring) measure();
    show(text(progress));
}

void ProgressLine::measure() {
    const Clock::time_point begin = Clock::now();
    const data::Parts& parts = m_trainer.dataset().parts;
    const auto& [rows, name] = !parts.validation.empty() ? std::pair(parts.validation, "validation")
                               : !parts.test.empty()     ? std::pair(parts.test, "test")
                                                         : std::pair(parts.train, "train");
    const training::Evaluation evaluation = m_trainer.evaluate(rows);
    m_measures.clear();
    m_measured = Clock::now();
    m_measuring = m_measured - begin;
    if (!std::isfinite(evaluation.loss)) return;
    m_measures = std::string("  ") + name + " loss " + roundedText(evaluation.loss);
    for (const auto& [id, value] : evaluation.metrics) m_measures += "  " + id + " " + roundedText(value);
}

double ProgressLine::secondsLeft(const training::Progress& progress) const {
    const double seconds = std::chrono::duration<double>(Clock::now() - m_start).count();
    const double done = static_cast<double>(progress.step - m_firstStep);
    double last = m_limits.epochs * static_cast<double>(m_trainer.stepsPerEpoch());
    if (m_limits.steps) last = std::min(last, static_cast<double>(*m_limits.steps));
    return done > 0 ? seconds / done * (last - static_cast<double>(progress.step)) : std::nan("");
}

std::string ProgressLine::text(const training::Progress& progress) const {
    const double seconds = std::chrono::duration<double>(Clock::now() - m_start).count();
    const double samples = static_cast<double>(progress.step - m_firstStep) *
                           static_cast<double>(m_trainer.dataset().parts.train.size()) /
                           static_cast<double>(m_trainer.stepsPerEpoch());
    std::string line = "epoch " + std::to_string(progress.epoch);
    if (std::isfinite(m_limits.epochs)) line += "/" + std::to_string(static_cast<std::uint64_t>(m_limits.epochs));
    if (m_limits.steps) line += "  step " + std::to_string(progress.step) + "/" + std::to_string(*m_limits.steps);
    if (m_report.epoch) line += "  loss " + roundedText(m_report.loss) + m_measures;
    return line + "  " + roundedText(samples / seconds, 3) + " samples/s  " + durationText(secondsLeft(progress)) +
           " left";
}

void ProgressLine::show(const std::string& line) {
    if (m_terminal)
        std::cerr << "\r" + line + "\x1b[K" << std::flush;
    else
        std::cerr << line + "\n" << std::flush;
    m_lineOpen = m_terminal;
}

}  // namespace perceptory::cli
