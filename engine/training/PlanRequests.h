#pragma once
// What training and measuring want of a plan, so that the memory of a run can be told before its plans are made.

#include "engine/ir/Plan.h"
#include "engine/training/Objective.h"

namespace perceptory::training {

// Loss, activity, gradients into their places, and the states that layers leave behind.
ir::PlanRequest trainingRequest(const Objective& objective, const network::Network& network, std::int64_t batch,
                                ir::Kernels kernels);

// What Evaluator adds up.
ir::PlanRequest measuringRequest(const Objective& objective, std::int64_t batch, ir::Kernels kernels);

}  // namespace perceptory::training
