#pragma once

namespace perceptory::data {

enum class Task { Classification, Regression };

// The word in files: "classification" or "regression".
inline const char* taskName(Task task) { return task == Task::Classification ? "classification" : "regression"; }

}  // namespace perceptory::data
