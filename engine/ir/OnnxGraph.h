#pragma once
// A network in ONNX's operators (opset 17) as plain data. Layers, activations and preprocessing add what they are made
// of; engine/exchange writes it to a file. Nothing here knows the file format.

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/tensor/Shape.h"

namespace perceptory::ir {

using OnnxAttribute = std::variant<std::int64_t, double, std::string, std::vector<std::int64_t>>;
using OnnxAttributes = std::vector<std::pair<std::string, OnnxAttribute>>;

// One operator. An empty input is one that is left out.
struct OnnxNode {
    std::string name;  // "h1/Gemm"
    std::string type;
    std::vector<std::string> inputs, outputs;
    OnnxAttributes attributes;
};

// A tensor that the graph holds: weights, and the numbers and shapes that operators are given.
struct OnnxTensor {
    std::string name;
    tensor::Shape shape;  // empty: a single number
    std::variant<std::vector<float>, std::vector<std::int64_t>> values;
};

// An input or output of the whole graph: numbers in single precision.
struct OnnxPort {
    std::string name;
    tensor::Shape shape;  // of one sample, as ONNX orders it; the batch comes before it
};

// Kinds of numbers as the operator Cast knows them.
constexpr std::int64_t onnxFloat = 1, onnxInt32 = 6, onnxInt64 = 7, onnxDouble = 11;

class OnnxGraph {
public:
    const std::vector<OnnxPort>& inputs() const { return m_inputs; }
    const std::vector<OnnxPort>& outputs() const { return m_outputs; }
    const std::vector<OnnxNode>& nodes() const { return m_nodes; }
    const std::vector<OnnxTensor>& tensors() const { return m_tensors; }

    // What is added from now on is named after this node of the network.
    void setNode(const std::string& node);

    // Each gives the name of the value.
    std::string input(const std::string& name, tensor::Shape shape);
    std::string add(const std::string& type, std::vector<std::string> inputs, OnnxAttributes attributes = {});
    std::vector<std::string> addSeveral(const std::string& type, std::size_t outputs, std::vector<std::string> inputs,
                                        OnnxAttributes attributes = {});
    std::string tensor(const std::string& name, tensor::Shape shape, std::vector<float> values);
    std::string constant(tensor::Shape shape, std::vector<float> values);  // named after the node
    std::string number(double value);                                      // equal ones are one tensor
    std::string integers(std::vector<std::int64_t> values);                // a row of them, likewise

    // Whether the value was added since setNode(), so that nothing else knows its name yet.
    bool isOwn(const std::string& value) const;
    // Gives such a value another name; returns the one it has then.
    std::string rename(const std::string& value, const std::string& wanted);
    // Marks a value as an output of the graph, under its own name.
    void output(const std::string& value, tensor::Shape shape) { m_outputs.push_back({value, std::move(shape)}); }
    // Removes what no output needs.
    void prune();

private:
    std::string fresh(const std::string& name);  // `name`, or with a number behind it where that is taken

    std::string m_node;
    std::ptrdiff_t m_firstOwn = 0;  // of m_nodes: added since setNode()
    std::vector<OnnxPort> m_inputs, m_outputs;
    std::vector<OnnxNode> m_nodes;
    std::vector<OnnxTensor> m_tensors;
    std::map<double, std::string> m_numbers;
    std::map<std::vector<std::int64_t>, std::string> m_integers;
    std::set<std::string> m_names;
};

}  // namespace perceptory::ir
