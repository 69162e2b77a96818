#pragma once
// Loss and metrics of a part of the data.

#include <map>
#include <memory>
#include <optional>
#include <span>

#include "engine/backends/cpu/Executable.h"
#include "engine/training/Objective.h"

namespace perceptory::training {

struct Evaluation {
    std::size_t samples = 0;
    double loss = 0;  // without penalty; NaN without samples
    std::map<std::string, double> metrics;
    std::vector<std::vector<std::int64_t>> confusion;  // [actual][predicted], classes only
};

// One thread per object; all arguments outlive it.
class Evaluator {
public:
    Evaluator(const network::Network& network, const RunSpec& spec, const OutputReading& reading,
              tensor::Buffer& weights, const backends::cpu::Processor& processor);

    // `targets`: encoded, of all rows of the data set.
    Evaluation run(const data::Dataset& dataset, std::span<const float> targets, std::span<const std::uint32_t> rows);

private:
    backends::cpu::Executable& plan(std::int64_t batch);

    std::vector<base::KindSpec> m_metrics;
    OutputReading m_reading;
    tensor::Buffer& m_weights;
    const backends::cpu::Processor m_processor;
    Objective m_objective;
    std::size_t m_batch;
    std::map<std::int64_t, std::unique_ptr<backends::cpu::Executable>> m_plans;
};

// Ids of the metrics that are told: those the spec names, else all that fit the task.
std::vector<std::string> metricIds(const TrainSpec& spec, data::Task task);
std::vector<base::KindSpec> metricsFor(const TrainSpec& spec, data::Task task);

// Samples taken at once where nothing is trained: up to 1024, fewer where a sample has many values, so that measuring a
// wide network takes no more than about 64 MiB a value kept.
std::int64_t measuringBatch(const std::vector<network::NodeCheck>& nodes);

}  // namespace perceptory::training
