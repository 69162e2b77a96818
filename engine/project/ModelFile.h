#pragma once
// The model file: everything a trained network needs to be used or trained on, in one file. Layout, little-endian:
//
//   8 bytes   89 'P' 'C' 'M' 0D 0A 1A 0A
//   u32 × 3   major, minor, smallest major a reader must know
//   u64       length of the whole file
//   u32       length of the header (at most 1 MiB), then the header: JSON {byte_order, archive, sections, tensors}
//   u32       CRC-32 of all bytes so far
//   body      sections, then tensors, in the order of the tables, each at a multiple of 64 from the start of the file,
//             zeros between. Offsets in the tables count from the start of the body; each entry has its bytes and
//             CRC-32
//   32 bytes  SHA-256 of all bytes so far, then 8 bytes  'P' 'C' 'M' 'E' 'N' 'D' 0D 0A
//
// A section is known by its name: "project" and, where it was watched, "history" are JSON, "state" is an archive, see
// RunStateArchive.h, of the version that the header tells. Readers skip sections they do not know. Files of format 1,
// whose state is JSON, are read.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/AtomicFile.h"
#include "engine/base/Json.h"
#include "engine/tensor/NamedTensor.h"

namespace perceptory::project {

struct Model {
    base::Json project;   // the whole project; its data paths are relative to the model file's folder
    base::Json pipeline;  // data::InputPipeline::toJson(): fitted preprocessing
    base::Json target;    // task, encoding, units and whatever else says what the outputs mean
    std::vector<std::string> classNames;
    double epoch = 0;
    std::int64_t step = 0;
    std::string instructionSet;  // library that computed the weights: "base", "v3", "v4"
    base::Json history;          // training::historyOf() of the run, or null
    base::Json counters;         // further counters of training, such as those of stopping rules; object or null

    // Weights under PyTorch's names with memory as the engine has it; optimizer slots as "optimizer.0.h1.weight"; layer
    // state as PyTorch names it.
    tensor::NamedTensors tensors;

    const tensor::NamedTensor* tensor(const std::string& name) const;
};

// Replaces the file atomically. Throws base::Error, also when the model is too large for the format; the old file is
// then untouched.
void writeModel(const Model& model, const std::string& path, base::Previous previous = base::Previous::Goes);

// Checks everything before anything is used and takes no more memory than a few times the file's size. Throws
// base::Error naming file, reason and remedy.
Model readModel(const std::string& path);

// Whether the file begins as a model file does. Throws base::Error when it cannot be opened.
bool isModelFile(const std::string& path);

}  // namespace perceptory::project
