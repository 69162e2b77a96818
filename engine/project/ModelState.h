#pragma once
// Between a run and the model file: what of a run is kept, and how it is taken up again.

#include "engine/data/DatasetLoader.h"
#include "engine/project/ModelFile.h"
#include "engine/training/Trainer.h"

namespace perceptory::project {

struct RunParts {
    const network::Network& network;
    const data::Dataset& dataset;
    const training::OutputReading& reading;
    const training::RestorePoint& state;
    std::string instructionSet;
};

// `project`: as it must read in the folder of the model file, see withPathsFor().
Model makeModel(base::Json project, const RunParts& run);

// Weights, progress, and `slotCount` optimizer slots (0: for using the network only). Throws base::Error naming `place`
// when a tensor is missing or has another shape than this network's.
training::RestorePoint restorePointOf(const Model& model, const network::Network& network, std::size_t slotCount,
                                      const std::string& place);

// The model's own way from columns to inputs, and its classes. Throws base::Error naming `place`.
data::Trained trainedOf(const Model& model, const std::string& place);

// A data set without rows: enough to build the network and to read its outputs where the training data is not needed.
std::shared_ptr<const data::Dataset> rowlessDataset(const Model& model, const std::string& place);

}  // namespace perceptory::project
