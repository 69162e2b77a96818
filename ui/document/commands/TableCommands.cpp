#include "ui/document/commands/TableCommands.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>

#include "engine/data/bundled/BundledSet.h"
#include "engine/data/generators/Generator.h"
#include "ui/document/EngineText.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;

namespace {

void finishSource(const Document& document, Json& data, const char* scaling) {
    data["split"] = keptSplit(document.json());
    data["preprocessing"] = Json::array({Json{{"type", scaling}}});
}

std::vector<TableFile> filesOf(const Document& document) {
    const data::DataSpec& data = document.spec().data;
    std::vector<TableFile> files;
    const auto add = [&](const std::vector<std::string>& paths, const char* part) {
        for (const std::string& path : paths)
            files.push_back({QString::fromStdString((document.folder() / path).lexically_normal().string()), part});
    };
    if (data.split.mode == "files") {
        add(data.split.trainPaths, "train");
        add(data.split.validationPaths, "validation");
        add(data.split.testPaths, "test");
    } else {
        add(data.paths, "train");
    }
    return files;
}

QStringList pathsOf(const TableChoices& choices) {
    QStringList paths;
    for (const TableFile& file : choices.files) paths += QFileInfo(file.path).absoluteFilePath();
    return paths.isEmpty() ? QStringList{QFileInfo(choices.path).absoluteFilePath()} : paths;
}

bool areParted(const std::vector<TableFile>& files) {
    return std::ranges::any_of(files, [](const TableFile& file) { return file.part != "train"; });
}

bool hasSameTarget(const TableChoices& a, const TableChoices& b) {
    return a.target == b.target && a.moreTargets == b.moreTargets && a.targetIndex == b.targetIndex;
}

Json targetOf(const TableChoices& choices) {
    if (choices.target.empty()) return choices.targetIndex ? Json(*choices.targetIndex) : Json();
    if (choices.moreTargets.empty()) return choices.target;
    Json list = Json::array({choices.target});
    for (const std::string& name : choices.moreTargets) list.push_back(name);
    return list;
}

void takeFiles(const Document& document, const TableChoices& choices, Json& data) {
    const auto named = [&](const QString& path) {
        return pathFor(document, QFileInfo(path).absoluteFilePath().toStdString());
    };
    if (choices.files.empty())
        data["path"] = named(choices.path);
    else
        data.erase("path");
    data.erase("paths");
    if (!areParted(choices.files)) {
        for (const TableFile& file : choices.files) data["paths"].push_back(named(file.path));
        return;
    }
    Json paths = Json::object();
    for (const char* part : {"train", "validation", "test"})
        for (const TableFile& file : choices.files)
            if (file.part == part) paths[part].push_back(named(file.path));
    data["split"] = Json{{"mode", "files"}, {"paths", paths}};
}

// Step of undo and names that such a table gives.
DataUse namedUse(const TableChoices& choices, bool again) {
    const QFileInfo file(choices.path);
    const int more = static_cast<int>(pathsOf(choices).size()) - 1;
    const QString table = more > 0 ? Words::tr("%1 and %n more", nullptr, more).arg(file.fileName()) : file.fileName();
    DataUse use;
    use.text = (again ? Words::tr("Change table %1") : Words::tr("Open table %1")).arg(table);
    if (more == 0) use.name = file.fileName().toStdString();
    if (!again) use.called = (more > 0 ? file.absoluteDir().dirName() : file.completeBaseName()).toStdString();
    return use;
}

}  // namespace

std::optional<TableChoices> tableChoices(const Document& document) {
    const data::DataSpec& data = document.spec().data;
    if (data.source != data::SourceKind::File || data.reader.type != "csv") return {};
    TableChoices choices;
    choices.files = filesOf(document);
    choices.path = choices.files.empty()
                       ? QString::fromStdString((document.folder() / data.path).lexically_normal().string())
                       : choices.files.front().path;
    choices.target = data.targetName;
    choices.moreTargets = data.moreTargetNames;
    choices.targetIndex = data.targetIndex;
    if (choices.target.empty() && !choices.targetIndex) choices.targetIndex = -1;  // so that it is known to be meant
    choices.task = data.task;
    choices.features = document.value("data.features");
    choices.parameters = data.reader.parameters;
    choices.columns = document.value("data.columns");
    choices.missing = data.missing;
    if (data.split.mode != "files") choices.shares = {data.split.mode, data.split.validation, data.split.test};
    return choices;
}

DataUse tableUse(const Document& document, const TableChoices& choices) {
    const auto now = tableChoices(document);
    const bool again = now && pathsOf(*now) == pathsOf(choices);
    Json data = again ? document.value("data") : sourceOf(document, "file");
    data["reader"] = choices.parameters.is_object() && !choices.parameters.empty()
                         ? Json{{"type", "csv"}, {"parameters", choices.parameters}}
                         : Json("csv");
    if (!again || !hasSameTarget(*now, choices)) data["target"] = targetOf(choices);
    if (data.value("target", Json()).is_null()) data.erase("target");
    for (const char* key : {"parameters", "task", "features", "columns"}) data.erase(key);
    if (choices.task) data["task"] = data::taskName(*choices.task);
    if (!choices.features.is_null()) data["features"] = choices.features;
    if (choices.columns.is_object() && !choices.columns.empty()) data["columns"] = choices.columns;
    data["missing"] = choices.missing;
    if (!again) data["preprocessing"] = Json::array({Json{{"type", "standardize"}}});
    const bool hadShares = again && !areParted(now->files);
    if (!hadShares || now->shares != choices.shares) data["split"] = splitOf(choices.shares);
    takeFiles(document, choices, data);
    if (again && now->files != choices.files) data.erase("edits");  // rows have other numbers
    DataUse use = namedUse(choices, again);
    use.data = std::move(data);
    return use;
}

void openTable(Document& document, const TableChoices& choices, const std::stop_token& stop, const DataAnswer& answer) {
    readAndUse(document, tableUse(document, choices), stop, answer);
}

void chooseDataset(Document& document, const std::string& id) {
    Json data = sourceOf(document, "dataset");
    data["id"] = id;
    const data::BundledSetType* type = data::bundledSets().find(id);
    finishSource(document, data, type && type->shape.size() > 1 ? "min_max" : "standardize");
    const QString label = type ? shelfText(type->label) : QString::fromStdString(id);
    readAndUse(document, {std::move(data), Words::tr("Choose data %1").arg(label), id}, {}, {});
}

void chooseGeneratedTable(Document& document, const std::string& id) {
    const data::GeneratorType& type = data::generators().get(id, "data.id");
    Json data = sourceOf(document, "generator");
    data["id"] = id;
    data["parameters"] = Json::object();
    finishSource(document, data, "standardize");
    data.erase("preprocessing");  // they are made near 0 … 1
    readAndUse(document, {std::move(data), Words::tr("Choose data %1").arg(shelfText(type.label)), id}, {}, {});
}

}  // namespace perceptory::document
