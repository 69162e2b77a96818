#pragma once
// What arrived for the worker since it looked last.

#include <deque>
#include <future>

#include "engine/training/Command.h"
#include "engine/training/probes/Probe.h"

namespace perceptory::training {

using StateRequest = std::promise<std::shared_ptr<const RestorePoint>>;

struct Inbox {
    std::deque<Command> commands;
    std::vector<StateRequest> stateRequests;
    std::optional<std::vector<ProbeRequest>> wanted;
};

}  // namespace perceptory::training
