#pragma once
// Ranges that a step lets the user choose.

#include "engine/data/preprocessing/Preprocessing.h"

namespace perceptory::data {

// Whether `low` is below `high`; a problem at the step's parameter "low" when not.
bool isRange(const FitRequest& request, double low, double high);

}  // namespace perceptory::data
