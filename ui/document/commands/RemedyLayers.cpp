// A layer in front of one that cannot take what it gets, another type for it, or none at all.

#include <algorithm>

#include "engine/layers/Layer.h"
#include "engine/project/NetworkFit.h"
#include "ui/document/commands/GraphJson.h"
#include "ui/document/commands/LayerRemoval.h"
#include "ui/document/commands/NodeMaking.h"
#include "ui/document/commands/RemedyCandidates.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;
using tensor::Shape;

namespace {

constexpr std::int64_t channelCounts[] = {1, 3, 4};  // of images that stand in a row
constexpr std::size_t farthest = 4;                  // layers, the one at fault among them

bool isWeightless(const Json& node) {
    const layers::LayerType* type = layers::shelf().find(textOf(node, "type"));
    return type && !type->weights && type->maximumInputs > 0;
}

// The same values in shapes that other layers may take.
std::vector<Shape> reshaped(const Shape& shape) {
    std::vector<Shape> shapes;
    const std::int64_t count = tensor::elementCount(shape);
    if (shape.size() == 3) shapes.push_back({shape[0] * shape[1], shape[2]});
    for (const std::int64_t channels : channelCounts) {
        std::int64_t side = 1;
        while (side * side * channels < count) ++side;
        if (shape.size() == 1 && side > 1 && side * side * channels == count) shapes.push_back({side, side, channels});
    }
    if (shape.size() == 2) shapes.push_back({shape[0], 1, shape[1]});
    if (shape.size() == 1) shapes.push_back({shape[0], 1});
    return shapes;
}

class Layers {
public:
    explicit Layers(RemedyTrials& trials) : m_trials(trials), m_nodes(nodesOf(trials.project())) {}

    void run() {
        const Json* node = m_nodes && m_trials.rest().empty() ? nodeOf(*m_nodes, m_trials.node()) : nullptr;
        if (!node) return;
        const std::vector<Source> inputs = inputsOf(*node);
        if (!m_trials.isOfRun())
            for (std::size_t i = 0; i < inputs.size(); ++i)
                if (const Shape* shape = m_trials.outputOf(inputs[i].node)) offerBefore(i, *shape);
        if (inputs.size() > 1) offerBeforeAll(inputs);
        offerDense(*node);
    }

private:
    void offerBefore(std::size_t input, const Shape& shape) {
        if (shape.size() > 1) {
            offer(Words::tr("Insert a flatten layer before %1"), "flatten", {input});
            offer(Words::tr("Insert a global average pooling layer before %1"), "global_average_pool", {input});
        }
        for (const Shape& other : reshaped(shape)) {
            const std::string text = tensor::shapeText(other);
            const QString label = Words::tr("Insert a reshape layer to %1 before %2");
            m_trials.offer(label.arg(Words::layer(text), Words::layer(m_trials.node())), [&](Json& project) {
                Json node = freshNode(project, "reshape");
                node["parameters"] = {{"shape", text}};
                putBefore(*nodesOf(project), std::move(node), m_trials.node(), input);
            });
        }
    }

    void offerBeforeAll(const std::vector<Source>& inputs) {
        std::vector<std::size_t> deep;
        for (std::size_t i = 0; i < inputs.size(); ++i)
            if (const Shape* shape = m_trials.outputOf(inputs[i].node); shape && shape->size() > 1) deep.push_back(i);
        if (deep.size() < 2) return;
        offer(Words::tr("Insert flatten layers before %1"), "flatten", deep);
        offer(Words::tr("Insert global average pooling layers before %1"), "global_average_pool", deep);
    }

    void offer(const QString& label, const std::string& type, const std::vector<std::size_t>& inputs) {
        m_trials.offer(label.arg(Words::layer(m_trials.node())), [&](Json& project) {
            for (const std::size_t input : inputs)
                putBefore(*nodesOf(project), freshNode(project, type), m_trials.node(), input);
        });
    }

    // As wide as it was; the last layer as the data want it.
    void offerDense(const Json& node) {
        const layers::LayerType* type = layers::shelf().find(textOf(node, "type"));
        if (!type || !type->weights || type == &layers::DenseLayer) return;
        const base::ParamType* own = type->parameter("dimension");
        own = own ? own : widthOf(node);
        std::vector<Json> widths{own ? parameterOf(node, *own) : Json(layers::DenseLayer.parameters[0].fallback)};
        if (const data::Dataset* dataset = m_trials.dataset(); dataset && !isRead(*m_nodes, m_trials.node()))
            widths.insert(widths.begin(), project::outputsFor(*dataset, dataset->target(0)));
        for (const Json& units : widths)
            m_trials.offer(Words::tr("Make %1 a dense layer (units: %2)")
                               .arg(Words::layer(m_trials.node()), Words::layer(units.dump())),
                           [&](Json& project) {
                               Json& changed = *nodeOf(*nodesOf(project), m_trials.node());
                               changed["type"] = "dense";
                               changed["parameters"] = {{"units", units}};
                           });
    }

    RemedyTrials& m_trials;
    const Nodes* m_nodes;
};

}  // namespace

void offerLayers(RemedyTrials& trials) { Layers(trials).run(); }

void offerRemoval(RemedyTrials& trials) {
    const Nodes* nodes = nodesOf(trials.project());
    if (!nodes || trials.node().empty()) return;
    for (const std::string& id : chainBefore(trials.project(), trials.node(), farthest))
        if (isWeightless(*nodeOf(*nodes, id)))
            trials.offer(Words::tr("Remove %1").arg(Words::layer(id)),
                         [&](Json& project) { takeOut(project, {id}, true); });
}

}  // namespace perceptory::document
