#pragma once
// What is wrong with a part of the data, in words below its controls. GUI thread only.

#include "engine/base/Problem.h"

class QLabel;

namespace perceptory::views {

// Hidden while nothing is wrong.
QLabel* faultLabel();
// A line for each problem, with the number of the step it is about.
void showFaults(QLabel& label, const base::Problems& problems);

// Of both lists those about `address` or what lies below it; what is said twice is named once.
base::Problems problemsAt(const char* address, const base::Problems& some, const base::Problems& more);

}  // namespace perceptory::views
