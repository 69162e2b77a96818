#pragma once
// What `train` says at its end, on stdout.

#include <string>

#include "app/cli/TrainRun.h"

namespace perceptory::cli {

struct TrainEnd {
    EndReason reason = EndReason::Epochs;
    const EpochReport& last;
    const training::Divergence& divergence;  // where that was the reason
    const std::string& model;                // the file that was written; empty: none
    bool json = false;
};

void tellEnd(training::Trainer& trainer, const TrainEnd& end);

}  // namespace perceptory::cli
