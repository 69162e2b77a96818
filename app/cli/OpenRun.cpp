#include "app/cli/OpenRun.h"

#include <algorithm>
#include <filesystem>
#include <numeric>

#include "app/cli/Messages.h"
#include "engine/base/Sha256.h"
#include "engine/data/bundled/BundledSet.h"
#include "engine/metrics/Metric.h"
#include "engine/project/DataSums.h"
#include "engine/project/ModelState.h"
#include "engine/project/Project.h"

namespace perceptory::cli {

using base::Json;

OpenProject openProject(const std::string& path) {
    const std::string folder = project::folderOf(path);
    if (project::isModelFile(path)) return {path, folder, project::readModel(path).project};
    return {path, folder, project::loadProject(path)};
}

void keepDataSums(OpenProject& project) {
    project.json = project::withDataSums(std::move(project.json), project::sumsIn(project.folder));
}

namespace {

void tellChanged(base::Problems& problems, const base::Json& project, const std::string& folder) {
    for (base::Problem& changed : project::changedData(project, project::sumsIn(folder)))
        problems.push_back(std::move(changed));
}

// Loads the data; what the world did to it becomes a problem of the project.
std::shared_ptr<const data::Dataset> loadInto(base::Problems& problems, const data::DataSpec& spec,
                                              const data::LoadOptions& options) {
    try {
        return data::loadDataset(spec, options, problems);
    } catch (const base::Error& error) {
        problems.push_back(problemOf(error, "data"));
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

// What is asked is what was trained, whatever the project says by now.
void compareNetworks(const Json& project, const training::RunSpec& trained, const std::string& path) {
    base::Problems ignored;
    if (training::RunSpec::fromJson(project, ignored).network.nodes != trained.network.nodes)
        say(path +
            ": warning: the network was changed after its weights were trained; the trained one answers. Train "
            "it again to ask the changed one.");
}

}  // namespace

CheckedRun checkProject(const OpenProject& project) {
    CheckedRun run;
    base::Problems problems;
    run.spec = training::RunSpec::fromJson(project.json, problems);
    // Mistakes elsewhere do not hide those of the network; without data its shapes cannot be told.
    const bool dataIsSound = std::ranges::none_of(problems, [](const base::Problem& problem) {
        return problem.severity == base::Severity::Error &&
               (problem.where.starts_with("data") || problem.where.starts_with("format"));
    });
    // Loading begins with the same check.
    if (dataIsSound)
        run.dataset = loadInto(problems, run.spec.data, {.baseFolder = project.folder});
    else
        data::checkData(run.spec.data, problems);
    if (run.dataset) tellChanged(problems, project.json, project.folder);
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

std::vector<std::string> dataFiles(const data::DataSpec& spec, const std::string& folder) {
    std::vector<std::string> files;
    if (spec.source != data::SourceKind::File) return files;
    const auto add = [&](const std::string& path) { files.push_back((std::filesystem::path(folder) / path).string()); };
    if (!spec.path.empty()) add(spec.path);
    for (const auto* list : {&spec.paths, &spec.split.trainPaths, &spec.split.validationPaths, &spec.split.testPaths})
        std::ranges::for_each(*list, add);
    for (const auto* list : {&spec.inputFiles, &spec.targetFiles})
        std::ranges::for_each(*list, add, &data::NamedFile::path);
    return files;
}

OpenModel::OpenModel(const std::string& path) : m_path(path), m_folder(project::folderOf(path)) {
    Json project;
    if (!project::isModelFile(path)) {
        project = project::loadProject(path);
        m_path = weightsPath(project, path, m_folder);
        compareSum(project, m_path);
        m_folder = project::folderOf(m_path);
    }
    m_model = project::readModel(m_path);
    base::Problems problems;
    m_spec = training::RunSpec::fromJson(m_model.project, problems);
    insistOnSound(problems, m_path, true);
    if (project.is_object()) compareNetworks(project, m_spec, path);
}

namespace {

std::string absolute(const std::string& path) { return std::filesystem::absolute(path).string(); }

// NAME=FILE, for a model that reads a file for each of its inputs; nothing when it is the name of one file.
std::optional<data::NamedFile> namedFile(const std::string& argument) {
    const std::size_t equals = argument.find('=');
    if (equals == std::string::npos || std::filesystem::exists(argument)) return {};
    return data::NamedFile{argument.substr(0, equals), absolute(argument.substr(equals + 1))};
}

}  // namespace

std::string fileOf(const std::string& argument) {
    const std::optional<data::NamedFile> file = namedFile(argument);
    return file ? file->path : argument;
}

namespace {

// The data of `spec` with the rows of other files.
data::DataSpec withFiles(data::DataSpec spec, const std::vector<std::string>& files,
                         const std::vector<data::Field>& fields) {
    spec.source = data::SourceKind::File;
    spec.paths.clear();
    spec.inputFiles.clear();
    spec.targetFiles.clear();
    spec.split = {.mode = "ordered", .train = 1, .validation = 0, .test = 0};  // the project's is of its own rows
    for (const std::string& argument : files) {
        const std::optional<data::NamedFile> file = namedFile(argument);
        if (!file) {
            spec.paths.push_back(absolute(argument));
            continue;
        }
        const bool input = std::ranges::count(fields, file->name, &data::Field::name) > 0;
        (input ? spec.inputFiles : spec.targetFiles).push_back(*file);
    }
    if (!spec.paths.empty()) spec.path = spec.paths.front();
    return spec;
}

}  // namespace

namespace {

// Where files or arrays do not fit, how they are named here; their words for it in a project do not help.
void hintAtNames(base::Problems& problems, const std::string& option, const std::vector<std::string>& names) {
    const bool asks = std::ranges::any_of(problems, [](const base::Problem& problem) {
        return problem.where.starts_with("data.inputs") || problem.where.starts_with("data.targets");
    });
    if (!asks) return;
    std::string words;
    for (const std::string& name : names) words += " " + option + " " + name + "=FILE";
    problems.push_back(
        {"", base::Severity::Hint, "Name each file as in" + words + ".", "An array of an archive is FILE.npz:NAME."});
}

std::vector<std::string> namesOf(const std::vector<data::Field>& fields) {
    std::vector<std::string> names;
    for (const data::Field& field : fields) names.push_back(field.name);
    return names;
}

}  // namespace

std::shared_ptr<const data::Dataset> OpenModel::load(const std::vector<std::string>& other) const {
    const data::Trained trained = project::trainedOf(m_model, m_path);
    data::DataSpec spec = m_spec.data;
    if (!other.empty()) {
        const bool bundled = data::bundledSets().find(other.front()) && !std::filesystem::exists(other.front());
        if (bundled)
            spec.source = data::SourceKind::Dataset;
        else
            spec = withFiles(spec, other, trained.pipeline.fields());
        spec.id = other.front();
        spec.edits.clear();  // they are of the rows of the project's own data
    }
    base::Problems problems;
    const auto dataset = loadInto(problems, spec, {.baseFolder = m_folder, .trained = &trained});
    if (other.empty()) {
        tellChanged(problems, m_model.project, m_folder);
    } else if (!dataset) {
        std::vector<std::string> names = namesOf(trained.pipeline.fields());
        for (const data::NamedFile& target : m_spec.data.targetFiles) names.push_back(target.name);
        if (m_spec.data.targetFiles.empty()) names.push_back("y");
        hintAtNames(problems, "--data", names);
    }
    insistOnSound(problems, other.empty() ? m_path : other.front());
    return dataset;
}

data::NewRows OpenModel::newRows(const std::vector<std::string>& files, const data::InputPipeline& pipeline) const {
    data::NewFiles from{absolute(files.front()), {}};
    for (const std::string& argument : files)
        if (const std::optional<data::NamedFile> file = namedFile(argument)) from.inputs.push_back(*file);
    base::Problems problems;
    std::optional<data::NewRows> rows = data::readRows(from, m_spec.data.reader, pipeline, problems);
    if (!rows) hintAtNames(problems, "--input", namesOf(pipeline.fields()));
    insistOnSound(problems, files.front());
    for (const std::string& note : rows->notes) say(note);
    return std::move(*rows);
}

void OpenModel::measureAll(const data::Dataset& dataset) {
    constexpr std::size_t mostScores = 50'000'000;
    std::size_t scores = 0;
    for (std::size_t i = 0; i < dataset.targetCount(); ++i) {
        const data::Target& target = dataset.target(i);
        scores += target.targets.size() + target.labels.size() * target.classes();
    }
    for (const metrics::MetricType* type : metrics::shelf().members())
        if (std::ranges::count(m_spec.training.metrics, type->id, &base::KindSpec::type) == 0 &&
            !(type->keepsScores && scores > mostScores))
            m_spec.training.metrics.push_back({type->id});
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
