#pragma once
// Small projects to run the program on.

#include "engine/base/Json.h"
#include "tests/app/CliProcess.h"

namespace perceptory::test {

// Two classes in the plane; 60 rows, 30 of them for training, batches of 8: four updates an epoch, the last with 6
// rows.
base::Json circleProject();

// The iris table as a file of its own, to be found beside the project.
base::Json irisProject();

// A line through noise-free points: regression.
base::Json planeProject();

// Writes the project into the folder, and iris.csv beside it. Returns its path.
std::string put(const support::Folder& folder, const base::Json& project, const std::string& name = "p.perceptory");

// Trains it for so many epochs into NAME.perceptory-model beside it; returns that path.
std::string trained(const support::Folder& folder, const base::Json& project, int epochs);

}  // namespace perceptory::test
