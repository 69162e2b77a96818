#include "engine/ir/Primitive.h"

#include <stdexcept>

namespace perceptory::ir {

const std::vector<const PrimitiveType*>& primitives() {
    static const std::vector<const PrimitiveType*> all{
#define PRIMITIVE(Name) &Name##Primitive,
#include "engine/ir/primitives/primitives.def"
#undef PRIMITIVE
    };
    return all;
}

const PrimitiveType& primitive(const std::string& id) {
    for (const PrimitiveType* type : primitives())
        if (type->id == id) return *type;
    throw std::logic_error("no primitive is called " + id);
}

void Gradients::add(ValueId input, ValueId gradient) {
    ValueId& sum = m_gradients[static_cast<std::size_t>(input)];
    sum = sum == none ? gradient : m_graph.add("add", {sum, gradient});
}

namespace {

// Which values depend on a wanted one.
std::vector<bool> reach(const Graph& graph, const std::vector<ValueId>& wanted) {
    std::vector<bool> reached(graph.values().size(), false);
    for (const ValueId id : wanted) reached[static_cast<std::size_t>(id)] = true;
    for (const Operation& operation : graph.operations()) {
        bool any = false;
        for (const ValueId input : operation.inputs)
            any = any || (input != none && reached[static_cast<std::size_t>(input)]);
        if (!any) continue;
        for (const ValueId output : operation.outputs) reached[static_cast<std::size_t>(output)] = true;
    }
    return reached;
}

}  // namespace

std::vector<ValueId> differentiate(Graph& graph, ValueId scalar, const std::vector<ValueId>& wanted) {
    const std::size_t forward = graph.operations().size();
    const std::vector<bool> reached = reach(graph, wanted);
    std::vector<ValueId> gradients(graph.values().size(), none);
    gradients[static_cast<std::size_t>(scalar)] = graph.constant({1}, {1});
    for (std::size_t i = forward; i-- > 0;) {
        const Operation operation = graph.operations()[i];  // a copy: rules append to the list
        const bool flows = gradients[static_cast<std::size_t>(operation.outputs.front())] != none;
        bool useful = false;
        for (const ValueId input : operation.inputs)
            useful = useful || (input != none && reached[static_cast<std::size_t>(input)]);
        if (!flows || !useful) continue;
        if (!operation.type->gradient) throw std::logic_error(operation.type->id + " has no gradient");
        graph.setNode(operation.node);
        Gradients rule(graph, gradients, reached);
        operation.type->gradient(rule, operation);
    }
    std::vector<ValueId> result;
    for (const ValueId id : wanted) result.push_back(gradients[static_cast<std::size_t>(id)]);
    return result;
}

}  // namespace perceptory::ir
