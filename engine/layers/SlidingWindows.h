#pragma once
// How convolutions and pools read their place in the network: parameters and input shape become a tensor::Window, or a
// problem in words.

#include "engine/layers/Layer.h"
#include "engine/tensor/Window.h"

namespace perceptory::layers {

// A window with its image and map sizes, or what stands against it. `channels` of the map are the image's.
struct WindowResult {
    std::optional<tensor::Window> window;
    std::string sentence;
    std::string fix;
};

// `image` is {H, W, C}. `padding`: "same" (the map has ⌈size / stride⌉ pixels, an odd rest is added behind, as PyTorch
// does), "valid", a number, or [height, width].
struct WindowRequest {
    tensor::Shape image;
    std::array<std::int64_t, 2> kernel, stride, dilation;
    base::Json padding;
};
WindowResult slideWindow(const WindowRequest& request);

// A problem when the input is not {H, W, C}; `layer` begins the sentence: "A convolution".
std::optional<ShapeResult> needImage(const LayerContext& context, const std::string& layer);

// Parameters they share.
base::ParamType paddingParam();

// Shape and weights of a layer with parameters kernel, bias, and initializers and regularizer of their own.
base::ParamType biasParam(const std::string& help);
std::vector<base::ParamType> kernelParams();  // activation, initializers, regularizer
std::vector<WeightSpec> kernelAndBias(const LayerContext& context, WeightSpec kernel, std::int64_t biases);

}  // namespace perceptory::layers
