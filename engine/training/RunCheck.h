#pragma once
// Everything that can be said about a run before it starts: problems of data, network and training together, and the
// memory it will take.

#include "engine/training/MemoryEstimate.h"

namespace perceptory::training {

struct RunCheck {
    base::Problems problems;
    network::NetworkCheck network;
    std::vector<Head> heads;  // complete when ok()
    MemoryEstimate memory;

    bool ok() const { return !base::hasError(problems); }
};

// The part of it that asks whether network, losses and data belong together. Needs no rows.
RunCheck checkFit(const RunSpec& spec, const data::Dataset& dataset);

// Refuses runs that need more than `memoryLimit` bytes; 0: three quarters of the memory that is free now.
RunCheck checkRun(const RunSpec& spec, const data::Dataset& dataset, std::int64_t memoryLimit = 0);

}  // namespace perceptory::training
