#include "ui/session/SavedWeights.h"

#include <QFileInfo>

#include "engine/backends/KernelLibrary.h"
#include "engine/base/Error.h"
#include "engine/base/Sha256.h"
#include "engine/optimizers/Optimizer.h"
#include "engine/project/ModelState.h"
#include "engine/project/Project.h"

namespace perceptory::session {

using base::Json;

namespace {

// The name of the weights that the project file on disk calls its own; empty: there are none.
std::string ownModel(const std::string& projectFile) {
    try {
        const Json entry = project::loadProject(projectFile).value("weights", Json());
        if (entry.is_object() && entry.contains("path") && entry["path"].is_string()) return entry["path"];
    } catch (const base::Error&) {  // no project, or none that can be read
    }
    return {};
}

// NAME.perceptory-model beside the project; another one than its own, such as the command line's, is never replaced.
std::string modelPathFor(const QString& project) {
    const QFileInfo file(project);
    const std::string own = ownModel(project.toStdString());
    for (int number = 1;; ++number) {
        const QString name =
            number == 1 ? file.completeBaseName() : QStringLiteral("%1-%2").arg(file.completeBaseName()).arg(number);
        const QString model = name + ".perceptory-model", path = file.path() + "/" + model;
        if (model.toStdString() == own || !QFileInfo::exists(path)) return path.toStdString();
    }
}

training::RunSpec specOf(const document::Draft& draft) {
    base::Problems ignored;  // the document tells them
    return training::RunSpec::fromJson(draft.json, ignored);
}

std::int64_t weightCount(const network::Network& network) {
    std::int64_t count = 0;
    for (const network::Parameter& parameter : network.parameters()) count += parameter.count;
    return count;
}

std::int64_t largestOffset(const training::Snapshot& snapshot) {
    std::int64_t count = 0;
    for (const network::Parameter& parameter : snapshot.parameters) count += parameter.count;
    return count;
}

}  // namespace

Json writeWeights(const document::Draft& draft, const TrainedWeights& weights, const QString& path) {
    const training::Snapshot& snapshot = *weights.snapshot;
    if (!weights.state || !snapshot.dataset) return nullptr;
    const training::RunSpec spec = specOf(draft);
    network::NetworkCheck check =
        network::checkNetwork(spec.network, training::surroundingsOf(spec.training, *snapshot.dataset));
    if (!check.ok()) return nullptr;
    const network::Network network(std::move(check));
    if (weightCount(network) != largestOffset(snapshot)) return nullptr;
    const std::string file = modelPathFor(path);
    Json project = project::withPathsFor(draft.json, draft.folder.string(), project::folderOf(file));
    project.erase("weights");
    project::Model model = project::makeModel(
        std::move(project), {network, *snapshot.dataset, snapshot.reading, *weights.state, backends::kernels().isa});
    model.history = weights.history;
    project::writeModel(model, file, base::Previous::Backup);
    return Json{{"path", std::filesystem::path(file).filename().string()}, {"sha256", base::sha256OfFile(file)}};
}

Json keptWeights(const document::Draft& draft, const QString& path) {
    const Json project =
        project::withPathsFor(draft.json, draft.folder.string(), project::folderOf(path.toStdString()));
    return project.value("weights", Json());
}

SavedRun readWeights(const document::Draft& draft) {
    const Json entry = draft.json.value("weights", Json());
    if (!entry.is_object() || !entry.contains("path") || !entry["path"].is_string()) return {};
    const std::string file = (draft.folder / entry["path"].get<std::string>()).string();
    if (entry.contains("sha256") && entry["sha256"] != base::sha256OfFile(file))
        throw base::Error(file +
                          " is not the file that was saved with this project. Put the right one in its place, or save "
                          "the project again.");
    const project::Model model = project::readModel(file);
    const auto dataset = project::rowlessDataset(model, file);
    const training::RunSpec spec = specOf(draft);
    network::NetworkCheck check =
        network::checkNetwork(spec.network, training::surroundingsOf(spec.training, *dataset));
    if (!check.ok()) throw base::Error(file + " belongs to another network. Save the project again.");
    const optimizers::OptimizerType& optimizer =
        optimizers::shelf().get(spec.training.optimizer.type, "training.optimizer");
    auto state = std::make_shared<const training::RestorePoint>(project::restorePointOf(
        model, network::Network(std::move(check)), static_cast<std::size_t>(optimizer.slotCount), file));
    return {std::move(state), model.history};
}

}  // namespace perceptory::session
