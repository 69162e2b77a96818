#pragma once
// Formulas of the activations and of the functions that layers are composed of, as C++ functions of one float.

#include <string>

#include "engine/activations/Activation.h"

namespace perceptory::exchange::cpp {

// Throws base::Error when none has this id.
const activations::UnaryText& formulaOf(const std::string& id);

// "inline float relu(float x, float) { return …; }"
std::string functionOfFormula(const activations::UnaryText& formula);

}  // namespace perceptory::exchange::cpp
