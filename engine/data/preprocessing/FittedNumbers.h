#pragma once
// Reading what a model file keeps of a fitted step. Nothing in it is believed: each throws Error naming `place`.

#include "engine/data/preprocessing/Preprocessing.h"

namespace perceptory::data {

// `count` finite numbers under `key`.
std::vector<double> readNumbers(const Fitted& fitted, const char* key, std::size_t count, const std::string& place);

// One finite number under `key`.
double readNumber(const Fitted& fitted, const char* key, const std::string& place);

// A matrix of finite numbers in single precision, with at least one row and one column.
const tensor::NamedTensor& readMatrix(const Fitted& fitted, const char* name, const std::string& place);

// Says that the file is damaged, and why.
[[noreturn]] void refuseFitted(const std::string& place, const std::string& reason);

}  // namespace perceptory::data
