#pragma once
// The Python files of an export to PyTorch, as text.

#include "engine/exchange/TorchModule.h"

namespace perceptory::exchange {

// model.py: the module, how its weights are read, and the check of the stored samples.
std::string modelText(const TorchModule& module);

// The class alone with what it needs, for tests and viewers.
std::string moduleText(const TorchModule& module);

}  // namespace perceptory::exchange
