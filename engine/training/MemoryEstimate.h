#pragma once
// The memory a run will take, told before any of it is taken.

#include "engine/data/Dataset.h"
#include "engine/training/Heads.h"

namespace perceptory::training {

// Bytes by part. Estimated with checked arithmetic before anything is allocated.
struct MemoryEstimate {
    std::int64_t weights = 0, gradients = 0, optimizer = 0, activations = 0, data = 0;
    std::int64_t measuring = 0;  // what losses and metrics hold of every row
    std::int64_t total() const { return weights + gradients + optimizer + activations + data + measuring; }
    std::string sentence() const;  // "12.5 MB: weights 4.0 MB, gradients 4.0 MB, …"
};

// Of a network and heads without errors. Throws base::Error when the sizes overflow.
MemoryEstimate estimateMemory(const RunSpec& spec, const network::NetworkCheck& network, const std::vector<Head>& heads,
                              const data::Dataset& dataset);

std::int64_t freeMemory();                 // bytes that can be taken now
std::string sizeText(std::int64_t bytes);  // "12.5 MB"

}  // namespace perceptory::training
