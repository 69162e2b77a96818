#pragma once
// How an output of a network and a target of the data speak to each other: which numbers the loss compares with, which
// class an output means, and with what probability. The rules are those of CLI.md §2, "Class index". A row may be
// compared unit by unit: pixel by pixel, step by step.

#include <span>
#include <vector>

#include "engine/data/Dataset.h"
#include "engine/network/Network.h"
#include "engine/training/TrainSpec.h"

namespace perceptory::training {

enum class Encoding { Index, OneHot, ZeroOne, PlusMinusOne, Values };

// What turns outputs into probabilities.
enum class Link { Sigmoid, Softmax, Share, Rescale };

// What an output answers with, for metrics.
enum class Answers {
    Classes,  // one of several for every unit
    Labels,   // numbers that each answer a yes-or-no question of their own
    Numbers,
    Shares  // of classes, of which only the loss tells something
};

struct OutputReading {
    data::Task task = data::Task::Classification;
    Encoding encoding = Encoding::PlusMinusOne;
    Link link = Link::Rescale;
    int outputs = 1;            // of a unit
    int classes = 0;            // 0: regression
    double threshold = 0;       // one output: above it lies class 1
    tensor::Shape unitShape{};  // {H, W} or {T}; empty: a row is one unit
    int ignoredClass = -1;      // units of this class do not count; −1: none
    Answers answers = Answers::Classes;
    std::vector<std::string> names{};   // of the classes or labels
    std::vector<float> classWeights{};  // by class: how much it counts; empty: all alike

    int classOf(const float* output) const;
    // Fills `classes` values that add up to 1.
    void probabilities(const float* output, float* into) const;
    // Fills `classes` values that are in the order of the probabilities, but never cut short.
    void scores(const float* output, float* into) const;
    // Of the one output of two classes, or of a label.
    float probability(float output) const;
    int units() const { return static_cast<int>(tensor::elementCount(unitShape)); }
    int width() const { return units() * outputs; }  // values the network puts out for a row
    // Numbers of an encoded target.
    int targetWidth() const { return encoding == Encoding::Index ? units() : width(); }
    const char* encodingName() const;
};

// What a loss compares.
struct Comparison {
    const network::NetworkCheck& network;
    std::size_t node = 0;  // whose output, an index in `network`
    const data::Target& target;
    const base::KindSpec& loss;
    std::string place;  // of the loss, for problems
};

// The reading of an output; problems when network, loss and data do not belong together, warnings when they rarely do.
OutputReading readOutput(const Comparison& comparison, const std::string& encoding, base::Problems& problems);

// Classes as the loss reads them: `into` has room for one number each, or reading.outputs numbers each.
void encodeLabels(std::span<const std::int32_t> labels, const OutputReading& reading, float* into);
// Targets of all rows, [count][targetWidth].
std::vector<float> encodeTargets(const data::Target& target, const OutputReading& reading);

// The activation whose values leave the network at a node: of the last dense or activation layer, or "softmax",
// "log_softmax" of such a layer; "linear" when there is none.
std::string finalActivation(const network::NetworkCheck& network, std::size_t node);

}  // namespace perceptory::training
