#pragma once
// What LayerType::torch works with, and what the layers share that write themselves in PyTorch. In PyTorch an image is
// [N, C, H, W]; rows [N, F] and sequences [N, T, F] are as here.

#include <map>

#include "engine/ir/TorchCode.h"
#include "engine/layers/Layer.h"
#include "engine/tensor/Window.h"

namespace perceptory::layers {

// A value on its way through the network.
struct TorchValue {
    std::string name;       // in forward()
    tensor::Shape shape{};  // of one sample, as the engine has it
    tensor::Shape image{};  // {H, W, C} whose values stand in this row, channel by channel; empty: the engine's order
    std::string mask{};     // of a sequence: [N, T], 0 where a step is padding; empty: none is
    bool whole = false;     // a pool's "indices", which PyTorch has as whole numbers

    bool isImage() const { return shape.size() == 3; }
};

// A class as its lines stand in the file.
struct TorchClass {
    ir::PythonNames names{};             // of its parts and of the values in forward()
    std::vector<std::string> parts{};    // of __init__: "self.h1 = nn.Linear(3, 4)"
    std::vector<std::string> forward{};  // "h1 = torch.tanh(self.h1(x))"
};

struct TorchLowering {
    ir::TorchCode& code;
    TorchClass& place;
    const std::string& name;  // of the node in Python
    const std::vector<TorchValue>& inputs;
    const base::ParamValues& values;
    const tensor::Shape& output;                // as the engine has it
    const std::set<std::string>& wanted;        // the ports that somebody reads
    std::string mask{};                         // of the output: at first that of the first input
    std::map<std::string, TorchValue> ports{};  // LayerType::ports
    std::string refusal{};                      // why these parameters cannot be expressed; the value is then unused
    std::string differs{};                      // what it does otherwise while training; empty: nothing

    const std::string& x() const { return inputs.front().name; }
    const tensor::Shape& shape() const { return inputs.front().shape; }  // of the first input

    // A part of the module under the node's name: gives "self.h1".
    std::string part(const std::string& constructor);
    // A tensor that moves with the module and is not saved: gives "self.h1_suffix".
    std::string buffer(const std::string& suffix, const std::string& tensor);
    // A value by the way: gives "h1_suffix".
    std::string let(const std::string& suffix, const std::string& expression);
    std::string refuse(std::string reason);
};

// {H, W, C} as PyTorch has it: {C, H, W}. Other shapes stay.
tensor::Shape torchShape(const tensor::Shape& shape);
// Which axis the last one is in PyTorch, counted with the batch.
std::int64_t torchLastAxis(const tensor::Shape& shape);
// True, False as Python writes them.
std::string pythonFlag(bool flag);

// The value with its numbers in the engine's order, and back. Only images and rows made of them differ.
std::string engineOrder(const TorchValue& value);
std::string torchOrder(const std::string& expression, const tensor::Shape& shape);
// Of a row with the values of an image in the engine's order: the row as a flatten makes it in PyTorch.
std::string torchRow(const std::string& expression, const tensor::Shape& image);
// The same numbers, counted in the engine's order, in the shape `to`.
std::string torchReshape(const TorchValue& value, const tensor::Shape& to);

// y = f(x) of the activation chosen by `choice`.
std::string torchActivation(TorchLowering& lowering, const std::string& x, const base::KindSpec& choice);
// The same of the layer's own parameter "activation".
std::string torchActivation(TorchLowering& lowering, const std::string& x);
// nn.Linear of `units`, as a part; gives its value.
std::string torchLinear(TorchLowering& lowering, std::int64_t units);
// work(value) on the first input, of a sequence with its channels before its steps, as most parts want them.
template <class Work>
std::string torchChannelsFirst(TorchLowering& lowering, Work work) {
    if (lowering.shape().size() != 2) return work(lowering.x());
    return work(lowering.x() + ".transpose(1, 2)") + ".transpose(1, 2)";
}

// A window that slides over an image as PyTorch's parts are told it.
struct TorchWindow {
    std::string kernel, stride, dilation;
    std::string padding;  // on all sides alike
    std::string margins;  // that F.pad adds before, where the sides differ: "1, 2, 0, 1"; else empty

    std::string padded(const std::string& x, const std::string& value = {}) const;
};
// `axes` = 1: along its columns only.
TorchWindow torchWindow(const tensor::Window& window, int axes = 2);
// nn.Conv1d and nn.Conv2d, as a part; gives its value with the activation.
std::string torchConvolution(TorchLowering& lowering, const tensor::Window& window, int axes);

}  // namespace perceptory::layers
