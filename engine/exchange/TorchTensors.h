#pragma once
// Rows of the engine as tensors of PyTorch.

#include "engine/layers/TorchLowering.h"
#include "engine/tensor/NamedTensor.h"

namespace perceptory::exchange {

// Rows of `count` values each, [H, W, C] as [C, H, W]: values(i) is row i.
template <class Row>
tensor::NamedTensor torchTensor(std::string name, std::size_t count, const tensor::Shape& engine, const Row& values) {
    tensor::Shape shape = layers::torchShape(engine);
    shape.insert(shape.begin(), static_cast<std::int64_t>(count));
    tensor::NamedTensor tensor{std::move(name), shape, tensor::Buffer(tensor::elementCount(shape))};
    float* to = tensor.values.floats().data();
    const bool image = engine.size() == 3;
    const std::int64_t channels = image ? engine[2] : 1, places = tensor::elementCount(engine) / channels;
    for (std::size_t row = 0; row < count; ++row) {
        const auto from = values(row);
        for (std::int64_t c = 0; c < channels; ++c)
            for (std::int64_t p = 0; p < places; ++p) *to++ = from[static_cast<std::size_t>(p * channels + c)];
    }
    return tensor;
}

}  // namespace perceptory::exchange
