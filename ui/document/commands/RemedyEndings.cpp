// The last layers and the losses, as the data want them.

#include <algorithm>

#include "engine/layers/Layer.h"
#include "engine/losses/Loss.h"
#include "engine/project/NetworkFit.h"
#include "ui/document/EngineText.h"
#include "ui/document/commands/GraphJson.h"
#include "ui/document/commands/LayerRemoval.h"
#include "ui/document/commands/LossOutputs.h"
#include "ui/document/commands/NodeMaking.h"
#include "ui/document/commands/OutputLayer.h"
#include "ui/document/commands/RemedyCandidates.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;
using data::Task;
using Pointer = Json::json_pointer;

namespace {

constexpr std::size_t farthest = 6;  // layers back to the one that says how many values there are

// One loss with the layer it looks at.
struct Ending {
    std::string output;
    Pointer loss;  // where it is chosen
    const data::Target& target;
    std::int64_t wanted = 1;  // values for a unit of the target
};

// Another loss with the parameters it has by default.
void setLoss(Json& project, const Pointer& place, const std::string& type) {
    Json& loss = project[place];
    if (!loss.is_object() || !loss.contains("output")) {
        loss = type;
        return;
    }
    loss["type"] = type;
    loss.erase("parameters");
}

class Endings {
public:
    explicit Endings(RemedyTrials& trials) : m_trials(trials), m_nodes(nodesOf(trials.project())) {}

    void run() {
        if (!m_nodes || !m_trials.dataset()) return;
        for (const Ending& ending : endings()) {
            const bool isOfLayer = m_trials.node() == ending.output;
            if (isOfLayer ? !m_trials.isOfRun() : !isPlaceOfLoss()) continue;
            if (!isOfLayer) offerLosses(ending);
            if (!m_trials.isOfRun()) continue;
            offerWidth(ending);
            offerRaw(ending);
            if (isOfLayer) offerLosses(ending);
            offerBehind(ending);
            if (!m_trials.isMended()) offerFit(ending);
        }
    }

private:
    bool isPlaceOfLoss() const {
        const std::string& where = m_trials.where();
        return where.starts_with("training.loss") || where == "data.target_encoding";
    }

    // Those at the problem's place.
    std::vector<Ending> endings() const {
        std::vector<Ending> all;
        const data::Dataset& dataset = *m_trials.dataset();
        const auto add = [&](const std::string& output, const std::string& loss, const std::string& target) {
            for (std::size_t i = 0; i < dataset.targetCount(); ++i)
                if (target.empty() || dataset.target(i).targetName == target)
                    return all.push_back(
                        {output, Pointer(loss), dataset.target(i), project::outputsFor(dataset, dataset.target(i))});
        };
        Json project = m_trials.project();
        if (!hasSeveralLosses(project)) {
            if (const Json* output = outputNode(project)) add(idOf(*output), "/training/loss", "");
            return all;
        }
        const Json& losses = project["training"]["losses"];
        for (std::size_t i = 0; i < losses.size(); ++i) {
            const std::string number = std::to_string(i), output = textOf(losses[i], "output");
            if (m_trials.node() == output || m_trials.where().starts_with("training.losses[" + number + "]"))
                add(output, "/training/losses/" + number, textOf(losses[i], "target"));
        }
        return all;
    }

    const Json& nodeCalled(const std::string& id) const { return *nodeOf(*m_nodes, id); }

    void offerWidth(const Ending& ending) {
        for (const std::string& id : chainBefore(m_trials.project(), ending.output, farthest)) {
            const base::ParamType* width = widthOf(nodeCalled(id));
            if (!width) continue;
            offerParameter(m_trials, id, *width, ending.wanted);
            offerParameter(m_trials, id, *width, std::int64_t{1});
            return;
        }
    }

