#pragma once
// The values that a slider for a number walks through: even steps over a narrow range, 1 · 1.5 · 2 · 3 · 5 · 7 · 10
// over one of many powers of ten.

#include <vector>

#include "engine/base/Params.h"

namespace perceptory::forms {

// Of a Number, rising, both ends of its range included; about a hundred.
std::vector<double> sliderValues(const base::ParamType& type);
// About a dozen of them, to be chosen from a list.
std::vector<double> offeredValues(const base::ParamType& type);

}  // namespace perceptory::forms
