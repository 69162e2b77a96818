#pragma once
// The shelf of layers. A layer is one file: parameters, ports, shape rule, weights, and how it is made of primitive
// operations. It contains no device code and no derivative.

#include <map>
#include <optional>

#include "engine/base/Shelf.h"
#include "engine/ir/Graph.h"
#include "engine/tensor/Shape.h"

namespace perceptory::layers {

// What a layer sees of its place in the network.
struct LayerContext {
    const std::vector<tensor::Shape>& inputs;  // shapes of one sample
    const base::ParamValues& values;
};

// A shape, or a problem in words.
struct ShapeResult {
    std::optional<tensor::Shape> shape;
    std::string sentence;
    std::string fix;
    ShapeResult(tensor::Shape s) : shape(std::move(s)) {}
    ShapeResult(std::string problem, std::string remedy) : sentence(std::move(problem)), fix(std::move(remedy)) {}
};

// A trained tensor. `name` is PyTorch's ("weight", "bias"); memory is row-major in `shape`.
struct WeightSpec {
    std::string name;
    tensor::Shape shape;
    std::int64_t fanIn = 1;
    std::int64_t fanOut = 1;
    base::KindSpec initializer{};
    base::KindSpec regularizer{};  // type empty: none
    std::vector<int> torchAxes{};  // axis i of PyTorch's tensor is our axis torchAxes[i]; empty: the same order
    bool readsFeatures = false;  // the first axis counts the input's values: behind a flatten, PyTorch's order differs
    bool state = false;          // running statistics: no gradient, the layer says what they become (Lowering::updates)
    bool zeroFirstRow = false;   // row 0 is drawn like the others and then set to 0
};

// What lower() works with. `weights` are in the order of weights().
struct Lowering {
    ir::Graph& graph;
    const std::string& node;
    const std::vector<ir::ValueId>& inputs;
    const std::vector<ir::ValueId>& weights;
    const base::ParamValues& values;
    bool training;        // false: dropout and noise are gone
    bool frozen = false;  // in training too, running statistics are used and not changed
    // What becomes of a state in a training step: the weight, and the value (of its shape, the same for all samples).
    std::vector<std::pair<ir::ValueId, ir::ValueId>> updates{};
    // Of a sequence [N; T, …] of unequal length: [N; T], 0 where a step of the first input is padding. A layer that
    // makes sequences of other things changes it; it holds for the output when that has as many steps.
    ir::ValueId mask = ir::none;
    std::map<std::string, ir::ValueId> ports{};  // the outputs that LayerType::ports names
    std::vector<ir::ValueId> inputMasks{};       // `mask` as every input has it, `none` where nothing is padding
};

// A small configuration the tests run over.
struct LayerSample {
    std::vector<tensor::Shape> inputs;
    base::Json parameters = base::Json::object();
    // Of an input that says which row or pixel to take: the whole numbers of a sample. Empty, or too few: any numbers.
    std::vector<std::vector<double>> places{};
};

// Where a value of the input is found in the output, which tells what PyTorch's order of features was further back.
enum class ValueOrder {
    Mixed,     // nowhere: outputs depend on all inputs
    Kept,      // at the same place
    Flattened  // at the same place of a row
};

struct OnnxLowering;   // engine/layers/OnnxLowering.h
struct TorchLowering;  // engine/layers/TorchLowering.h

struct LayerType : base::KindType {
    std::string category;
    std::vector<std::string> synonyms;  // "fc", "linear": for finding it
    int minimumInputs = 1;
    int maximumInputs = 1;
    ShapeResult (*shape)(const LayerContext&) = nullptr;
    std::vector<WeightSpec> (*weights)(const LayerContext&) = nullptr;  // null: none
    ir::ValueId (*lower)(Lowering&) = nullptr;
    // What it is in ONNX's operators, outside training; gives the name of its value. Null: opset 17 cannot express it.
    std::string (*onnx)(OnnxLowering&) = nullptr;
    // What it is in PyTorch, in training and outside; gives an expression of its value. Null: nothing there is like it.
    std::string (*torch)(TorchLowering&) = nullptr;
    std::vector<LayerSample> samples;
    ValueOrder order = ValueOrder::Mixed;
    std::vector<std::string> ports{};  // more outputs, of the first one's shape; lower() fills Lowering::ports
    // Its inputs say which row to take: whole numbers from 0 up to, and without, this. Null: any numbers will do.
    std::int64_t (*rows)(const base::ParamValues&) = nullptr;
    bool passes = false;  // puts out the numbers it gets and no others but 0
};

#define LAYER(Name) extern const LayerType Name##Layer;
#include "engine/layers/layers.def"
#undef LAYER

const base::Shelf<LayerType>& shelf();

// Emits y = f(x) of the activation chosen by `choice`; linear emits nothing. For layers with an activation of their
// own.
ir::ValueId lowerActivation(ir::Graph& graph, ir::ValueId x, const base::KindSpec& choice);

}  // namespace perceptory::layers
