#pragma once
// Loss and metrics of a part of the data.

#include <map>
#include <memory>
#include <optional>
#include <span>

#include "engine/training/BatchLoader.h"

namespace perceptory::training {

// Of one head.
struct HeadEvaluation {
    std::string name;
    double loss = 0;  // without its weight
    std::map<std::string, double> metrics;
    std::vector<std::vector<std::int64_t>> confusion;  // [actual][predicted], classes only
};

struct Evaluation {
    std::size_t samples = 0;
    double loss = 0;             // the weighted sum over the heads, without penalty; NaN without samples
    double activityPenalty = 0;  // mean over the samples
    // With one head its metrics; with several "HEAD.loss", "HEAD.METRIC" of each.
    std::map<std::string, double> metrics;
    std::vector<std::vector<std::int64_t>> confusion;  // of the first head
    std::vector<HeadEvaluation> heads;
};

class Evaluator;

// Measures rows a batch at a time, so that others can have their turn in between. The weights must not change
// meanwhile. Outlived by its evaluator and all that it was started with.
class EvaluationPass {
public:
    EvaluationPass(EvaluationPass&&) noexcept;
    EvaluationPass& operator=(EvaluationPass&&) noexcept;
    ~EvaluationPass();

    std::size_t samplesDone() const;
    bool done() const;
    void advance();             // by one batch, unless done
    Evaluation result() const;  // of the rows measured so far

private:
    friend class Evaluator;
    struct State;
    explicit EvaluationPass(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

// One thread per object; all arguments outlive it.
class Evaluator {
public:
    Evaluator(const network::Network& network, const TrainSpec& spec, const std::vector<Head>& heads,
              tensor::Buffer& weights, const backends::cpu::Processor& processor);

    // `loader`: of the data set, with the same heads.
    EvaluationPass start(const data::Dataset& dataset, const BatchLoader& loader, std::span<const std::uint32_t> rows);

    // The loss of the first head for each row alone: the mean of its units.
    std::vector<float> lossOfEach(const BatchLoader& loader, std::span<const std::uint32_t> rows);

private:
    friend class EvaluationPass;
    backends::cpu::Executable& plan(std::int64_t batch);
    backends::cpu::Executable& planOfEach(std::int64_t batch);

    const TrainSpec& m_spec;
    const std::vector<Head>& m_heads;
    tensor::Buffer& m_weights;
    const backends::cpu::Processor m_processor;
    Objective m_objective;
    std::size_t m_batch;
    std::map<std::int64_t, std::unique_ptr<backends::cpu::Executable>> m_plans, m_plansOfEach;
};

// The metrics that are told of an output: those the spec names, else the standard ones that fit.
std::vector<base::KindSpec> metricsFor(const TrainSpec& spec, const OutputReading& reading);
// Their keys: the id, and where one is told several times what tells them apart: f1_macro, f1_CLASS.
std::vector<std::string> metricKeys(const std::vector<base::KindSpec>& metrics, const OutputReading& reading);
// The keys of Evaluation::metrics.
std::vector<std::string> metricIds(const TrainSpec& spec, const std::vector<Head>& heads);

// Samples taken at once where nothing is trained: up to 1024. Fewer where a sample has many values, so that measuring a
// wide network takes no more than about 64 MiB a value kept, or is much work, so that a batch takes some milliseconds.
// `graph`: the lowered nodes.
std::int64_t measuringBatch(const std::vector<network::NodeCheck>& nodes, const ir::Graph& graph);

}  // namespace perceptory::training
