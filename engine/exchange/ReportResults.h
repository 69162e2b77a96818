#pragma once
// Tables of the report: how well the network does on each part of the data, and what it says to some rows.

#include <string>

#include "engine/training/Trainer.h"

namespace perceptory::exchange {

// Loss and metrics of every part; of classes also precision, recall, F1 and who is taken for whom in the part nobody
// trained with. Empty without rows.
std::string resultsHtml(training::Trainer& trainer);

// A table of the first rows of that part with their pictures or values, what is right and what the network says; `rows`
// becomes how many those are. Empty without rows, and where an output is no single class and no few numbers.
std::string samplesHtml(training::Trainer& trainer, std::size_t& rows);

}  // namespace perceptory::exchange
