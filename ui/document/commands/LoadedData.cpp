#include "ui/document/commands/LoadedData.h"

#include <QFileInfo>
#include <algorithm>

#include "engine/base/Error.h"
#include "engine/data/DatasetLoader.h"
#include "engine/data/DatasetWarnings.h"
#include "ui/document/Aside.h"
#include "ui/document/EngineText.h"
#include "ui/document/commands/NetworkFit.h"

namespace perceptory::document {

using base::Json;

namespace {

QString sentencesOf(const base::Problems& problems, base::Severity severity) {
    QStringList lines;
    for (const base::Problem& problem : problems)
        if (problem.severity == severity)
            lines += (QString::fromStdString(problem.sentence) + " " + remedyText(problem)).trimmed();
    return lines.join('\n');
}

void tellNotes(Document& document, const LoadedData& loaded, bool replaced) {
    QStringList notes;
    if (replaced) notes += replacedNote();
    for (const std::string& note : loaded.dataset->notes) notes += QString::fromStdString(note);
    notes += sentencesOf(loaded.problems, base::Severity::Warning);
    notes.removeAll(QString());
    if (!notes.isEmpty()) emit document.noted(notes.join('\n'), false);
}

}  // namespace

LoadedData loadData(const Json& data, const std::filesystem::path& folder, const std::string& name,
                    const base::Progress& progress, std::int64_t beginning) {
    LoadedData loaded;
    try {
        const data::DataSpec spec = data::DataSpec::fromJson(data, loaded.problems);
        data::LoadOptions options{folder};
        options.progress = progress;
        options.beginning = beginning;
        if (!base::hasError(loaded.problems)) loaded.dataset = data::loadDataset(spec, options, loaded.problems);
        if (!loaded.dataset) return loaded;
        const base::Problems warnings = data::warnAbout(*loaded.dataset);
        loaded.problems.insert(loaded.problems.end(), warnings.begin(), warnings.end());
    } catch (const base::Cancelled&) {
        return {};
    } catch (const base::Error& error) {
        return {nullptr, {{name, base::Severity::Error, error.sentence(), {}}}};
    } catch (const std::exception& error) {
        return {nullptr, {{name, base::Severity::Error, error.what(), {}}}};
    }
    return loaded;
}

void useData(Document& document, const DataUse& use, const LoadedData& loaded) {
    const data::Dataset& dataset = *loaded.dataset;
    const bool oneTask = std::ranges::all_of(dataset.moreTargets,
                                             [&](const data::Target& target) { return target.task == dataset.task; });
    bool replaced = false;
    document.edit(use.text, [&](Json& project) {
        const DataFacts before = factsOf(project);
        project["data"] = use.data;
        // Of all targets, so where they differ each must be deduced again.
        if (oneTask) project["data"]["task"] = data::taskName(dataset.task);
        replaced = fitNetwork(project, before, dataset);
        if (use.called.empty() || !document.path().isEmpty()) return;
        project["name"] = use.called;
        project.erase("notes");  // an example's, about its own data
    });
    tellNotes(document, loaded, replaced);
}

void readAndUse(Document& document, const DataUse& use, const std::stop_token& stop, const DataAnswer& answer) {
    const auto outdated = std::make_shared<bool>(false);
    auto* aside = new Aside(&document, [&document, use, stop, answer, outdated, folder = document.folder()] {
        LoadedData loaded = loadData(use.data, folder, use.name, [stop](double) { return !stop.stop_requested(); });
        return [&document, use, stop, answer, outdated, loaded = std::move(loaded)] {
            if (*outdated || stop.stop_requested()) return;
            if (loaded.dataset) useData(document, use, loaded);
            if (answer) return answer(loaded.dataset ? base::Problems{} : loaded.problems);
            if (!loaded.dataset) emit document.noted(sentencesOf(loaded.problems, base::Severity::Error), true);
        };
    });
    QObject::connect(&document, &Document::changed, aside, [outdated](const Change& change) {
        if (change.opened) *outdated = true;
    });
}

Json sourceOf(const Document& document, const char* source) {
    Json data{{"source", source}};
    data["seed"] = document.json().value("/data/seed"_json_pointer, Json("1"));
    return data;
}

Json splitOf(const SplitShares& shares) {
    return Json{{"mode", shares.split},
                {"train", 1 - shares.validation - shares.test},
                {"validation", shares.validation},
                {"test", shares.test}};
}

Json keptSplit(const Json& project) {
    const Json split = project.value("/data/split"_json_pointer, Json());
    const std::string mode = split.is_object() && !split.contains("mode") ? "random" : kindOf(split, "mode", "");
    if (mode == "random" || mode == "ordered" || mode == "k_fold") return split;
    return Json{{"mode", "random"}, {"train", 0.5}, {"validation", 0.0}, {"test", 0.5}};
}

std::string pathFor(const Document& document, const std::filesystem::path& file) {
    const std::filesystem::path base = std::filesystem::absolute(document.folder()).lexically_normal();
    const std::filesystem::path own =
        document.path().isEmpty() ? base
                                  : std::filesystem::path(QFileInfo(document.path()).absolutePath().toStdString());
    const auto below = [&](const std::filesystem::path& folder) {
        const std::filesystem::path near = file.lexically_relative(folder);
        return !near.empty() && *near.begin() != "..";
    };
    const std::filesystem::path near = file.lexically_relative(base);
    return (below(base) || below(own)) && !near.empty() ? near.generic_string() : file.generic_string();
}

}  // namespace perceptory::document
