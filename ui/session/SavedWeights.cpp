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

std::string modelPathFor(const QString& project) {
    const QFileInfo file(project);
    return (file.path() + "/" + file.completeBaseName() + ".perceptory-model").toStdString();
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

Json writeWeights(const document::Document& document, const training::Snapshot& snapshot,
                  const training::RestorePoint& state, const QString& path) {
    if (!snapshot.dataset) return nullptr;
    network::NetworkCheck check = network::checkNetwork(document.spec().network, snapshot.dataset->inputShape);
    if (!check.ok()) return nullptr;
    const network::Network network(std::move(check));
    if (weightCount(network) != largestOffset(snapshot)) return nullptr;
    const std::string file = modelPathFor(path);
    Json project = project::withPathsFor(document.json(), document.folder().string(), project::folderOf(file));
    project.erase("weights");
    const project::Model model = project::makeModel(
        std::move(project), {network, *snapshot.dataset, snapshot.reading, state, backends::kernels().isa});
    project::writeModel(model, file);
    return Json{{"path", std::filesystem::path(file).filename().string()}, {"sha256", base::sha256OfFile(file)}};
}

SharedState readWeights(const document::Document& document) {
    const Json entry = document.value("weights");
    if (!entry.is_object() || !entry.contains("path") || !entry["path"].is_string()) return nullptr;
    const std::string file = (document.folder() / entry["path"].get<std::string>()).string();
    if (entry.contains("sha256") && entry["sha256"] != base::sha256OfFile(file))
        throw base::Error(file +
                          " is not the file that was saved with this project. Put the right one in its place, or save "
                          "the project again.");
    const project::Model model = project::readModel(file);
    const auto dataset = project::rowlessDataset(model, file);
    network::NetworkCheck check = network::checkNetwork(document.spec().network, dataset->inputShape);
    if (!check.ok()) throw base::Error(file + " belongs to another network. Save the project again.");
    const optimizers::OptimizerType& optimizer =
        optimizers::shelf().get(document.spec().training.optimizer.type, "training.optimizer");
    return std::make_shared<const training::RestorePoint>(project::restorePointOf(
        model, network::Network(std::move(check)), static_cast<std::size_t>(optimizer.slotCount), file));
}

}  // namespace perceptory::session
