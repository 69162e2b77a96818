#pragma once
// What is told of a run beside its own loss: metrics of the training part, loss and metrics of the others.

#include <optional>

#include "app/cli/TrainRun.h"
#include "engine/base/Json.h"

namespace perceptory::cli {

struct EpochMeasures {
    EpochReport report;
    training::Evaluation train;
    std::optional<training::Evaluation> validation, test;  // absent where the part has no rows
};

EpochMeasures measure(training::Trainer& trainer, const EpochReport& report);

// The line of `train --json` for one epoch.
base::Json toJson(const EpochMeasures& measures);

}  // namespace perceptory::cli
