#pragma once
// The contract of the exporters: a trained network in a file for other programs. Each reads what it wrote again before
// anybody relies on it.

#include "engine/base/Shelf.h"
#include "engine/data/InputPipeline.h"
#include "engine/network/Network.h"
#include "engine/training/Trainer.h"

namespace perceptory::exchange {

// An output of the network, and what its numbers mean.
struct ExportedOutput {
    std::string node;
    std::vector<std::string> classNames;  // empty: numbers
    training::OutputReading reading{};
};

// Where the network comes from, for a format that tells of it. Null: not known.
struct RunStory {
    base::Json project{};
    base::Json history{};  // training::historyOf() its log
};

struct ExportRequest {
    const network::Network& network;
    const tensor::Buffer& weights;        // the network's flat weights
    const data::InputPipeline& pipeline;  // fitted
    std::vector<ExportedOutput> outputs;  // each once
    base::ParamValues values;             // of ExporterType::parameters
    const std::string& path;              // to be written, or replaced
    training::Trainer& trainer;           // the run that the network comes from; its data may have no rows
    const RunStory& story;
};

struct ExportResult {
    base::Problems problems{};  // what the format cannot express; nothing was written when one is an error
    std::string checked{};      // what was compared after reading the file again, in words
};

struct ExporterType : base::KindType {
    // Throws base::Error when the file cannot be written, or does not read back as it should; it is then removed.
    ExportResult (*write)(const ExportRequest&) = nullptr;
    bool folder = false;  // it writes a folder
    // Whether it reads rows of the data with these values; null: never.
    bool (*wantsRows)(const base::ParamValues& values) = nullptr;
};

#define EXPORTER(Member) extern const ExporterType Member##Exporter;
#include "engine/exchange/exporters.def"
#undef EXPORTER

const base::Shelf<ExporterType>& exporters();

// Removes the file and throws base::Error: what was written does not read back as it should.
[[noreturn]] void refuseWritten(const std::string& path, const std::string& reason);

}  // namespace perceptory::exchange