    // Without what squeezes scores, or with it where the loss wants it.
    void offerRaw(const Ending& ending) {
        const std::string& id = ending.output;
        const layers::LayerType* type = layers::shelf().find(textOf(nodeCalled(id), "type"));
        if (!type) return;
        if (!type->weights && type->maximumInputs > 0)
            m_trials.offer(Words::tr("Remove %1").arg(Words::layer(id)),
                           [&](Json& project) { takeOut(project, {id}, true); });
        if (const base::ParamType* activation = type->parameter("activation"))
            for (const char* choice : {"linear", "sigmoid", "tanh"}) offerParameter(m_trials, id, *activation, choice);
    }

    // The common ones first, those of the present one's kind before others.
    std::vector<const losses::LossType*> lossesFor(const Ending& ending) const {
        const Json& project = m_trials.project();
        const losses::LossType* now = nullptr;
        if (project.contains(ending.loss)) {
            const Json& choice = project[ending.loss];
            now = losses::shelf().find(choice.is_string() ? choice.get<std::string>() : textOf(choice, "type"));
        }
        const bool ofNumbers = ending.target.task == Task::Regression ||
                               (now && !now->classIndices && now->reads == losses::Outputs::Numbers);
        std::vector<std::string> common{"softmax_cross_entropy", "sigmoid_cross_entropy", "mean_squared_error"};
        if (ofNumbers) std::ranges::rotate(common, common.end() - 1);
        std::vector<const losses::LossType*> all;
        for (const std::string& id : common) all.push_back(losses::shelf().find(id));
        for (const losses::LossType* type : losses::shelf().members())
            if (std::ranges::count(all, type) == 0) all.push_back(type);
        return all;
    }

    void offerLosses(const Ending& ending) {
        for (const losses::LossType* type : lossesFor(ending))
            m_trials.offer(Words::tr("Use the loss \"%1\"").arg(shelfText(type->label)),
                           [&](Json& project) { setLoss(project, ending.loss, type->id); });
    }

    // A layer that brings the values into the form or the shape of the target.
    void offerBehind(const Ending& ending) {
        const Json units{{"units", ending.wanted}}, filters{{"filters", ending.wanted}, {"kernel_size", 1}};
        append(ending, Words::tr("Add a softmax layer behind %1"), {{"softmax", Json()}});
        append(ending, Words::tr("Add a log-softmax layer behind %1"), {{"log_softmax", Json()}});
        const tensor::Shape* shape = m_trials.outputOf(ending.output);
        const bool isDeep = shape && shape->size() > 1;
        if (isDeep) {
            append(ending, Words::tr("Add a flatten layer behind %1"), {{"flatten", Json()}});
            append(ending, Words::tr("Add a global average pooling layer behind %1"),
                   {{"global_average_pool", Json()}});
            append(ending, Words::tr("Add a 1×1 convolution (filters: %2) behind %1"), {{"conv2d", filters}});
        }
        if (isDeep || !widthOf(nodeCalled(ending.output)))
            append(ending, Words::tr("Add a dense layer (units: %2) behind %1"), {{"dense", units}});
        if (isDeep)
            append(ending, Words::tr("Add a flatten layer and a dense layer (units: %2) behind %1"),
                   {{"flatten", Json()}, {"dense", units}});
    }

    void append(const Ending& ending, const QString& label, const std::vector<std::pair<const char*, Json>>& layers) {
        const QString id = Words::layer(ending.output);
        const QString words = label.contains("%2") ? label.arg(id, QString::number(ending.wanted)) : label.arg(id);
        m_trials.offer(words, [&](Json& project) {
            std::string last = ending.output;
            for (const auto& [type, parameters] : layers) {
                Json node = freshNode(project, type);
                if (!parameters.is_null()) node["parameters"] = parameters;
                const std::string fresh = idOf(node);
                putBehind(project, std::move(node), last);
                last = fresh;
            }
        });
    }

