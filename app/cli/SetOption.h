#pragma once
// The option --set: PATH=VALUE, one value of the project replaced for this run, or NAME=VALUE, a parameter of what the
// command does.

#include <string>
#include <vector>

#include "engine/base/Params.h"

namespace perceptory::cli {

// "training.batch_size=32", "network.nodes.h1.parameters.units=8", "training.optimizer.parameters.learning_rate=0.1".
// Nodes go by id, entries of lists by number. The value is JSON, else a text. What the project leaves to its default is
// added. Throws UsageError naming the known names when nothing of that name exists.
void setValue(base::Json& project, const std::string& assignment);

// NAME=VALUE for parameters of a member of a shelf, which is called `what`. Throws UsageError likewise.
base::Json settingsOf(const base::KindType& member, const std::vector<std::string>& assignments,
                      const std::string& what);

}  // namespace perceptory::cli
