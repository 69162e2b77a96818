#include "ui/document/commands/DataFileCommands.h"

#include <QDir>
#include <QFileInfo>

#include "engine/data/readers/Reader.h"
#include "ui/document/DataFiles.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;

namespace {

// Every path in a value of the project's data as the project names it.
void shorten(const Document& document, Json& value) {
    if (value.is_string())
        value = pathFor(document, value.get<std::string>());
    else if (value.is_structured())
        for (Json& entry : value) shorten(document, entry);
}

void takeFiles(const Document& document, Json files, Json& data) {
    for (const char* key : {"path", "paths", "inputs", "targets"}) {
        if (!files.contains(key)) continue;
        shorten(document, files[key]);
        data[key] = files[key];
    }
    if (!files.contains("split")) return;
    if (files["split"].contains("paths")) shorten(document, files["split"]["paths"]);
    data["split"] = files["split"];
}

// What such data mostly need before a network sees them; numbers that stand for words must stay as they are.
Json preparation(const std::string& reader) {
    if (reader == "text_lines" || reader == "ratings") return Json::array();
    const bool pictures = reader != "windows" && reader != "npy" && reader != "csv";
    return Json::array({Json{{"type", pictures ? "channel_standardize" : "standardize"}}});
}

// The folder all files lie in, or the one that was chosen.
QString sourceName(const DataChoices& choices) {
    const QFileInfo first(choices.files.front());
    return choices.files.size() > 1 ? first.absoluteDir().dirName() : first.fileName();
}

// What the user has made of the same files stays: preparation, augmentation, edits.
Json startOf(const Document& document, const DataChoices& choices) {
    const auto now = dataChoices(document);
    if (!now || now->reader != choices.reader || now->files != choices.files) {
        Json data = sourceOf(document, "file");
        data["preprocessing"] = preparation(choices.reader);
        return data;
    }
    Json data = document.value("data");
    for (const char* key : {"path", "paths", "inputs", "targets", "parameters", "task"}) data.erase(key);
    return data;
}

void addWhole(const std::filesystem::path& folder, const std::string& path, QStringList& files) {
    if (!path.empty()) files += QString::fromStdString((folder / path).lexically_normal().string());
}

}  // namespace

std::optional<DataChoices> dataChoices(const Document& document) {
    const data::DataSpec& data = document.spec().data;
    if (data.source != data::SourceKind::File || data.reader.type == "csv") return {};
    DataChoices choices;
    choices.reader = data.reader.type;
    choices.parameters = data.reader.parameters;
    choices.split = data.split.mode;
    choices.validation = data.split.validation;
    choices.test = data.split.test;
    addWhole(document.folder(), data.path, choices.files);
    for (const auto* list : {&data.paths, &data.split.trainPaths, &data.split.validationPaths, &data.split.testPaths})
        for (const std::string& path : *list) addWhole(document.folder(), path, choices.files);
    for (const auto* list : {&data.inputFiles, &data.targetFiles})
        for (const data::NamedFile& file : *list) addWhole(document.folder(), file.path, choices.files);
    return choices;
}

DataUse dataUse(const Document& document, const DataChoices& choices) {
    const DataFiles files = arrangeFiles(choices.reader, choices.files);
    const bool inParts = choices.split == "files" && !files.parts.is_null();
    Json data = startOf(document, choices);
    Json parameters = files.parameters;
    parameters.update(choices.parameters.is_object() ? choices.parameters : Json::object());
    data["reader"] =
        parameters.empty() ? Json(choices.reader) : Json{{"type", choices.reader}, {"parameters", parameters}};
    if (choices.split == "random" || choices.split == "ordered") data["split"] = splitOf(choices);
    takeFiles(document, inParts ? files.parts : files.whole, data);
    const QString name = sourceName(choices);
    return {std::move(data), Words::tr("Open data %1").arg(name), name.toStdString(),
            QFileInfo(name).completeBaseName().toStdString()};
}

void openData(Document& document, const DataChoices& choices, const std::stop_token& stop, const DataAnswer& answer) {
    readAndUse(document, dataUse(document, choices), stop, answer);
}

}  // namespace perceptory::document
