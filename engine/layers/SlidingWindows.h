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

// The same for a convolution: with the parameters filters and groups, which must divide.
WindowResult convolutionWindow(const WindowRequest& request, const base::ParamValues& values);

// The problem that groups do not divide channels and filters.
WindowResult undivided(std::int64_t groups, std::int64_t channels, std::int64_t filters);

// Only the two sizes, for layers that resize; the channels are those of `image`.
tensor::Window resizing(const tensor::Shape& image, const tensor::Shape& map);
// A window that covers the whole image or sequence.
tensor::Window wholeWindow(const tensor::Shape& input);
ir::ValueId lowerResampling(Lowering& lowering, tensor::Resampling how, const tensor::Shape& map);

// A problem when the input is not {H, W, C}.
std::optional<ShapeResult> needImage(const LayerContext& context);

// Parameters they share.
base::ParamType paddingParam();
base::ParamType groupsParam();
std::vector<base::ParamType> convolutionParams();  // of the 2D convolutions, kernelParams() included
std::vector<base::ParamType> marginParams();       // top, left, bottom, right

// Shape and weights of a layer with parameters kernel, bias, and initializers and regularizer of their own.
base::ParamType biasParam(const std::string& help);
std::vector<base::ParamType> kernelParams();  // activation, initializers, regularizer
std::vector<WeightSpec> kernelAndBias(const LayerContext& context, WeightSpec kernel, std::int64_t biases);

}  // namespace perceptory::layers
