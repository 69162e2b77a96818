#include "ui/document/commands/TableCommands.h"

#include <QFileInfo>

#include "engine/base/Error.h"
#include "engine/data/DatasetLoader.h"
#include "engine/data/bundled/BundledSet.h"
#include "ui/document/Aside.h"
#include "ui/document/EngineText.h"
#include "ui/document/commands/OutputLayer.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;

namespace {

QString sentencesOf(const base::Problems& problems) {
    QString text;
    for (const base::Problem& problem : problems)
        if (problem.severity == base::Severity::Error)
            text += (text.isEmpty() ? "" : "\n") + QString::fromStdString(problem.sentence) + " " + remedyText(problem);
    return text;
}

struct Loaded {
    std::shared_ptr<const data::Dataset> dataset;
    base::Problems problems;
};

Loaded load(const Json& data, const std::filesystem::path& folder, const std::string& name) {
    Loaded loaded;
    try {
        const data::DataSpec spec = data::DataSpec::fromJson(data, loaded.problems);
        if (!base::hasError(loaded.problems)) loaded.dataset = data::loadDataset(spec, folder, loaded.problems);
    } catch (const base::Error& error) {
        loaded.problems = {{name, base::Severity::Error, error.sentence(), {}}};
    } catch (const std::exception& error) {
        loaded.problems = {{name, base::Severity::Error, error.what(), {}}};
    }
    return loaded;
}

struct Reading {
    Json data;
    QString text;      // of the undo step
    std::string name;  // of the file or the set
    std::stop_token stop;
    TableAnswer answer;
    std::string called{};  // the project, as long as it has no file; empty: as before
};

void use(Document& document, const Reading& reading, const data::Dataset& dataset) {
    const DataFacts facts{dataset.task, static_cast<int>(dataset.classes()),
                          std::max(1, static_cast<int>(dataset.targetNames.size())), dataset.inputShape};
    document.edit(reading.text, [&](Json& project) {
        const DataFacts before = factsOf(project);
        project["data"] = reading.data;
        project["data"]["task"] = data::taskName(dataset.task);
        fitOutput(project, before, facts);
        if (reading.called.empty() || !document.path().isEmpty()) return;
        project["name"] = reading.called;
        project.erase("notes");  // an example's, about its own data
    });
    QStringList notes;
    for (const std::string& note : dataset.notes) notes += QString::fromStdString(note);
    if (!notes.isEmpty()) emit document.noted(notes.join('\n'), false);
}

void read(Document& document, Reading reading) {
    const auto outdated = std::make_shared<bool>(false);
    auto* aside = new Aside(&document, [&document, reading, outdated, folder = document.folder()] {
        Loaded loaded = load(reading.data, folder, reading.name);
        return [&document, reading, outdated, loaded = std::move(loaded)] {
            if (*outdated || reading.stop.stop_requested()) return;
            if (loaded.dataset) use(document, reading, *loaded.dataset);
            if (reading.answer) return reading.answer(loaded.dataset ? base::Problems{} : loaded.problems);
            if (!loaded.dataset) emit document.noted(sentencesOf(loaded.problems), true);
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

// Relative where the table lies in or below the folder of the project or of its file.
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

void finishSource(const Document& document, Json& data, const char* scaling) {
    data["split"] = document.json().value("/data/split"_json_pointer,
                                          Json{{"mode", "random"}, {"train", 0.5}, {"validation", 0.0}, {"test", 0.5}});
    data["preprocessing"] = Json::array({Json{{"type", scaling}}});
}

}  // namespace

std::optional<TableChoices> tableChoices(const Document& document) {
    const data::DataSpec& data = document.spec().data;
    if (data.source != data::SourceKind::File) return {};
    TableChoices choices;
    choices.path = QString::fromStdString((document.folder() / data.path).lexically_normal().string());
    choices.target = data.targetName;
    choices.targetIndex = data.targetIndex;
    choices.task = data.task;
    choices.features = document.value("data.features");
    choices.parameters = data.reader.parameters;
    choices.missing = data.missing;
    return choices;
}

void openTable(Document& document, const TableChoices& choices, std::stop_token stop, TableAnswer answer) {
    const std::filesystem::path file = QFileInfo(choices.path).absoluteFilePath().toStdString();
    const auto now = tableChoices(document);
    const bool again = now && QFileInfo(now->path) == QFileInfo(choices.path);
    Json data = again ? document.value("data") : sourceOf(document, "file");
    data["path"] = pathFor(document, file);
    data["reader"] = choices.parameters.is_object() && !choices.parameters.empty()
                         ? Json{{"type", "csv"}, {"parameters", choices.parameters}}
                         : Json("csv");
    for (const char* key : {"parameters", "target", "task", "features"}) data.erase(key);
    if (!choices.target.empty())
        data["target"] = choices.target;
    else if (choices.targetIndex)
        data["target"] = *choices.targetIndex;
    if (choices.task) data["task"] = data::taskName(*choices.task);
    if (!choices.features.is_null()) data["features"] = choices.features;
    data["missing"] = choices.missing;
    if (!again) finishSource(document, data, "standardize");
    const QString text = again ? Words::tr("Change table %1") : Words::tr("Open table %1");
    read(document,
         {std::move(data), text.arg(QFileInfo(choices.path).fileName()), file.filename().string(), std::move(stop),
          std::move(answer), again ? std::string() : QFileInfo(choices.path).completeBaseName().toStdString()});
}

void chooseDataset(Document& document, const std::string& id) {
    Json data = sourceOf(document, "dataset");
    data["id"] = id;
    const data::BundledSetType* type = data::bundledSets().find(id);
    finishSource(document, data, type && type->shape.size() > 1 ? "min_max" : "standardize");
    const QString label = type ? shelfText(type->label) : QString::fromStdString(id);
    read(document, {std::move(data), Words::tr("Choose data %1").arg(label), id, {}, {}});
}

}  // namespace perceptory::document
