#include "engine/training/Trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <limits>

#include "engine/backends/KernelLibrary.h"
#include "engine/base/Text.h"
#include "engine/ir/Primitive.h"
#include "engine/training/PlanRequests.h"

namespace perceptory::training {

// A training plan for one batch size, with the memory its batch is loaded into.
struct Trainer::BatchPlan {
    backends::cpu::Executable executable;
    std::vector<std::pair<std::int64_t, std::int64_t>> early{};  // gradients whose weights change during the run
    std::vector<Stretch> rest{};                                 // the other weights
};

// After a divergence: how many updates of the run are finite, and how many had been done where Divergence::calm is.
struct Trainer::Replay {
    std::uint64_t sound = 0, calm = 0;
};

namespace {

void insistOnSound(const base::Problems& problems) {
    for (const base::Problem& problem : problems)
        if (problem.severity == base::Severity::Error) throw base::Error(base::describe(problem));
}

network::NetworkCheck soundCheck(const RunSpec& spec, const data::Dataset& dataset) {
    network::NetworkCheck check = network::checkNetwork(spec.network, surroundingsOf(spec.training, dataset));
    insistOnSound(check.problems);
    return check;
}

std::vector<Head> soundHeads(const network::NetworkCheck& check, const RunSpec& spec, const data::Dataset& dataset) {
    base::Problems problems;
    std::vector<Head> heads = readHeads(check, spec.training, dataset, spec.data.targetEncoding, problems);
    insistOnSound(problems);
    return heads;
}

constexpr int replayChunk = 4096;
constexpr std::uint64_t mostReplayed = 1'000'000'000;

}  // namespace

Trainer::Trainer(RunSpec spec, std::shared_ptr<const data::Dataset> dataset, const TrainerOptions& options)
    : m_spec(std::move(spec)),
      m_dataset(std::move(dataset)),
      m_table(backends::kernels(options.isa)),
      m_pool(options.threads),
      m_processor{m_table, m_pool, options.kernels},
      m_check(soundCheck(m_spec, *m_dataset)),
      m_network(m_check),
      m_heads(soundHeads(m_check, m_spec, *m_dataset)),
      m_loader(*m_dataset, m_heads),
      m_augmentation(augmentationOf(m_spec)),
      m_weights(m_network.parameterCount()),
      m_gradients(m_network.parameterCount()),
      m_optimization(m_spec.training, m_network, m_processor),
      m_objective(makeObjective(m_network, m_heads, purposeOf(m_augmentation.get()))),
      m_forward(m_network, m_weights, m_processor),
      m_evaluator(m_network, m_spec.training, m_heads, m_weights, m_processor),
      m_batcher(m_dataset->parts.train, m_spec.training.shuffle, m_spec.data.balance, m_dataset->labels),
      m_watch(m_spec.training.stopping),
      m_activeBatchSize(m_spec.training.batchSize) {
    if (m_augmentation) m_augmented.emplace(*m_dataset, *m_augmentation, m_heads, m_loader);
    const TrainingRows rows{m_dataset->inputs, m_loader.targets(0), m_loader.weights(0),
                            static_cast<int>(m_dataset->features()), reading().targetWidth()};
    const bool plainRows = !m_augmented && !m_dataset->inputs.empty();
    if (options.tinyPlans && plainRows && options.kernels == ir::Kernels::Fast)
        m_tiny = TinyPlan::make(m_objective, m_network, m_optimization, m_table, rows);
    m_network.initialise(m_spec.training.seed, m_weights);
}

Trainer::~Trainer() = default;

StepResult Trainer::step() {
    const StepResult result = stepOn(nextBatch());
    finishBatch();
    return result;
}

StepResult Trainer::stepOn(std::span<const std::uint32_t> rows) {
    BatchPlan& plan = planFor(rows.size());
    load(plan, rows);
    m_lastRate = m_optimization.beginStep(time());
    if (m_optimization.solves()) return solveOn(plan);
    if (!plan.early.empty()) return stepEarly(plan);
    const StepResult result = evaluate(plan);  // forward, loss, gradients, penalties
    m_optimization.update(m_weights, m_gradients, m_lastRate, m_progress.step + 1);
    return result;
}

void Trainer::load(BatchPlan& plan, std::span<const std::uint32_t> rows) {
    if (!m_augmented) return m_loader.load(plan.executable, m_objective, rows);
    const auto batch = static_cast<std::uint32_t>(m_progress.batch);
    m_augmented->load(plan.executable, m_objective, rows,
                      {m_spec.training.seed, static_cast<std::uint32_t>(m_progress.epoch), batch,
                       batch * static_cast<std::uint32_t>(m_activeBatchSize)});
}

// Weights of large layers change as soon as their gradients stand, while both are in the cache.
StepResult Trainer::stepEarly(BatchPlan& plan) {
    m_optimization.beginUpdate(m_weights, m_gradients, m_lastRate, m_progress.step + 1);
    const auto take = [](void* optimization, std::int64_t offset, std::int64_t count) {
        static_cast<Optimization*>(optimization)->updateEarly(offset, count);
    };
    const StepResult result = evaluate(plan, {take, &m_optimization});
    m_optimization.finishUpdate(plan.rest);
    return result;
}

StepResult Trainer::solveOn(BatchPlan& plan) {
    std::optional<StepResult> first;
    m_optimization.solve(m_weights, m_gradients, m_lastRate, [&] {
        const StepResult now = evaluate(plan);
        if (!first) first = now;
        return now.loss + now.penalty;
    });
    return *first;
}

StepResult Trainer::evaluate(BatchPlan& plan, const backends::cpu::GradientTaker& taker) {
    plan.executable.run({m_spec.training.seed, static_cast<std::uint32_t>(m_progress.step)}, taker);
    const double loss = *rowOf(plan.executable.view(m_objective.loss), 0);
    if (m_objective.activity != ir::none) m_lastActivity = *rowOf(plan.executable.view(m_objective.activity), 0);
    keepStates(plan);
    return {loss, m_optimization.penalise(m_weights, &m_gradients) + m_lastActivity};
}

int Trainer::runSteps(int most, double* losses) {
    if (m_watch.idle() && !m_optimization.observes()) return advance(most, losses);
    const Progress before = m_progress;
    const auto start = std::chrono::steady_clock::now();
    most = static_cast<int>(std::min<std::uint64_t>(static_cast<std::uint64_t>(most), m_watch.stepsLeft(before.step)));
    const int done = advance(most, losses);
    m_watch.spend(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    watch(before, std::span(losses, static_cast<std::size_t>(done)));
    return done;
}

void Trainer::watch(const Progress& before, std::span<const double> losses) {
    if (!std::ranges::all_of(losses, [](double loss) { return std::isfinite(loss); })) return;
    // At the end of an epoch a new batch size has not begun yet: this one was still shown.
    const std::size_t rows = m_batcher.rows(), size = static_cast<std::size_t>(m_activeBatchSize);
    for (std::size_t i = 0; i < losses.size(); ++i)
        m_watch.count(losses[i], std::min(size, rows - (before.batch + i) * size), before.step + i == 0);
    if (m_progress.batch != 0) return m_watch.look(m_progress.step, m_progress.epoch);
    Measured measured;
    if (m_watch.wantsMeasure() || m_optimization.observes()) {
        const Evaluation evaluation = evaluate(watchedRows());
        measured = evaluation.metrics;
        measured["loss"] = evaluation.loss;
        m_optimization.observe(evaluation.loss);
    }
    if (m_watch.lookAtEpoch(m_progress.step, m_progress.epoch, measured)) m_watch.state().best = m_weights;
}

const std::vector<std::uint32_t>& Trainer::watchedRows() const {
    const data::Parts& parts = m_dataset->parts;
    return !parts.validation.empty() ? parts.validation : !parts.test.empty() ? parts.test : parts.train;
}

void Trainer::takeBestWeights() {
    const tensor::Buffer& best = m_watch.state().best;
    if (best.size() == m_weights.size() && best.size() > 0) std::memcpy(m_weights.data(), best.data(), best.bytes());
}

int Trainer::advance(int most, double* losses) {
    if (!m_tiny) {
        int done = 0;
        do losses[done++] = step().loss;
        while (done < most && m_progress.batch != 0);
        return done;
    }
    nextBatch();  // draws the order of a new epoch
    const auto size = static_cast<std::size_t>(m_activeBatchSize);
    const std::span<const std::uint32_t> left = std::span(m_order).subspan(m_progress.batch * size);
    const std::size_t perCall = m_optimization.schedulePerStep() ? 1 : static_cast<std::size_t>(most);
    const std::size_t rows = left.size() < size ? left.size() : std::min(left.size() / size, perCall) * size;
    const backends::cpu::FlushDenormals flush;
    m_lastRate = m_optimization.beginStep(time());
    m_tiny->run(left.first(rows), m_activeBatchSize, m_weights, m_gradients, m_optimization, m_lastRate,
                m_progress.step + 1, losses);
    const int steps = static_cast<int>((rows + size - 1) / size);
    for (int i = 0; i < steps; ++i) finishBatch();
    return steps;
}

std::span<const std::uint32_t> Trainer::nextBatch() {
    if (m_orderEpoch != m_progress.epoch) {
        m_batcher.order(m_spec.training.seed, static_cast<std::uint32_t>(m_progress.epoch), m_order);
        m_orderEpoch = m_progress.epoch;
        if (m_progress.batch == 0) m_activeBatchSize = m_spec.training.batchSize;
    }
    return data::Batcher::batch(m_order, static_cast<std::size_t>(m_activeBatchSize), m_progress.batch);
}

void Trainer::finishBatch() {
    ++m_progress.step;
    if (++m_progress.batch < stepsPerEpoch()) return;
    m_progress.batch = 0;
    ++m_progress.epoch;
}

std::size_t Trainer::stepsPerEpoch() const {
    return data::Batcher::batchCount(m_batcher.rows(), static_cast<std::size_t>(m_activeBatchSize));
}

Trainer::BatchPlan& Trainer::planFor(std::size_t rows) {
    std::unique_ptr<BatchPlan>& plan = m_plans[rows];
    if (plan) return *plan;
    ir::Plan compiled =
        ir::compilePlan(m_objective.lowered.graph,
                        trainingRequest(m_objective, m_network, static_cast<std::int64_t>(rows), m_processor.kernels));
    plan.reset(new BatchPlan{{std::move(compiled), m_table, {&m_weights, &m_gradients}, m_pool}});
    if (m_optimization.canBeginEarly()) plan->early = plan->executable.earlyGradients();
    plan->rest = m_optimization.without(plan->early);
    return *plan;
}

// Running statistics as this step leaves them.
void Trainer::keepStates(BatchPlan& plan) {
    for (const auto& [index, value] : m_objective.lowered.updates) {
        const network::Parameter& parameter = m_network.parameters()[index];
        std::copy_n(rowOf(plan.executable.view(value), 0), parameter.count,
                    m_weights.floats().data() + parameter.offset);
    }
}

TrialStep& Trainer::trial() {
    if (!m_trial) m_trial = std::make_unique<TrialStep>(*this);
    return *m_trial;
}

double Trainer::workPerStep() const {
    double parametersWork = 0;
    for (const network::Parameter& parameter : m_network.parameters())
        parametersWork += static_cast<double>(parameter.count);
    return 3 * parametersWork * m_spec.training.batchSize;
}

Evaluation Trainer::evaluate(std::span<const std::uint32_t> rows) {
    EvaluationPass pass = startEvaluation(rows);
    while (!pass.done()) pass.advance();
    return pass.result();
}

EvaluationPass Trainer::startEvaluation(std::span<const std::uint32_t> rows) {
    return m_evaluator.start(*m_dataset, m_loader, rows);
}

double Trainer::time() const {
    return static_cast<double>(m_optimization.schedulePerStep() ? m_progress.step : m_progress.epoch);
}

double Trainer::learningRate() const { return m_optimization.learningRate(time()); }

double Trainer::penalty() const { return m_optimization.penalise(m_weights, nullptr) + m_lastActivity; }

bool Trainer::finite() const {
    return std::ranges::all_of(m_weights.floats(), [](float w) { return std::isfinite(w); });
}

RestorePoint Trainer::save() const {
    RestorePoint point;
    save(point);
    return point;
}

void Trainer::save(RestorePoint& point) const {
    point.progress = m_progress;
    point.weights = m_weights;
    point.optimizerSlots = m_optimization.optimizerSlots();
    point.activeBatchSize = m_activeBatchSize;
    point.watch = m_watch.state();
    point.watch.schedule = m_optimization.scheduleState();
    point.solver = nullptr;  // gone before there is another
    point.solver = m_optimization.solver();
}

void Trainer::restore(const RestorePoint& point) {
    // Plans are bound to these buffers, so their contents change, not their place.
    std::memcpy(m_weights.data(), point.weights.data(), m_weights.bytes());
    for (std::size_t i = 0; i < point.optimizerSlots.size(); ++i)
        std::memcpy(m_optimization.optimizerSlots()[i].data(), point.optimizerSlots[i].data(),
                    point.optimizerSlots[i].bytes());
    m_progress = point.progress;
    m_activeBatchSize = point.activeBatchSize;
    m_orderEpoch = ~0ull;
    m_watch.state() = point.watch;
    m_watch.state().rules.resize(m_spec.training.stopping.size());
    m_optimization.scheduleState() = point.watch.schedule;
    m_optimization.setSolver(point.solver);
    if (!point.solver) m_optimization.recall(point.solverMemory);
    m_lastRate = learningRate();
}

FlatState Trainer::state() {
    FlatState state{&m_network, {&m_weights}, m_dataset->featureNames};
    for (tensor::Buffer& slot : m_optimization.optimizerSlots()) state.buffers.push_back(&slot);
    return state;
}

TransferReport Trainer::take(Trainer& from, Attic& attic) {
    FlatState source = from.state();
    if (from.m_spec.training.optimizer.type != m_spec.training.optimizer.type) source.buffers.resize(1);
    const TransferReport report = transferWeights(source, state(), attic);
    m_progress = from.m_progress;
    if (from.m_spec.training.schedule.type == m_spec.training.schedule.type)
        m_optimization.scheduleState() = from.m_optimization.scheduleState();
    if (from.m_spec.training.stopping == m_spec.training.stopping) {
        m_watch.state() = from.m_watch.state();
        if (from.m_spec.network.nodes != m_spec.network.nodes) m_watch.state().best = {};
    }
    const bool sameRows = from.m_dataset->parts.train.size() == m_dataset->parts.train.size();
    m_activeBatchSize = sameRows ? from.m_activeBatchSize : m_spec.training.batchSize;
    if (!sameRows) m_progress.batch = 0;
    return report;
}

void Trainer::reset(std::uint64_t seed) {
    m_spec.training.seed = seed;
    m_network.initialise(seed, m_weights);
    for (tensor::Buffer& slot : m_optimization.optimizerSlots()) std::memset(slot.data(), 0, slot.bytes());
    m_optimization.setSolver(nullptr);
    m_watch.restart();
    m_watch.state() = {};
    m_watch.state().rules.resize(m_spec.training.stopping.size());
    m_optimization.scheduleState() = {};
    m_progress = {};
    m_activeBatchSize = m_spec.training.batchSize;
    m_orderEpoch = ~0ull;
}

void Trainer::replayTo(std::uint64_t step) {
    std::vector<double> losses(replayChunk);
    while (m_progress.step < step)
        runSteps(static_cast<int>(std::min<std::uint64_t>(replayChunk, step - m_progress.step)), losses.data());
}

// Leaves the run at `sound`. The run is exact, so it meets the same numbers again: chunks first, then single steps
// inside the bad chunk. The bound is a guard against a run that does not.
Trainer::Replay Trainer::replay(const RestorePoint& point) {
    restore(point);
    Replay steps{point.progress.step, point.progress.step};
    double smallest = std::numeric_limits<double>::infinity();
    std::vector<double> losses(replayChunk);
    for (int most = replayChunk; m_progress.step < point.progress.step + mostReplayed;) {
        steps.sound = m_progress.step;
        const int done = runSteps(most, losses.data());
        const std::span<const double> seen = std::span(losses).first(static_cast<std::size_t>(done));
        if (finite() && std::ranges::all_of(seen, [](double loss) { return std::isfinite(loss); })) {
            smallest = std::min(smallest, std::ranges::min(seen));
            if (seen.back() <= 10 * smallest) steps.calm = steps.sound;
            continue;
        }
        restore(point);
        replayTo(steps.sound);
        if (done == 1) break;
        most = 1;
    }
    return steps;
}

std::string Trainer::firstNonFiniteWeight() const {
    for (const network::Parameter& parameter : m_network.parameters())
        for (std::int64_t i = 0; i < parameter.count; ++i)
            if (!std::isfinite(m_weights.get(parameter.offset + i))) return parameter.node;
    return "";
}

// The first values come about before any update, so no rate is to blame for them.
std::string Trainer::causeOf(const Divergence& found) const {
    if (found.step == 1 && found.operation != "update")
        return base::sentence(
            "Nothing was learned yet: the first weights, the data, or a loss that does not suit the "
            "last layer are the cause. Look at what the check says.");
    return learningRate() >= 0.01
               ? base::sentence("The learning rate is probably too high.")
               : base::sentence("Inputs of very different size can be the cause: standardize the data.");
}

Divergence Trainer::locate(RestorePoint point) {
    Divergence found;
    const Replay steps = replay(point);
    found.step = steps.sound + 1;
    const std::span<const std::uint32_t> rows = nextBatch();
    BatchPlan& plan = planFor(rows.size());
    load(plan, rows);
    const int bad =
        plan.executable.runUntilNonFinite({m_spec.training.seed, static_cast<std::uint32_t>(m_progress.step)});
    if (bad >= 0) {
        const ir::Operation& operation = plan.executable.plan().steps[static_cast<std::size_t>(bad)].operation;
        found.node = operation.node;
        found.operation = operation.type->id;
    } else {
        stepOn(rows);
        found.node = firstNonFiniteWeight();
        found.operation = "update";
    }
    // Once more from the start, so that there is never a second copy of a state: it may be most of the memory.
    restore(point);
    replayTo(steps.calm);
    save(point);
    found.calm = std::move(point);
    replayTo(steps.sound);
    found.sentence =
        found.operation == "update"
            ? base::sentence("The update of the weights of \"{0}\" became too large for the computer in step {1}.",
                             found.node, found.step)
            : base::sentence("The values of \"{0}\" became too large for the computer in step {1}.", found.node,
                             found.step);
    found.sentence += " " + causeOf(found);
    return found;
}

}  // namespace perceptory::training
