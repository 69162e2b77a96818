#pragma once
// What training makes small: the network's graph with the losses behind it, and the gradients of their sum
// with the penalty on activities.

#include <span>

#include "engine/data/augmentation/AugmentationPolicy.h"
#include "engine/network/Network.h"
#include "engine/training/Heads.h"

namespace perceptory::training {

// The loss of one head.
struct HeadLoss {
    ir::ValueId output = ir::none;
    ir::ValueId target = ir::none;  // input, [N; targetWidth]
    ir::ValueId weight = ir::none;  // input, [N; units]: how much a unit counts; 0 leaves it out
    // Inputs of a head whose samples are mixed, else `none`: target and weight of the sample mixed in, and the share
    // [N; 1] of the sample's own; the loss is share · L(target) + (1 − share) · L(otherTarget).
    ir::ValueId otherTarget = ir::none, otherWeight = ir::none, share = ir::none;
    ir::ValueId mask = ir::none;  // [N; units], 0 where a unit is padding; `none`: there is none
    ir::ValueId each = ir::none;  // the losses of the units of each sample; `none` where samples are mixed
    ir::ValueId loss = ir::none;  // of the batch, without penalty and without the head's weight
    // The same in parts, to put batches together: loss = mean, or √mean; a batch counts by the sum of its weights.
    ir::ValueId mean = ir::none, total = ir::none;
    bool rootOfMean = false;
};

struct Objective {
    network::Lowered lowered;
    std::vector<HeadLoss> heads;
    ir::ValueId loss = ir::none;         // Σ weight · loss of a head
    ir::ValueId activity = ir::none;     // penalty on what nodes put out, mean over the samples; `none`: there is none
    std::vector<ir::ValueId> gradients;  // by parameter, `none` where frozen; empty when not asked for
};

enum class Purpose {
    Measuring,
    Training,      // keeps dropout, has gradients
    MixedTraining  // of samples that are mixed in pairs
};
// Of training with this augmentation; null: none.
Purpose purposeOf(const data::AugmentationPolicy* augmentation);
Objective makeObjective(const network::Network& network, std::span<const Head> heads, Purpose purpose);

}  // namespace perceptory::training
