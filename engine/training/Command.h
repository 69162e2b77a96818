#pragma once
// What the window may ask of a running training. Commands are values; the session takes them between two batches.

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>

#include "engine/training/Trainer.h"

namespace perceptory::training {

// A document was opened: everything new. `weights`: saved ones to begin with, or null.
struct Open {
    RunSpec spec;
    base::Json project;            // the document; tells whether the data changed
    std::filesystem::path folder;  // data paths are relative to it
    std::uint64_t revision = 0;    // comes back in snapshots
    std::shared_ptr<const RestorePoint> weights;
    base::Json history;  // the curves that belong to the weights, see historyOf(); or null
};

// The document changed: weights whose node and shape survive are kept.
struct Edit {
    RunSpec spec;
    base::Json project;
    std::filesystem::path folder;
    std::uint64_t revision = 0;
};

struct Play {};
struct Pause {};
struct StepBatch {};
struct StepEpoch {};
struct Reset {  // first weights of this seed, history cleared
    std::uint64_t seed = 0;
};
struct SetWeight {  // "h1.weight", row-major index in our layout
    std::string parameter;
    std::int64_t index = 0;
    double value = 0;
};
struct SetPace {  // epochs per second; 0: as fast as the machine can
    double epochsPerSecond = 60;
};

using Command = std::variant<Open, Edit, Play, Pause, StepBatch, StepEpoch, Reset, SetWeight, SetPace>;

}  // namespace perceptory::training
