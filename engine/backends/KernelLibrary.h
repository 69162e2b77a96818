#pragma once
// Finds the kernels for this machine.

#include <string>
#include <vector>

#include "engine/backends/Kernels.h"

namespace perceptory::backends {

// Instruction sets this processor can run, best first; the last is always "base".
std::vector<std::string> supportedInstructionSets();

// The float kernels: of `isa` (base, v3, v4), else of the environment variable PERCEPTORY_ISA, else the best this
// processor can run and whose library is there. Libraries are looked for in the folder PERCEPTORY_KERNELS, beside the
// program, in
// ../lib/perceptory from there, and in the folder of the build. Each is opened once and stays open. Throws base::Error
// when a demanded library, or every library, is missing or does not fit. Any thread.
const KernelTable& kernels(const std::string& isa = "");

// The same kernels in double precision, part of the engine. Any thread.
const KernelTable& doubleKernels();

}  // namespace perceptory::backends
