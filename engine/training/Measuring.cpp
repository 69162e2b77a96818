#include "engine/training/Measuring.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace perceptory::training {

using namespace std::chrono_literals;

namespace {

// What takes longer than this while training is cut short, and stays so: from then on a run's curve is measured on the
// same rows.
constexpr auto patience = 60ms;

}  // namespace

void Measuring::start(Trainer& trainer) {
    if (!m_passes.empty()) return;
    const data::Parts& parts = trainer.dataset().parts;
    for (const auto* rows : {&parts.train, &parts.validation, &parts.test})
        m_passes.push_back(trainer.startEvaluation(*rows));
}

bool Measuring::takeTurns(std::size_t most, Clock::time_point until) {
    for (;;) {
        const auto next = std::ranges::min_element(m_passes, {}, [most](const EvaluationPass& pass) {
            return std::pair(pass.done() || pass.samplesDone() >= most, pass.samplesDone());
        });
        if (next->done() || next->samplesDone() >= most) return true;
        if (next->samplesDone() > 0 && Clock::now() >= until) return false;
        next->advance();
    }
}

void Measuring::sample(Trainer& trainer) {
    start(trainer);
    if (takeTurns(m_most, Clock::now() + patience)) return;
    for (const EvaluationPass& pass : m_passes)
        if (!pass.done()) m_most = std::min(m_most, pass.samplesDone());
}

bool Measuring::advance(Trainer& trainer, Clock::time_point until) {
    start(trainer);
    return takeTurns(std::numeric_limits<std::size_t>::max(), until);
}

std::vector<Evaluation> Measuring::results() const {
    std::vector<Evaluation> results;
    for (const EvaluationPass& pass : m_passes) results.push_back(pass.result());
    return results;
}

}  // namespace perceptory::training
