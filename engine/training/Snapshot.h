#pragma once
// What the worker has, at one moment between two steps. Immutable; any thread may read and keep it.

#include <map>
#include <memory>
#include <optional>

#include "engine/training/Evaluation.h"
#include "engine/training/Trainer.h"
#include "engine/training/probes/Probe.h"

namespace perceptory::training {

enum class RunState {
    Empty,  // nothing to train: nothing opened, or the document has errors
    Paused,
    Running,
    Diverged  // numbers were not finite; weights are the last finite ones
};

struct Snapshot {
    std::uint64_t revision = 0;  // of the document this belongs to
    RunState state = RunState::Empty;
    Progress progress;
    bool exact = false;  // paused and all samples measured: equals a recomputation bit for bit
    double learningRate = 0;
    double penalty = 0;
    Evaluation train, validation, test;            // of the first samples, at most about 10,000; of all when exact
    std::shared_ptr<const data::Dataset> dataset;  // null when Empty
    std::shared_ptr<const data::Dataset> source;   // as the document names it, also when nothing can be trained with it
    std::shared_ptr<const network::NetworkCheck> network;
    OutputReading reading;
    std::vector<network::Parameter> parameters;
    std::vector<float> weights;                                        // flat; offsets in `parameters`
    std::map<std::string, std::shared_ptr<const ProbeResult>> probes;  // by ProbeRequest::key()
    double stepsPerSecond = 0, epochsPerSecond = 0;

    // The values of one parameter; empty when it does not exist.
    std::span<const float> weightsOf(const std::string& parameter) const;
    const ProbeResult* probe(const ProbeRequest& request) const;
};

}  // namespace perceptory::training
