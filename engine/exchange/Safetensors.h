#pragma once
// Weights in the safetensors format (https://github.com/huggingface/safetensors): a length of 8 bytes, a JSON header
// {name: {dtype, shape, data_offsets}}, then the numbers, little-endian, without gaps.

#include <string>

#include "engine/tensor/NamedTensor.h"

namespace perceptory::exchange {

// Reads F32 and F64 as they are, F16 and BF16 as float, I64 as double; refuses other kinds of numbers. Tensors come in
// the order of the file. Throws base::Error naming file, place, reason and remedy; takes no more memory than twice the
// file's size beyond its header.
tensor::NamedTensors readSafetensors(const std::string& path);

// Replaces the file atomically: doubles first (so that all are aligned), then by name, marked as PyTorch's. Throws
// base::Error; the old file is then untouched.
void writeSafetensors(const tensor::NamedTensors& tensors, const std::string& path);

}  // namespace perceptory::exchange
