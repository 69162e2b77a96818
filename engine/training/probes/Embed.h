#pragma once
// Many numbers of a sample as a place in a plane: principal components and t-SNE. Any thread; the same numbers give the
// same places.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace perceptory::training {

// Told between two iterations: the share that is done, and the places so far, [samples][2]. False ends the work early.
using EmbedProgress = std::function<bool(double share, std::span<const float> places)>;

// Coordinates along the `count` directions of most variance, [samples][count], each direction's sign such that its
// largest entry is positive. By iteration of a subspace (Halko, Martinsson, Tropp 2011), which wide rows afford.
// values: [samples][width]; more directions than there are give 0.
std::vector<float> principalComponents(std::span<const float> values, std::int64_t samples, std::int64_t count);

// For each sample the `count` nearest others by their distance, the nearest first: [samples][count]; fewer others than
// that leave the sample itself in the rest.
std::vector<std::uint32_t> nearestNeighbours(std::span<const float> values, std::int64_t samples, std::int64_t count);

struct TsneSettings {
    double perplexity = 30;  // neighbours that count, about; at most a third of the other samples is used
    int iterations = 750;
    double theta = 0.5;  // how coarsely far points are taken together; 0: not at all
};

// Barnes-Hut t-SNE, van der Maaten 2014, from the principal components on, with early exaggeration by 12 for the first
// third and a rate of samples / 12 (Belkina et al. 2019). [samples][2]. More than 50 numbers are first reduced to their
// 50 principal components.
std::vector<float> tsne(std::span<const float> values, std::int64_t samples, const TsneSettings& settings,
                        const EmbedProgress& progress = {});

}  // namespace perceptory::training
