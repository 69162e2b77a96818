#pragma once
// The tables the shelves contribute to a KernelTable. Each is defined by its room from the room's list, so a new member
// is one file and one line.

#include "engine/backends/Kernels.h"
#include "engine/backends/isa/ShelfKernels.h"

namespace perceptory::backends::isa {

template <class Kernels, class Tiny>
struct ShelfTable {
    const Kernels* kernels = nullptr;
    const Tiny* tiny = nullptr;
    int count = 0;
};

using UnaryTable = ShelfTable<UnaryKernels, TinyUnary>;
using LossTable = ShelfTable<LossKernels, TinyLoss>;
using PenaltyTable = ShelfTable<PenaltyKernels, void>;
using UpdateTable = ShelfTable<UpdateKernels, TinyUpdate>;

UnaryTable unaryTable();      // engine/activations
LossTable lossTable();        // engine/losses
PenaltyTable penaltyTable();  // engine/regularizers
UpdateTable updateTable();    // engine/optimizers

// Tiny networks: null in the engine's own table.
const TinyKernels* tinyKernels();

const KernelTable& table();

}  // namespace perceptory::backends::isa
