#pragma once
// What LayerType::onnx works with, and what the layers share that make ONNX operators of themselves. In ONNX an image
// is [N, C, H, W]; rows [N, F] and sequences [N, T, F] are as here.

#include "engine/ir/OnnxGraph.h"
#include "engine/layers/Layer.h"
#include "engine/tensor/NamedTensor.h"
#include "engine/tensor/Window.h"

namespace perceptory::layers {

// A value on its way through the network.
struct OnnxValue {
    std::string name;
    tensor::Shape shape;    // of one sample, as the engine has it
    tensor::Shape image{};  // {H, W, C} whose values stand in this row, channel by channel; empty: the engine's order
    bool places = false;    // a pool's "indices", which ONNX counts otherwise
    std::string mask{};     // of a sequence: [N, T], 0 where a step is padding; empty: none is

    bool isImage() const { return shape.size() == 3; }
};

struct OnnxLowering {
    ir::OnnxGraph& graph;
    const std::vector<OnnxValue>& inputs;
    const std::vector<const tensor::NamedTensor*>& weights;  // in the order of weights(), as PyTorch lays them out
    const base::ParamValues& values;
    std::string mask{};                        // of the output: at first that of the first input
    std::map<std::string, OnnxValue> ports{};  // LayerType::ports
    std::string refusal{};                     // why these parameters cannot be expressed; the value is then unused

    const std::string& x() const { return inputs.front().name; }
    const tensor::Shape& shape() const { return inputs.front().shape; }  // of the first input

    // A weight as a tensor of the graph, under its name. `shape`: the same values in another.
    std::string weight(std::size_t index) const;
    std::string weight(std::size_t index, tensor::Shape shape) const;
    std::vector<float> numbers(std::size_t index) const;
    // A matrix with rows and columns exchanged.
    std::string transposedWeight(std::size_t index) const;

    std::string transpose(const std::string& value, std::vector<std::int64_t> axes) const;
    // All but the batch in this shape.
    std::string reshape(const std::string& value, tensor::Shape shape) const;
    std::string refuse(std::string reason);
};

// {H, W, C} as ONNX has it: {C, H, W}. Other shapes stay.
tensor::Shape onnxShape(const tensor::Shape& shape);
// Which axis the last one is in ONNX, counted with the batch.
std::int64_t onnxLastAxis(const tensor::Shape& shape);
// A row of numbers, one for each channel, in the shape in which it spreads over a value of `shape`.
tensor::Shape onnxChannels(const tensor::Shape& shape);

// The value with its numbers in the engine's order, and back. Only images and rows made of them differ.
std::string engineOrder(ir::OnnxGraph& graph, const OnnxValue& value);
std::string onnxOrder(ir::OnnxGraph& graph, const std::string& value, const tensor::Shape& shape);
// Of a row with the values of an image in the engine's order: the row as a flatten makes it in ONNX.
std::string onnxRow(ir::OnnxGraph& graph, const std::string& value, const tensor::Shape& image);
// The same numbers, counted in the engine's order, in the shape `to`.
std::string onnxReshape(ir::OnnxGraph& graph, const OnnxValue& value, const tensor::Shape& to);

// y = f(x) of the activation chosen by `choice`.
std::string onnxActivation(ir::OnnxGraph& graph, const std::string& x, const base::KindSpec& choice);
// x·W + b with the weights 0 and, where there is one, 1. Of a sequence every step.
std::string onnxLinear(OnnxLowering& lowering);
// work(value) on the first input, of a sequence with its channels before its steps, as most operators want them.
template <class Work>
std::string channelsFirst(OnnxLowering& lowering, Work work) {
    if (lowering.shape().size() != 2) return work(lowering.x());
    return lowering.transpose(work(lowering.transpose(lowering.x(), {0, 2, 1})), {0, 2, 1});
}

// kernel_shape, strides and pads of a window that slides over an image.
ir::OnnxAttributes onnxWindow(const tensor::Window& window);
// The same with dilations and group. `axes` = 1: along its columns only.
ir::OnnxAttributes onnxConvolution(const tensor::Window& window, int axes = 2);

}  // namespace perceptory::layers
