#include "app/cli/OpenRun.h"

#include <algorithm>
#include <filesystem>
#include <numeric>

#include "app/cli/Messages.h"
#include "engine/base/Sha256.h"
#include "engine/data/bundled/BundledSet.h"
#include "engine/project/ModelState.h"
#include "engine/project/Project.h"

namespace perceptory::cli {

using base::Json;

OpenProject openProject(const std::string& path) {
    const std::string folder = project::folderOf(path);
    if (project::isModelFile(path)) return {path, folder, project::readModel(path).project};
    return {path, folder, project::loadProject(path)};
}

namespace {

// Loads the data; what the world did to it becomes a problem of the project.
std::shared_ptr<const data::Dataset> loadInto(base::Problems& problems, const data::DataSpec& spec,
                                              const data::LoadOptions& options) {
    try {
        return data::loadDataset(spec, options, problems);
    } catch (const base::Error& error) {
        problems.push_back({"data", base::Severity::Error, error.sentence(), ""});
        return nullptr;
    }
}

std::string weightsPath(const Json& project, const std::string& path, const std::string& folder) {
    const Json weights = project.value("weights", Json());
    if (!weights.is_object() || !weights.value("path", Json()).is_string())
        throw base::Error(path + ": the project has no weights yet. Train it with --model FILE, and give that file.");
    return (std::filesystem::path(folder) / weights["path"].get<std::string>()).string();
}

void compareSum(const Json& project, const std::string& path) {
    const Json sum = project["weights"].value("sha256", Json());
    if (sum.is_string() && sum != base::sha256OfFile(path))
        say(path + ": warning: the weights are not those the project was saved with.");
}

}  // namespace

CheckedRun checkProject(const OpenProject& project) {
    CheckedRun run;
    base::Problems problems;
    run.spec = training::RunSpec::fromJson(project.json, problems);
    data::checkData(run.spec.data, problems);
    // Mistakes elsewhere do not hide those of the network; without data its shapes cannot be told.
    const bool dataIsSound = std::ranges::none_of(problems, [](const base::Problem& problem) {
        return problem.severity == base::Severity::Error &&
               (problem.where.starts_with("data") || problem.where.starts_with("format"));
    });
    if (dataIsSound) run.dataset = loadInto(problems, run.spec.data, {.baseFolder = project.folder});
    // A list of nodes that could not be read is not called empty as well.
    const bool unread =
        run.spec.network.nodes.empty() && std::ranges::any_of(problems, [](const base::Problem& problem) {
            return problem.where.starts_with("network");
        });
    if (run.dataset && !unread) run.check = training::checkRun(run.spec, *run.dataset);
    run.check.problems.insert(run.check.problems.begin(), problems.begin(), problems.end());
    return run;
}

void insistOnSound(const base::Problems& problems, const std::string& place, bool quiet) {
    base::Problems shown;
    for (const base::Problem& problem : problems)
        if (!quiet || problem.severity == base::Severity::Error) shown.push_back(problem);
    sayProblems(shown, place);
    if (base::hasError(problems)) throw Refused();
}

OpenModel::OpenModel(const std::string& path) : m_path(path), m_folder(project::folderOf(path)) {
    if (!project::isModelFile(path)) {
        const Json project = project::loadProject(path);
        m_path = weightsPath(project, path, m_folder);
        compareSum(project, m_path);
        m_folder = project::folderOf(m_path);
    }
    m_model = project::readModel(m_path);
    base::Problems problems;
    m_spec = training::RunSpec::fromJson(m_model.project, problems);
    insistOnSound(problems, m_path, true);
}

std::shared_ptr<const data::Dataset> OpenModel::load(const std::string& other) const {
    data::DataSpec spec = m_spec.data;
    data::LoadOptions options{.baseFolder = m_folder};
    if (!other.empty()) {
        const bool bundled = data::bundledSets().find(other) && !std::filesystem::exists(other);
        spec.source = bundled ? data::SourceKind::Dataset : data::SourceKind::File;
        spec.id = other;
        spec.path = std::filesystem::absolute(other).string();
    }
    const data::Trained trained = project::trainedOf(m_model, m_path);
    options.trained = &trained;
    base::Problems problems;
    const auto dataset = loadInto(problems, spec, options);
    insistOnSound(problems, other.empty() ? m_path : other);
    return dataset;
}

std::shared_ptr<const data::Dataset> OpenModel::rowless() const { return project::rowlessDataset(m_model, m_path); }

std::unique_ptr<training::Trainer> OpenModel::trainerOn(std::shared_ptr<const data::Dataset> dataset,
                                                        const Globals& globals, int threads) const {
    base::Problems problems = training::checkRun(m_spec, *dataset).problems;
    // A network that is only asked needs no rows to train with.
    std::erase_if(problems, [](const base::Problem& problem) { return problem.where == "data.split"; });
    insistOnSound(problems, m_path, true);
    const training::TrainerOptions options{.threads = threads, .isa = globals.isa, .tinyPlans = false};
    auto trainer = std::make_unique<training::Trainer>(m_spec, std::move(dataset), options);
    trainer->restore(project::restorePointOf(m_model, trainer->network(), 0, m_path));
    return trainer;
}

std::vector<std::uint32_t> rowsOf(const data::Dataset& dataset, const std::string& split) {
    if (split == "train") return dataset.parts.train;
    if (split == "validation") return dataset.parts.validation;
    if (split == "test") return dataset.parts.test;
    std::vector<std::uint32_t> rows(dataset.count);
    std::iota(rows.begin(), rows.end(), 0u);
    return rows;
}

}  // namespace perceptory::cli
