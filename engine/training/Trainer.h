#pragma once
// The training loop without a thread: one network, one data set, one optimizer. The Session calls it on its own thread,
// the command line directly. One thread at a time.

#include <memory>
#include <optional>

#include "engine/backends/cpu/Executable.h"
#include "engine/data/Batcher.h"
#include "engine/data/Dataset.h"
#include "engine/training/AugmentedBatch.h"
#include "engine/training/Evaluation.h"
#include "engine/training/Forward.h"
#include "engine/training/Optimization.h"
#include "engine/training/TinyPlan.h"
#include "engine/training/TrialStep.h"
#include "engine/training/Watch.h"
#include "engine/training/WeightTransfer.h"

namespace perceptory::training {

struct TrainerOptions {
    int threads = 1;
    std::string isa;                          // empty: the best this machine runs
    bool tinyPlans = true;                    // off: the general plan for every network (tests compare the two)
    ir::Kernels kernels = ir::Kernels::Fast;  // Parity: no tiny plans either
};

// Where a run stands.
struct Progress {
    std::uint64_t step = 0;   // updates done
    std::uint64_t epoch = 0;  // whole epochs done
    std::size_t batch = 0;    // batches of the running epoch done

    bool operator==(const Progress&) const = default;
};

// Everything that training changes.
struct RestorePoint {
    Progress progress;
    tensor::Buffer weights;
    std::vector<tensor::Buffer> optimizerSlots;
    int activeBatchSize = 0;
    WatchState watch{};
    std::shared_ptr<const optimizers::Solver> solver{};
    tensor::NamedTensors solverMemory{};  // of a solver that comes from a file
};

struct StepResult {
    double loss = 0;  // mean over the batch, before the update, without penalty
    double penalty = 0;
};

// Where and why numbers stopped being finite.
struct Divergence {
    std::uint64_t step = 0;
    std::string node;
    std::string operation;
    std::string sentence;  // for the user: place, likely cause
    RestorePoint calm;     // the last state whose loss was no more than ten times the smallest before it
};

class Trainer {
public:
    // The spec must have passed checkRun with this data set. Weights are the first ones of the seed.
    Trainer(RunSpec spec, std::shared_ptr<const data::Dataset> dataset, const TrainerOptions& options = {});
    ~Trainer();

    // One update: the first thing to read. `losses` of runSteps are the same, many at once.
    StepResult step();
    // Up to `most` updates, at least one, never beyond the end of the epoch; fills one loss each and returns how many
    // were done. Then stopping rules and schedules look, which may end the run: stopped().
    int runSteps(int most, double* losses);
    // The rule that ended the run. Whoever trains asks after each runSteps and stops.
    const std::optional<Stop>& stopped() const { return m_watch.stopped(); }
    // Puts back the best weights, if a rule kept them.
    void takeBestWeights();
    // The rules begin anew, for a run that goes on although it was stopped.
    void restartRules() { m_watch.restart(); }
    // The part of the data that rules and schedules watch: validation, else test, else training rows.
    const std::vector<std::uint32_t>& watchedRows() const;

    Evaluation evaluate(std::span<const std::uint32_t> rows);
    // The same, to be advanced by the caller; ends before the next step, with the trainer, or with `rows`.
    EvaluationPass startEvaluation(std::span<const std::uint32_t> rows);
    // Of the first head, each row alone.
    std::vector<float> lossOfEach(std::span<const std::uint32_t> rows) {
        return m_evaluator.lossOfEach(m_loader, rows);
    }

    const Progress& progress() const { return m_progress; }
    std::size_t stepsPerEpoch() const;
    double learningRate() const;
    double lastLearningRate() const { return m_lastRate; }  // of the last update
    // Of the weights as they are, and of the activities of the last batch.
    double penalty() const;
    bool finite() const;  // all weights are

    RestorePoint save() const;
    void save(RestorePoint& point) const;  // into the memory of an earlier one
    void restore(const RestorePoint& point);
    // After losses or weights were not finite: replays from `point`, finds the first bad value, and leaves the run just
    // before the step that made it.
    Divergence locate(RestorePoint point);

    // Takes over what fits from another run, its progress included.
    TransferReport take(Trainer& from, Attic& attic);
    void reset(std::uint64_t seed);

    const RunSpec& spec() const { return m_spec; }
    const network::Network& network() const { return m_network; }
    const data::Dataset& dataset() const { return *m_dataset; }
    std::shared_ptr<const data::Dataset> sharedDataset() const { return m_dataset; }
    const std::vector<Head>& heads() const { return m_heads; }
    const OutputReading& reading() const { return m_heads.front().reading; }
    tensor::Buffer& weights() { return m_weights; }
    const tensor::Buffer& weights() const { return m_weights; }
    Optimization& optimization() { return m_optimization; }
    const Optimization& optimization() const { return m_optimization; }
    Forward& forward() { return m_forward; }
    TrialStep& trial();  // made when it is first asked for
    const BatchLoader& loader() const { return m_loader; }
    const backends::cpu::Processor& processor() const { return m_processor; }
    const backends::KernelTable& kernels() const { return m_table; }
    double time() const;  // as the schedule counts it
    bool tiny() const { return m_tiny.has_value(); }
    // Multiply-adds of one update, for estimates of its duration.
    double workPerStep() const;

private:
    struct BatchPlan;
    BatchPlan& planFor(std::size_t rows);
    std::span<const std::uint32_t> nextBatch();
    void finishBatch();
    StepResult stepOn(std::span<const std::uint32_t> rows);
    int advance(int most, double* losses);
    void watch(const Progress& before, std::span<const double> losses);
    // Inputs, targets, weights of the running batch.
    void load(BatchPlan& plan, std::span<const std::uint32_t> rows);
    StepResult solveOn(BatchPlan& plan);
    StepResult stepEarly(BatchPlan& plan);
    // Forward, loss, gradients, penalties.
    StepResult evaluate(BatchPlan& plan, const backends::cpu::GradientTaker& taker = {});
    void keepStates(BatchPlan& plan);
    FlatState state();
    struct Replay;
    Replay replay(const RestorePoint& point);
    void replayTo(std::uint64_t step);
    std::string firstNonFiniteWeight() const;
    std::string causeOf(const Divergence& found) const;

    RunSpec m_spec;
    std::shared_ptr<const data::Dataset> m_dataset;
    const backends::KernelTable& m_table;
    backends::cpu::ThreadPool m_pool;
    const backends::cpu::Processor m_processor;
    network::NetworkCheck m_check;
    network::Network m_network;
    std::vector<Head> m_heads;
    BatchLoader m_loader;
    std::shared_ptr<const data::AugmentationPolicy> m_augmentation;  // null: none
    std::optional<AugmentedBatch> m_augmented;
    tensor::Buffer m_weights, m_gradients;
    Optimization m_optimization;
    Objective m_objective;
    std::optional<TinyPlan> m_tiny;
    std::map<std::size_t, std::unique_ptr<BatchPlan>> m_plans;
    Forward m_forward;
    std::unique_ptr<TrialStep> m_trial;
    Evaluator m_evaluator;
    data::Batcher m_batcher;
    Watch m_watch;
    Progress m_progress;
    double m_lastRate = 0;
    double m_lastActivity = 0;           // penalty
    int m_activeBatchSize = 0;           // a changed batch size waits for the next epoch
    std::vector<std::uint32_t> m_order;  // of the running epoch
    std::uint64_t m_orderEpoch = ~0ull;
};

}  // namespace perceptory::training
