#pragma once
// How to train as the form of training::trainingParams() shows and sets it. Each function is one undo step.

#include <string>
#include <vector>

#include "ui/document/Document.h"

namespace perceptory::document {

// Those that say all that the project says: without `loss` where several are weighed, `class_weights` where they are
// listed, and `stopping` where there are several rules.
std::vector<base::ParamType> trainingParamsOf(const Document& document);

// Values by the parameters' ids; what the project does not say is left out.
base::Json trainingValues(const Document& document);

// The last layer follows another loss; another optimizer keeps the learning rate.
void setTrainingValue(Document& document, const std::string& id, const base::Json& value);

}  // namespace perceptory::document
