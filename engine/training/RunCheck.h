#pragma once
// Everything that can be said about a run before it starts: problems of data, network and training together, and the
// memory it will take.

#include "engine/data/Dataset.h"
#include "engine/training/Heads.h"

namespace perceptory::training {

// Bytes by part. Estimated with checked arithmetic before anything is allocated.
struct MemoryEstimate {
    std::int64_t weights = 0, gradients = 0, optimizer = 0, activations = 0, data = 0;
    std::int64_t total() const { return weights + gradients + optimizer + activations + data; }
    std::string sentence() const;  // "12.5 MB: weights 4.0 MB, gradients 4.0 MB, …"
};

struct RunCheck {
    base::Problems problems;
    network::NetworkCheck network;
    std::vector<Head> heads;  // complete when ok()
    MemoryEstimate memory;

    bool ok() const { return !base::hasError(problems); }
};

// Refuses runs that need more than `memoryLimit` bytes; 0: three quarters of the memory that is free now.
RunCheck checkRun(const RunSpec& spec, const data::Dataset& dataset, std::int64_t memoryLimit = 0);

}  // namespace perceptory::training
