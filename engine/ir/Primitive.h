#pragma once
// What a primitive operation is: a shape rule and a gradient, both in terms of the graph. Kernels live in the backends.

#include <functional>
#include <string>
#include <vector>

#include "engine/ir/Graph.h"

namespace perceptory::ir {

// What a gradient rule may do: read the gradient of an output, hand one to an input, emit operations.
class Gradients {
public:
    Gradients(Graph& graph, std::vector<ValueId>& gradients, const std::vector<bool>& wanted)
        : m_graph(graph), m_gradients(gradients), m_wanted(wanted) {}

    Graph& graph() { return m_graph; }
    ValueId of(ValueId output) const { return m_gradients[static_cast<std::size_t>(output)]; }
    bool wanted(ValueId input) const { return input != none && m_wanted[static_cast<std::size_t>(input)]; }
    // Adds to what other consumers of `input` handed over before.
    void add(ValueId input, ValueId gradient);

private:
    Graph& m_graph;
    std::vector<ValueId>& m_gradients;
    const std::vector<bool>& m_wanted;
};

struct PrimitiveType {
    std::string id;  // snake_case, the kernel's id too
    // Appends the output shapes (batched or not) to the operation's outputs.
    std::vector<Value> (*shapes)(const Graph& graph, const Operation& operation);
    // Null: not differentiable. Called when the first output has a gradient; further ones, such as the pixel a maximum
    // came from, pass none on.
    void (*gradient)(Gradients& gradients, const Operation& operation);
    bool alias = false;                                                  // output is the input's memory
    // Estimated multiply-adds for `rows` samples; decides whether threads are worth it.
    double (*work)(const Graph& graph, const Operation& operation, std::int64_t rows) = nullptr;
    bool random = false;  // other numbers in every step
    // The first output may take the place of an input of its size that nobody reads afterwards: every element is
    // written after all that need what was there.
    bool inPlace = false;
};

#define PRIMITIVE(Name) extern const PrimitiveType Name##Primitive;
#include "engine/ir/primitives/primitives.def"
#undef PRIMITIVE

const std::vector<const PrimitiveType*>& primitives();
const PrimitiveType& primitive(const std::string& id);

// Appends the operations that compute d(scalar)/d(value) for every value of `wanted`; returns their ids in that order,
// `none` where the scalar does not depend on the value. Parts that lead to no wanted value get no backward at all.
std::vector<ValueId> differentiate(Graph& graph, ValueId scalar, const std::vector<ValueId>& wanted);

}  // namespace perceptory::ir
