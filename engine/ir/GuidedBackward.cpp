#include "engine/ir/GuidedBackward.h"

#include "engine/ir/Primitive.h"

namespace perceptory::ir {

void guideBackward(Graph& graph) {
    std::vector<Operation> guided;
    for (Operation operation : graph.operations()) {
        if (operation.type->id == "unary_gradient" && operation.formula == "relu") {
            ValueId& gradient = operation.inputs[2];
            const Value& before = graph.value(gradient);
            const ValueId passed = graph.addResult({.shape = before.shape, .batched = before.batched});
            guided.push_back({.type = &primitive("unary"),
                              .inputs = {gradient},
                              .outputs = {passed},
                              .formula = "relu",
                              .node = operation.node});
            gradient = passed;
        }
        guided.push_back(std::move(operation));
    }
    graph.setOperations(std::move(guided));
}

}  // namespace perceptory::ir
