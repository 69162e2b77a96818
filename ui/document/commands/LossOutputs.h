#pragma once
// Where a project names nodes besides their connections: the losses that look at them, and the stopping rules that
// watch such a loss ("out.loss"). Works on the JSON inside one edit.

#include <functional>
#include <string>
#include <vector>

#include "engine/base/Json.h"

namespace perceptory::document {

// Losses that name `from`, and rules that watch them, name `to`. A loss that another one there equals goes.
void moveLosses(base::Json& project, const std::string& from, const std::string& to);

// Takes away the losses whose output is gone. The last one becomes the project's only "loss", where it has none, so
// that the network is still trained for it.
void dropLosses(base::Json& project, const std::function<bool(const std::string& output)>& isGone);

// Ids that losses name, each once.
std::vector<std::string> outputsOfLosses(const base::Json& project);

}  // namespace perceptory::document
