#pragma once
// What a run has learned, handed to an exporter.

#include "engine/exchange/Exporter.h"

namespace perceptory::exchange {

// Whether the exporter wants a run whose data has rows, with these values of its parameters.
bool wantsRows(const ExporterType& exporter, const base::ParamValues& values);

// Every output once, with the classes of what it was trained for. As ExporterType::write. The trainer's thread.
ExportResult exportTrained(const ExporterType& exporter, training::Trainer& trainer, const base::ParamValues& values,
                           const std::string& path, const RunStory& story = {});

}  // namespace perceptory::exchange
