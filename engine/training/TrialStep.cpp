#include "engine/training/TrialStep.h"

#include <cstring>

#include "engine/training/PlanRequests.h"
#include "engine/training/Trainer.h"

namespace perceptory::training {

namespace {

void copy(const tensor::Buffer& from, tensor::Buffer& into) { std::memcpy(into.data(), from.data(), into.bytes()); }

}  // namespace

TrialStep::TrialStep(const Trainer& trainer)
    : m_trainer(trainer),
      m_objective(makeObjective(trainer.network(), trainer.heads(), Purpose::Training)),
      m_optimization(trainer.spec().training, trainer.network(), trainer.processor()),
      m_weights(trainer.weights().size()),
      m_gradients(trainer.weights().size()),
      m_first(trainer.weights().size()) {}

TrialStep::~TrialStep() = default;

backends::cpu::Executable& TrialStep::planFor(std::size_t rows) {
    std::unique_ptr<backends::cpu::Executable>& plan = m_plans[rows];
    const backends::cpu::Processor& processor = m_trainer.processor();
    if (!plan)
        plan = std::make_unique<backends::cpu::Executable>(
            ir::compilePlan(
                m_objective.lowered.graph,
                trainingRequest(m_objective, m_trainer.network(), static_cast<std::int64_t>(rows), processor.kernels)),
            processor.table, backends::cpu::Memory{&m_weights, &m_gradients}, processor.pool);
    return *plan;
}

void TrialStep::followOptimizer() {
    const Optimization& theirs = m_trainer.optimization();
    for (std::size_t i = 0; i < theirs.optimizerSlots().size(); ++i)
        copy(theirs.optimizerSlots()[i], m_optimization.optimizerSlots()[i]);
    m_optimization.scheduleState() = theirs.scheduleState();
    m_optimization.setSolver(theirs.solver());
}

double TrialStep::evaluate(backends::cpu::Executable& plan) {
    plan.run({m_trainer.spec().training.seed, static_cast<std::uint32_t>(m_trainer.progress().step)});
    double loss = *rowOf(plan.view(m_objective.loss), 0);
    if (m_objective.activity != ir::none) loss += *rowOf(plan.view(m_objective.activity), 0);
    return loss;
}

void TrialStep::run(std::span<const std::uint32_t> rows) {
    copy(m_trainer.weights(), m_weights);
    followOptimizer();
    std::memset(m_gradients.data(), 0, m_gradients.bytes());  // those of frozen weights are nobody's
    backends::cpu::Executable& plan = planFor(rows.size());
    m_trainer.loader().load(plan, m_objective, rows);
    m_loss = evaluate(plan);
    copy(m_gradients, m_first);
    const double rate = m_optimization.beginStep(m_trainer.time());
    if (m_optimization.solves()) {
        m_optimization.solve(m_weights, m_gradients, rate,
                             [&] { return evaluate(plan) + m_optimization.penalise(m_weights, &m_gradients); });
    } else {
        m_optimization.penalise(m_weights, &m_gradients);
        m_optimization.update(m_weights, m_gradients, rate, m_trainer.progress().step + 1);
    }
    const std::span<const float> before = m_trainer.weights().floats(), after = m_weights.floats();
    m_changes.resize(after.size());
    for (std::size_t i = 0; i < after.size(); ++i) m_changes[i] = after[i] - before[i];
}

}  // namespace perceptory::training
