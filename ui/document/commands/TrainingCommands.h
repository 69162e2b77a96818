#pragma once
// Wishes about how to train. Each is one undo step.

#include <cstdint>
#include <string>

#include "ui/document/Document.h"

namespace perceptory::document {

void setLearningRate(Document& document, double rate);
// As the project says, else the optimizer's default.
double learningRateOf(const Document& document);
// The learning rate stays when both optimizers have one.
void setOptimizer(Document& document, const std::string& id);
// The last layer follows: a loss on raw scores gets a linear one, one unit for each class or just one.
void setLoss(Document& document, const std::string& id);
void setBatchSize(Document& document, int size);
void setTrainingSeed(Document& document, std::uint64_t seed);

}  // namespace perceptory::document
