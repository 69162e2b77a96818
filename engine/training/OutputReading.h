#pragma once
// How a network's outputs and the data's targets speak to each other: which numbers the loss compares with, which class
// an output means, and with what probability. The rules are those of CLI.md §2, "Class index".

#include <span>
#include <vector>

#include "engine/data/Dataset.h"
#include "engine/network/Network.h"
#include "engine/training/TrainSpec.h"

namespace perceptory::training {

enum class Encoding { Index, OneHot, ZeroOne, PlusMinusOne, Values };

// What turns outputs into probabilities.
enum class Link { Sigmoid, Softmax, Share, Rescale };

struct OutputReading {
    data::Task task = data::Task::Classification;
    Encoding encoding = Encoding::PlusMinusOne;
    Link link = Link::Rescale;
    int outputs = 1;
    int classes = 0;       // 0: regression
    double threshold = 0;  // one output: above it lies class 1

    int classOf(const float* output) const;
    // Fills `classes` values that add up to 1.
    void probabilities(const float* output, float* into) const;
    // Columns of an encoded target.
    int targetWidth() const { return encoding == Encoding::Index ? 1 : outputs; }
    const char* encodingName() const;
};

// The reading for this network, loss and data; problems when they do not belong together, warnings when they rarely do.
OutputReading readOutputs(const network::NetworkCheck& network, const TrainSpec& training, const data::Dataset& dataset,
                          const std::string& encoding, base::Problems& problems);

// Targets of all rows, [count][targetWidth].
std::vector<float> encodeTargets(const data::Dataset& dataset, const OutputReading& reading);

// The activation whose values leave the network: of the last dense or activation layer, or "softmax", "log_softmax" of
// such a layer; "linear" when there is none.
std::string finalActivation(const network::NetworkCheck& network);

}  // namespace perceptory::training
