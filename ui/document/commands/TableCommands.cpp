#include "ui/document/commands/TableCommands.h"

#include <QFileInfo>

#include "engine/data/bundled/BundledSet.h"
#include "engine/data/generators/Generator.h"
#include "ui/document/EngineText.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;

namespace {

// The user's shares stay; a split by files or columns belongs to the data before.
void finishSource(const Document& document, Json& data, const char* scaling) {
    const std::string& mode = document.spec().data.split.mode;
    const Json halves{{"mode", "random"}, {"train", 0.5}, {"validation", 0.0}, {"test", 0.5}};
    const bool stays = mode == "random" || mode == "ordered" || mode == "k_fold";
    data["split"] = stays ? document.json().value("/data/split"_json_pointer, halves) : halves;
    data["preprocessing"] = Json::array({Json{{"type", scaling}}});
}

// Where the project names files for each part, the first one shows what all are like.
const std::string& pathOf(const data::DataSpec& data) {
    return data.path.empty() && !data.split.trainPaths.empty() ? data.split.trainPaths.front() : data.path;
}

}  // namespace

std::optional<TableChoices> tableChoices(const Document& document) {
    const data::DataSpec& data = document.spec().data;
    if (data.source != data::SourceKind::File || data.reader.type != "csv") return {};
    TableChoices choices;
    choices.path = QString::fromStdString((document.folder() / pathOf(data)).lexically_normal().string());
    choices.target = data.targetName;
    choices.targetIndex = data.targetIndex;
    choices.task = data.task;
    choices.features = document.value("data.features");
    choices.parameters = data.reader.parameters;
    choices.columns = document.value("data.columns");
    choices.missing = data.missing;
    return choices;
}

void openTable(Document& document, const TableChoices& choices, const std::stop_token& stop, const DataAnswer& answer) {
    const std::filesystem::path file = QFileInfo(choices.path).absoluteFilePath().toStdString();
    const auto now = tableChoices(document);
    const bool again = now && QFileInfo(now->path) == QFileInfo(choices.path);
    Json data = again ? document.value("data") : sourceOf(document, "file");
    if (!again || !document.spec().data.path.empty()) data["path"] = pathFor(document, file);
    data["reader"] = choices.parameters.is_object() && !choices.parameters.empty()
                         ? Json{{"type", "csv"}, {"parameters", choices.parameters}}
                         : Json("csv");
    for (const char* key : {"parameters", "target", "task", "features", "columns"}) data.erase(key);
    if (!choices.target.empty())
        data["target"] = choices.target;
    else if (choices.targetIndex)
        data["target"] = *choices.targetIndex;
    if (choices.task) data["task"] = data::taskName(*choices.task);
    if (!choices.features.is_null()) data["features"] = choices.features;
    if (choices.columns.is_object() && !choices.columns.empty()) data["columns"] = choices.columns;
    data["missing"] = choices.missing;
    if (!again) finishSource(document, data, "standardize");
    const QString text = again ? Words::tr("Change table %1") : Words::tr("Open table %1");
    readAndUse(document,
               {std::move(data), text.arg(QFileInfo(choices.path).fileName()), file.filename().string(),
                again ? std::string() : QFileInfo(choices.path).completeBaseName().toStdString()},
               stop, answer);
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
