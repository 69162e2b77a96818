#include "ui/window/LayerFacts.h"

#include <QCoreApplication>
#include <QLocale>

#include "engine/network/NetworkCost.h"
#include "engine/optimizers/Optimizer.h"
#include "engine/training/RunCheck.h"
#include "ui/document/Document.h"
#include "ui/document/LayerPlace.h"

namespace perceptory::window {

namespace {

class FactWords {
    Q_DECLARE_TR_FUNCTIONS(LayerFacts)
};

QString shapeText(const tensor::Shape& shape) { return QString::fromStdString(tensor::shapeText(shape)); }
QString whole(double number) { return QLocale().toString(static_cast<qlonglong>(number)); }

QString shapesLine(const network::NetworkCheck& check, const network::NodeCheck& node) {
    QStringList taken;
    for (const std::size_t input : node.inputs) taken << shapeText(check.nodes[input].output);
    const QString out = shapeText(node.output);
    return taken.isEmpty() ? FactWords::tr("Puts out %1").arg(out)
                           : FactWords::tr("Takes %1, puts out %2").arg(taken.join(QStringLiteral(", ")), out);
}

// A training step holds values and their gradients of every sample; weights, their gradients and what the optimizer
// remembers of each.
QString memoryLine(const training::TrainSpec& training, const network::NodeCheck& node) {
    constexpr std::int64_t numberSize = 4;
    const std::int64_t values = 2 * tensor::elementCount(node.output) * training.batchSize;
    const optimizers::OptimizerType* optimizer = optimizers::shelf().find(training.optimizer.type);
    const std::int64_t weights = node.parameters * (2 + (optimizer ? optimizer->slotCount : 0));
    const auto size = [](std::int64_t numbers) {
        return QString::fromStdString(training::sizeText(numbers * numberSize));
    };
    return node.parameters == 0 ? FactWords::tr("Memory of a step: about %1").arg(size(values))
                                : FactWords::tr("Memory of a step: about %1 for values, %2 for weights")
                                      .arg(size(values), size(weights));
}

QStringList sizeLines(const network::SizeRule& rule) {
    const QString height = QString::fromStdString(rule.height), width = QString::fromStdString(rule.width);
    if (height == width) return {FactWords::tr("Height and width: %1").arg(width)};
    if (height.isEmpty()) return {FactWords::tr("Length: %1").arg(width)};
    return {FactWords::tr("Height: %1").arg(height), FactWords::tr("Width: %1").arg(width)};
}

}  // namespace

LayerFacts layerFacts(const document::Document& document, const data::Dataset* dataset, const std::string& layer) {
    const std::string id = document::idInNetwork(document, layer);
    LayerFacts facts;
    facts.sketch.time = document.spec().training.epochs;
    if (!dataset) return facts;
    const training::RunCheck check = training::checkFit(document.spec(), *dataset);
    const network::NodeCheck* node = check.network.find(id);
    if (!node) return facts;
    facts.lines << shapesLine(check.network, *node);
    if (!node->weights.empty()) {
        facts.sketch.fanIn = node->weights.front().fanIn;
        facts.sketch.fanOut = node->weights.front().fanOut;
    }
    const auto costs =
        check.network.ok() ? network::costsOf(check.network) : std::map<std::string, network::NodeCost>();
    const auto cost = costs.find(id);
    QStringList counts;
    if (node->parameters > 0)
        counts << FactWords::tr("%1 parameters").arg(whole(static_cast<double>(node->parameters)));
    if (cost != costs.end() && cost->second.multiplyAdds > 0)
        counts << FactWords::tr("%1 multiply-adds a sample").arg(whole(cost->second.multiplyAdds));
    if (!counts.isEmpty()) facts.lines << counts.join(QStringLiteral(" · "));
    facts.lines << memoryLine(document.spec().training, *node);
    if (cost != costs.end() && cost->second.sizes) facts.lines << sizeLines(*cost->second.sizes);
    return facts;
}

}  // namespace perceptory::window
