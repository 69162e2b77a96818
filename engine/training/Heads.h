#pragma once
// What a network is trained for: each of its outputs with a target, a loss and a weight. Most have one.

#include "engine/training/OutputReading.h"

namespace perceptory::training {

struct Head {
    std::string name;        // the output's id; with the target's or the loss's behind it where several share an output
    std::string output;      // id of the node
    std::size_t target = 0;  // index of the data set's target
    base::KindSpec loss;
    double weight = 1;  // of its loss in the sum
    OutputReading reading;
};

// The data's fields and the nodes that the losses of `spec` look at.
network::Surroundings surroundingsOf(const TrainSpec& spec, const data::Dataset& dataset);

// The heads of a run whose network is ok(); problems when network, losses and data do not belong together. `encoding`
// as in DataSpec::targetEncoding.
std::vector<Head> readHeads(const network::NetworkCheck& network, const TrainSpec& spec, const data::Dataset& dataset,
                            const std::string& encoding, base::Problems& problems);

}  // namespace perceptory::training
