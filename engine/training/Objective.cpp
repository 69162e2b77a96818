#include "engine/training/Objective.h"

#include "engine/ir/Algebra.h"
#include "engine/ir/Primitive.h"
#include "engine/losses/LossPieces.h"
#include "engine/regularizers/Regularizer.h"

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
    return losses::meanOfUnits(lowering, each);
}

ir::ValueId sumOf(ir::Graph& graph, ir::ValueId x) {
    return graph.add("fold", {x, ir::none}, {.integers = {1, 0}, .reshaped = {1}});
}

// 1 where a step is none of the padding, else 0.
ir::ValueId isValid(ir::Graph& graph, ir::ValueId mask) {
    return ir::affine(graph, ir::apply(graph, "is_zero", mask), -1, 1);
}

// Sets weights of units to 0 where they are padding; a loss of whole samples weighs each by the mean of its units.
ir::ValueId fitWeight(ir::Graph& graph, ir::ValueId weight, ir::ValueId mask, ir::ValueId units) {
    const tensor::Shape before = graph.value(weight).shape, shape = graph.value(units).shape;
    if (before != shape) {
        const ir::ValueId sums = graph.add("fold", {weight, ir::none}, {.integers = {1, 1}, .reshaped = shape});
        return ir::affine(graph, sums, 1.0 / static_cast<double>(tensor::elementCount(before)), 0);
    }
    if (mask == ir::none) return weight;
    return ir::multiply(graph, weight, isValid(graph, mask));
}

tensor::Shape targetShape(const OutputReading& reading) {
    const bool indices = reading.encoding == Encoding::Index;
    if (reading.unitShape.empty()) return {indices ? 1 : reading.outputs};
    tensor::Shape shape = reading.unitShape;
    if (!indices) shape.push_back(reading.outputs);
    return shape;
}

// Losses of the units of all samples against one target, and how much each counts.
struct Compared {
    ir::ValueId each, weight;
    ir::ValueId counted = ir::none;  // see LossLowering
};

Compared compare(ir::Graph& graph, const Head& head, const HeadLoss& result, ir::ValueId target, ir::ValueId weight) {
    const losses::LossType& type = losses::shelf().get(head.loss.type, "training.loss");
    const base::ParamValues values(type.parameters, head.loss.parameters);
    losses::LossLowering lowering{graph, result.output, target, values, weight, head.reading.classWeights};
    const ir::ValueId each = lossOfUnits(lowering, type);
    Compared compared{each, fitWeight(graph, lowering.weight, result.mask, each)};
    if (lowering.counted != ir::none) compared.counted = fitWeight(graph, lowering.counted, result.mask, each);
    return compared;
}

// Sets mean and total.
void average(ir::Graph& graph, const Compared& compared, HeadLoss& result) {
    result.total = sumOf(graph, compared.weight);
    if (compared.counted == ir::none) {
        result.mean = graph.add("weighted_mean", {compared.each, compared.weight});
        return;
    }
    const ir::ValueId share =
        ir::multiply(graph, sumOf(graph, compared.counted), ir::apply(graph, "reciprocal", result.total, 1e-30));
    result.mean = ir::multiply(graph, graph.add("weighted_mean", {compared.each, compared.counted}), share);
}

// The same for a batch in which each sample stands twice, once with either target, and counts in shares.
void averageMixed(ir::Graph& graph, const Compared& own, const Compared& other, HeadLoss& result) {
    const ir::ValueId rest = ir::affine(graph, result.share, -1, 1);
    const auto part = [&](const Compared& compared, ir::ValueId share, ir::ValueId numbers) {
        const bool single = tensor::elementCount(graph.value(compared.each).shape) == 1;
        return sumOf(graph,
                     ir::multiply(graph, numbers, single ? share : ir::repeatLike(graph, share, compared.each, 1)));
    };
    const auto counts = [](const Compared& compared) {
        return compared.counted == ir::none ? compared.weight : compared.counted;
    };
    const auto weighed = [&](const Compared& compared) { return ir::multiply(graph, compared.each, counts(compared)); };
    const ir::ValueId sum = ir::add(graph, part(own, result.share, weighed(own)), part(other, rest, weighed(other)));
    result.total = ir::add(graph, part(own, result.share, own.weight), part(other, rest, other.weight));
    result.mean = ir::multiply(graph, sum, ir::apply(graph, "reciprocal", result.total, 1e-30));
}

