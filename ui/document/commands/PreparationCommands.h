#pragma once
// Wishes about how the data is prepared, augmented, parted and balanced. Each is one undo step.

#include <string>
#include <vector>

#include "engine/base/Params.h"
#include "engine/data/Batcher.h"
#include "ui/document/Document.h"

namespace perceptory::document {

// The two lists of steps a project has, each in the order they are taken.
enum class StepList { Preprocessing, Augmentation };

// As the project file calls it: "preprocessing", "augmentation".
const char* keyOf(StepList list);
// The members that a step of the list may be.
std::vector<const base::KindType*> membersOf(StepList list);
const std::vector<base::KindSpec>& stepsOf(const Document& document, StepList list);

// With its defaults, at the end. Throws base::Error when there is no such member.
void addStep(Document& document, StepList list, const std::string& id);
void removeStep(Document& document, StepList list, std::size_t index);
// To where the step at `to` stands now. A place that does not exist: nothing happens.
void moveStep(Document& document, StepList list, std::size_t from, std::size_t to);
void setStepParameter(Document& document, StepList list, std::size_t index, const std::string& id,
                      const base::Json& value);

// Shares of all rows; the rest is for tests.
void setShares(Document& document, double train, double validation);
// Of the split: "column", "folds", "fold".
void setSplitDetail(Document& document, const std::string& key, const base::Json& value);
void setBalance(Document& document, data::Balance balance);

}  // namespace perceptory::document
