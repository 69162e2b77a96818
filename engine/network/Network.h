#pragma once
// A checked network with its flat weights laid out. Immutable; makes graphs for training and for evaluation.

#include <map>

#include "engine/ir/Graph.h"
#include "engine/network/NetworkCheck.h"
#include "engine/tensor/Buffer.h"

namespace perceptory::network {

// One trained tensor inside the flat weights.
struct Parameter {
    std::string node;
    std::string name;  // "node.weight", PyTorch's name
    layers::WeightSpec spec;
    std::int64_t offset = 0;
    std::int64_t count = 0;
    bool trainable = true;  // false: frozen, or a state
    double learningRateFactor = 1;
    tensor::Shape image{};  // {H, W, C} that a flatten put in a row before this tensor's first axis; else empty
};

// An input of the graph, and where its values stand in a row of the data.
struct RowInput {
    ir::ValueId value = ir::none;
    std::int64_t first = 0, count = 0;
};

// A graph whose operations compute every node's output from the inputs.
struct Lowered {
    ir::Graph graph;
    std::vector<RowInput> inputs;   // one for each field that is used
    ir::ValueId input = ir::none;   // the first of them
    ir::ValueId output = ir::none;  // of the first output node
    std::map<std::string, ir::ValueId> nodes;
    std::map<std::string, ir::ValueId> masks;  // of nodes that put out sequences, as layers::Lowering has it
    std::vector<ir::ValueId> parameters;       // in the order of Network::parameters()
    // States that a training step changes: index in Network::parameters(), new value.
    std::vector<std::pair<std::size_t, ir::ValueId>> updates;
};

class Network {
public:
    // `check` must be ok().
    explicit Network(NetworkCheck check);

    const std::vector<NodeCheck>& nodes() const { return m_check.nodes; }
    const NodeCheck& output() const { return m_check.nodes[m_check.output]; }    // the first one
    const std::vector<std::size_t>& outputs() const { return m_check.outputs; }  // indices of all of them
    const std::vector<data::Field>& fields() const { return m_check.fields; }    // of a row of the data
    // {H, W, C} of the image whose values the node puts out in a row, as a flatten made it and the layers since then
    // kept it; empty where there is none. PyTorch's order of such a row is (C, H, W).
    tensor::Shape flattenedImage(const NodeCheck& node) const;
    // Values of a row of the data: those of all its fields.
    std::int64_t rowSize() const;
    const std::vector<Parameter>& parameters() const { return m_parameters; }
    const Parameter* parameter(const std::string& name) const;
    std::int64_t parameterCount() const { return m_check.parameters; }

    Lowered lower(bool training) const;

    // First weights: each tensor has a random stream of its own, named after it, so adding a layer changes no other's.
    void initialise(std::uint64_t seed, tensor::Buffer& weights) const;

private:
    class Lowerer;

    NetworkCheck m_check;
    std::vector<Parameter> m_parameters;
};

}  // namespace perceptory::network
