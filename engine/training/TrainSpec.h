#pragma once
// How to train: the `training` object of a project as plain values; and RunSpec, all that a run needs to be repeated.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/Params.h"
#include "engine/data/DataSpec.h"
#include "engine/network/NetworkSpec.h"

namespace perceptory::training {

// What keeps gradients from growing too large.
struct Clip {
    enum class Type { None, Norm, Value };
    Type type = Type::None;
    double limit = 1;  // of the norm of all gradients together, or of each one's size

    bool operator==(const Clip&) const = default;
};

// How much the samples of each class count in the loss.
struct ClassWeights {
    enum class Type { None, Balanced, Listed };  // Balanced: N / (K · samples of the class), in the training part
    Type type = Type::None;
    std::vector<double> list;

    bool operator==(const ClassWeights&) const = default;
};

// One of several losses.
struct LossSpec {
    std::string output;  // id of a node
    std::string target;  // of the data set; empty: its first one
    base::KindSpec loss;
    double weight = 1;  // of this loss in the sum

    bool operator==(const LossSpec&) const = default;
};

struct TrainSpec {
    base::KindSpec loss{"mean_squared_error"};
    std::vector<LossSpec> losses;  // instead of `loss`, when there are any
    ClassWeights classWeights;
    base::KindSpec optimizer{"sgd"};
    base::KindSpec schedule{"constant"};
    bool schedulePerStep = false;  // else per epoch
    Clip clip;
    std::vector<base::KindSpec> stopping;
    int batchSize = 10;
    double epochs = 100;  // whole; the window goes on beyond
    bool shuffle = true;
    std::uint64_t seed = 42;
    std::vector<base::KindSpec> metrics;  // empty: the standard ones that fit the task

    // Reports wrong types and values at "training.KEY" and goes on with the default.
    static TrainSpec fromJson(const base::Json& json, base::Problems& problems);
    bool operator==(const TrainSpec&) const = default;
};

struct RunSpec {
    data::DataSpec data;
    network::NetworkSpec network;
    TrainSpec training;

    // From a whole project. Reports a foreign or newer format too.
    static RunSpec fromJson(const base::Json& project, base::Problems& problems);
};

}  // namespace perceptory::training
