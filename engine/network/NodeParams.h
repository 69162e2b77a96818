#pragma once
// What every layer has besides the parameters of its type, described for forms and checks.

#include <vector>

#include "engine/base/Params.h"

namespace perceptory::network {

// learning_rate_factor, bias_regularizer, activity_regularizer: keys of a node in the file.
const std::vector<base::ParamType>& nodeParams();

}  // namespace perceptory::network