HeadLoss addHead(network::Lowered& lowered, const Head& head, bool mixed) {
    ir::Graph& graph = lowered.graph;
    const losses::LossType& type = losses::shelf().get(head.loss.type, "training.loss");
    const tensor::Shape units = head.reading.unitShape.empty() ? tensor::Shape{1} : head.reading.unitShape;
    HeadLoss result;
    result.output = lowered.nodes.at(head.output);
    result.target = graph.input(head.name + " target", targetShape(head.reading));
    result.weight = graph.input(head.name + " weight", units);
    const auto mask = lowered.masks.find(head.output);
    if (mask != lowered.masks.end() && graph.value(mask->second).shape == units) result.mask = mask->second;
    const Compared own = compare(graph, head, result, result.target, result.weight);
    if (mixed) {
        result.otherTarget = graph.input(head.name + " other target", targetShape(head.reading));
        result.otherWeight = graph.input(head.name + " other weight", units);
        result.share = graph.input(head.name + " share", {1});
        averageMixed(graph, own, compare(graph, head, result, result.otherTarget, result.otherWeight), result);
    } else {
        average(graph, own, result);
        result.each = own.each;
    }
    result.rootOfMean = type.rootOfMean;
    result.loss = type.rootOfMean ? ir::apply(graph, "square_root", result.mean) : result.mean;
    return result;
}

// Mean over the samples of the penalty on what the node puts out; steps that are padding cost nothing.
void addActivity(Objective& objective, const network::NodeCheck& node) {
    const base::KindSpec& choice = node.spec.activityRegularizer;
    if (choice.type.empty()) return;
    ir::Graph& graph = objective.lowered.graph;
    graph.setNode(node.spec.id);
    const regularizers::RegularizerType& type = regularizers::shelf().get(choice.type, node.spec.id);
    const ir::ValueId x = objective.lowered.nodes.at(node.spec.id);
    ir::ValueId each = type.each(graph, x, base::ParamValues(type.parameters, choice.parameters));
    if (const auto mask = objective.lowered.masks.find(node.spec.id); mask != objective.lowered.masks.end())
        each = ir::multiply(graph, each, ir::repeatLike(graph, isValid(graph, mask->second), each, 1));
    const ir::ValueId sums = graph.add("fold", {each, ir::none}, {.integers = {1, 1}, .reshaped = {1}});
    const ir::ValueId mean = graph.add("weighted_mean", {sums, ir::affine(graph, sums, 0, 1)});
    objective.activity = objective.activity == ir::none ? mean : ir::add(graph, objective.activity, mean);
}

void addGradients(Objective& objective, const network::Network& network) {
    std::vector<ir::ValueId> wanted;
    for (std::size_t i = 0; i < network.parameters().size(); ++i)
        if (network.parameters()[i].trainable) wanted.push_back(objective.lowered.parameters[i]);
    ir::Graph& graph = objective.lowered.graph;
    const bool active = objective.activity != ir::none;
    const ir::ValueId sum = active ? ir::add(graph, objective.loss, objective.activity) : objective.loss;
    const std::vector<ir::ValueId> found = ir::differentiate(graph, sum, wanted);
    std::size_t next = 0;
    for (const network::Parameter& parameter : network.parameters())
        objective.gradients.push_back(parameter.trainable ? found[next++] : ir::none);
}

}  // namespace

Purpose purposeOf(const data::AugmentationPolicy* augmentation) {
    return augmentation && augmentation->mixes() ? Purpose::MixedTraining : Purpose::Training;
}

Objective makeObjective(const network::Network& network, std::span<const Head> heads, Purpose purpose) {
    Objective objective;
    const bool training = purpose != Purpose::Measuring;
    objective.lowered = network.lower(training);
    ir::Graph& graph = objective.lowered.graph;
    graph.setNode("loss");
    for (const Head& head : heads) {
        objective.heads.push_back(addHead(objective.lowered, head, purpose == Purpose::MixedTraining));
        const ir::ValueId loss = objective.heads.back().loss;
        const ir::ValueId part = head.weight == 1 ? loss : ir::affine(graph, loss, head.weight, 0);
        objective.loss = objective.loss == ir::none ? part : ir::add(graph, objective.loss, part);
    }
    for (const network::NodeCheck& node : network.nodes()) addActivity(objective, node);
    if (training) addGradients(objective, network);
    return objective;
}

}  // namespace perceptory::training
