#include "engine/training/Objective.h"

#include "engine/ir/Algebra.h"
#include "engine/ir/Primitive.h"
#include "engine/losses/Loss.h"

namespace perceptory::training {

namespace {

// The input of a final elementwise `formula`, or `none`: losses with a stable form skip it.
ir::ValueId beforeFinal(const ir::Graph& graph, ir::ValueId output, const std::string& formula) {
    const int producer = graph.value(output).producer;
    if (producer < 0) return ir::none;
    const ir::Operation& operation = graph.operations()[static_cast<std::size_t>(producer)];
    return operation.type->id == "unary" && operation.formula == formula ? operation.inputs[0] : ir::none;
}

// The losses of the units of each sample.
ir::ValueId lossOfUnits(losses::LossLowering& lowering, const losses::LossType& type) {
    if (type.lower) return type.lower(lowering);
    ir::Graph& graph = lowering.graph;
    std::string formula = type.id;
    const ir::ValueId before = type.stableForm.empty() ? ir::none : beforeFinal(graph, lowering.output, "sigmoid");
    if (before != ir::none) formula = type.stableForm;
    const double number = type.formulaParameter.empty() ? 0 : lowering.values.number(type.formulaParameter);
    const ir::ValueId each = graph.add("loss", {before != ir::none ? before : lowering.output, lowering.target},
                                       {.numbers = {number}, .formula = formula});
    return graph.add("row_mean", {each});
}

void addGradients(Objective& objective, const network::Network& network) {
    std::vector<ir::ValueId> wanted;
    for (std::size_t i = 0; i < network.parameters().size(); ++i)
        if (network.parameters()[i].trainable) wanted.push_back(objective.lowered.parameters[i]);
    const std::vector<ir::ValueId> found = ir::differentiate(objective.lowered.graph, objective.loss, wanted);
    std::size_t next = 0;
    for (const network::Parameter& parameter : network.parameters())
        objective.gradients.push_back(parameter.trainable ? found[next++] : ir::none);
}

}  // namespace

Objective makeObjective(const network::Network& network, const base::KindSpec& loss, const OutputReading& reading,
                        bool training) {
    Objective objective;
    objective.lowered = network.lower(training);
    ir::Graph& graph = objective.lowered.graph;
    graph.setNode("loss");
    objective.target = graph.input("target", {reading.targetWidth()});
    objective.weight = graph.input("weight", {1});
    const losses::LossType& type = losses::shelf().get(loss.type, "training.loss");
    const base::ParamValues values(type.parameters, loss.parameters);
    losses::LossLowering lowering{graph, objective.lowered.output, objective.target, values, objective.weight};
    const ir::ValueId units = lossOfUnits(lowering, type);
    objective.mean = graph.add("weighted_mean", {units, lowering.weight});
    objective.rootOfMean = type.rootOfMean;
    objective.loss = type.rootOfMean ? ir::apply(graph, "square_root", objective.mean) : objective.mean;
    objective.total = graph.add("fold", {lowering.weight, ir::none}, {.integers = {1, 0}, .reshaped = {1}});
    if (training) addGradients(objective, network);
    return objective;
}

}  // namespace perceptory::training
