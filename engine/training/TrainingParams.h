#pragma once
// The `training` object of a project described for forms.

#include <vector>

#include "engine/base/Params.h"

namespace perceptory::training {

// What of the object a form can set, each value with its key as id. "per" is a part of `schedule` in the file; `clip`
// is a switch here, and "clip_by" and "limit" are its parts; `stopping` is one rule.
const std::vector<base::ParamType>& trainingParams();

}  // namespace perceptory::training