    // Where more than one thing is wrong.
    void offerFit(const Ending& ending) {
        m_trials.offer(Words::tr("Fit the last layer and the loss to the data"), [&](Json& project) {
            const bool numbers = ending.target.task == Task::Regression;
            setLoss(project, ending.loss, numbers ? "mean_squared_error" : "softmax_cross_entropy");
            for (const std::string& id : chainBefore(project, ending.output, farthest)) {
                Json& node = *nodeOf(*nodesOf(project), id);
                const base::ParamType* width = widthOf(node);
                const layers::LayerType* type = layers::shelf().find(textOf(node, "type"));
                if (const auto* activation = type ? type->parameter("activation") : nullptr)
                    setParameter(node, *activation, "linear");
                if (!width) continue;
                return setParameter(node, *width, ending.wanted);
            }
        });
    }

    RemedyTrials& m_trials;
    const Nodes* m_nodes;
};

// Losses by themselves: what they name, and whether they count.
class Losses {
public:
    explicit Losses(RemedyTrials& trials) : m_trials(trials), m_nodes(nodesOf(trials.project())) {}

    void run() {
        if (!m_nodes || !hasSeveralLosses(m_trials.project())) return offerMore();
        if (!m_trials.where().starts_with("training.losses")) return offerMore();
        const Json& losses = m_trials.project()["training"]["losses"];
        for (std::size_t i = 0; i < losses.size(); ++i) offerNearest(i, losses[i]);
        for (const std::string& output : outputsOfLosses(m_trials.project()))
            if (!nodeOf(*m_nodes, output))
                m_trials.offer(Words::tr("Remove the loss on %1").arg(Words::layer(output)), [&](Json& project) {
                    dropLosses(project, [&](const std::string& other) { return other == output; });
                });
        for (std::size_t i = 0; i < losses.size(); ++i) offerOthers(i, losses[i]);
        m_trials.offer(Words::tr("Let all losses weigh 1"), [](Json& project) {
            for (Json& loss : project["training"]["losses"])
                if (loss.is_object()) loss.erase("weight");
        });
    }

private:
    void offerName(std::size_t index, const char* key, const std::string& name, const QString& label) {
        m_trials.offer(label.arg(Words::layer(name)),
                       [&](Json& project) { project["training"]["losses"][index][key] = name; });
    }

    void offerOutput(std::size_t index, const std::string& id) {
        offerName(index, "output", id, Words::tr("Let the loss look at %1"));
    }

    void offerNearest(std::size_t index, const Json& loss) {
        std::vector<std::string> ids;
        for (const Json& node : *m_nodes) ids.push_back(idOf(node));
        const std::string output = textOf(loss, "output"), meant = base::nearest(output, ids);
        if (!meant.empty() && !nodeOf(*m_nodes, output)) offerOutput(index, meant);
    }

    void offerOthers(std::size_t index, const Json& loss) {
        if (!nodeOf(*m_nodes, textOf(loss, "output")))
            for (const Json& node : *m_nodes)
                if (!isRead(*m_nodes, idOf(node))) offerOutput(index, idOf(node));
        if (const data::Dataset* dataset = m_trials.dataset(); dataset && !textOf(loss, "target").empty())
            for (std::size_t i = 0; i < dataset->targetCount(); ++i)
                offerName(index, "target", dataset->target(i).targetName,
                          Words::tr("Let the loss compare with the target \"%1\""));
    }

    // For a layer that nobody reads and no loss trains.
    void offerMore() {
        const std::string& id = m_trials.node();
        const Json project = m_trials.project();
        if (!m_nodes || id.empty() || isRead(*m_nodes, id) || !hasSeveralLosses(project)) return;
        for (const Json& loss : project["training"]["losses"])
            m_trials.offer(Words::tr("Add a loss for %1").arg(Words::layer(id)), [&](Json& changed) {
                Json more = loss;
                more["output"] = id;
                changed["training"]["losses"].push_back(more);
            });
    }

    RemedyTrials& m_trials;
    const Nodes* m_nodes;
};

}  // namespace

void offerEndings(RemedyTrials& trials) { Endings(trials).run(); }
void offerLosses(RemedyTrials& trials) { Losses(trials).run(); }

}  // namespace perceptory::document
