#pragma once
// What the probes share that ask which numbers of a sample a class rests on.

#include "engine/training/probes/Probe.h"

namespace perceptory::training {

// "row" and "class" (−1: the predicted one).
std::vector<base::ParamType> attributionParameters();

// A sample, and the unit of the network's first output that speaks for the class.
struct Question {
    std::vector<float> inputs;
    std::string node;
    std::int64_t unit = 0;
    float sign = 1;       // −1: the class is the one that a single unit speaks against
    int classIndex = -1;  // −1: numbers
    float score = 0;      // of the class, before any softmax of the loss

    // Derivative of the score by the inputs of each of `count` rows.
    std::vector<float> slopes(Forward& forward, std::span<const float> rows, std::int64_t count,
                              bool guided = false) const;
    float scoreOf(Forward& forward, std::span<const float> row) const;
};

// Throws base::Error when there is no such row or class.
Question questionIn(const ProbeContext& context, const base::ParamValues& settings);

// One number for each number of the sample: of an image [1, C, H, W], else [numbers]. Facts: class, score.
ProbeResult attributionResult(const ProbeContext& context, const Question& question, const std::vector<float>& values);

// Sundararajan, Taly, Yan 2017: (x − x₀) · mean of the slopes at x₀ + (k − ½)/m · (x − x₀), k = 1 … m, with x₀ = 0.
std::vector<float> integratedGradients(Forward& forward, const Question& question, std::int64_t steps);

// Smilkov et al. 2017: mean of the slopes at x + n for each row n of `noise`.
std::vector<float> smoothGradient(Forward& forward, const Question& question, std::span<const float> noise);

}  // namespace perceptory::training
