#pragma once
// The standard workloads of CLI.md §5: the same networks, batches and optimizers as the PyTorch anchors, on synthetic
// data that is in memory before the clock starts.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/training/Trainer.h"

namespace perceptory::cli {

// Something that can be repeated. One thread.
struct RunningWorkload {
    std::unique_ptr<training::Trainer> trainer;
    std::function<void(int)> repeat;  // so many steps
};

struct Workload {
    std::string name;
    int batch = 0;
    std::function<RunningWorkload(const training::TrainerOptions&)> start;
};

const std::vector<Workload>& workloads();

}  // namespace perceptory::cli
