#pragma once
// What training makes small: the network's graph with a loss behind it, and the gradients of the loss.

#include "engine/network/Network.h"
#include "engine/training/OutputReading.h"

namespace perceptory::training {

struct Objective {
    network::Lowered lowered;
    ir::ValueId target = ir::none;  // input "target", [N, targetWidth]
    ir::ValueId weight = ir::none;  // input "weight", [N, 1]: how much a sample counts; 0 leaves it out
    ir::ValueId loss = ir::none;    // of the batch, without penalty
    // The same in parts, to put batches together: loss = mean, or √mean; a batch counts by the sum of its weights.
    ir::ValueId mean = ir::none, total = ir::none;
    bool rootOfMean = false;
    std::vector<ir::ValueId> gradients;  // by parameter, `none` where frozen; empty when not asked for
};

// `training` keeps dropout; gradients only when training.
Objective makeObjective(const network::Network& network, const base::KindSpec& loss, const OutputReading& reading,
                        bool training);

}  // namespace perceptory::training
