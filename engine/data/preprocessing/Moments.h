#pragma once
// Means and deviations of training rows.

#include "engine/data/preprocessing/TrainingRows.h"

namespace perceptory::data {

struct Moments {
    std::vector<double> mean, deviation;
};

// Value i of a row belongs to group i modulo `groups`, so that with as many groups as values each column stands alone,
// and with as many as an image has channels all pixels of a channel count together. Deviations are divided by the
// number of values, not one less. One that is nothing but rounding becomes 1: what never changes is only shifted.
// Throws Cancelled.
Moments momentsOf(const TrainingRows& rows, std::size_t groups, const base::Progress& progress);

// The means alone, of each column. Throws Cancelled.
std::vector<double> meansOf(const TrainingRows& rows, const base::Progress& progress);

}  // namespace perceptory::data
