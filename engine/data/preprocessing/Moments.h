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
Moments momentsOf(const TrainingRows& rows, std::size_t groups);

// The means alone, of each column.
std::vector<double> meansOf(const TrainingRows& rows);

}  // namespace perceptory::data
