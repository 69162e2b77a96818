#include "ui/document/MissingData.h"

#include <QFileInfo>

#include "engine/data/readers/NpzArchive.h"
#include "engine/data/readers/Reader.h"
#include "ui/document/OutsideFiles.h"
#include "ui/document/commands/LoadedData.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

namespace fs = std::filesystem;
using base::Json;

namespace {

bool canOpen(const fs::path& file) { return QFileInfo(QString::fromStdString(file.string())).isReadable(); }

std::string readerOf(const Json& data) {
    Json reader = data.value("reader", Json("csv"));
    if (reader.is_object()) reader = reader.value("type", Json());
    return reader.is_string() ? reader.get<std::string>() : std::string();
}

// Texts may lie in a folder or in files, which have an ending.
bool wantsFolder(const std::string& reader, const fs::path& path) {
    const data::ReaderType* type = data::readers().find(reader);
    return type && (type->extensions.empty() || (reader == "text_lines" && !path.has_extension()));
}

QString reasonOf(const MissingData& missing) {
    const fs::path path = missing.path.lexically_normal();
    const QString name = QString::fromStdString(path.filename().string()),
                  folder = QString::fromStdString(path.parent_path().string());
    const QString reason = missing.isLocked   ? Words::tr("you may not read %1 in %2")
                           : missing.isFolder ? Words::tr("there is no folder %1 in %2")
                                              : Words::tr("there is no file %1 in %2");
    return reason.arg(name, folder);
}

// Where files are that have moved.
class NewPlaces {
public:
    NewPlaces(const Document& document, const fs::path& gone, const fs::path& chosen)
        : m_document(document),
          m_home(fs::absolute(document.folder())),
          m_gone(gone.lexically_normal()),
          m_chosen(chosen.lexically_normal()) {}

    // Every path in a value of the project's data.
    void rewrite(Json& value) const {
        if (value.is_structured())
            for (Json& entry : value) rewrite(entry);
        if (!value.is_string()) return;
        data::ArrayPath array = data::arrayPath(value.get<std::string>());
        array.file = nameOf(array.file);
        value = array.text();
    }

    // The sums stand under the paths.
    Json renamed(const Json& sums) const {
        Json result = Json::object();
        for (const auto& [path, sum] : sums.items()) result[nameOf(path)] = sum;
        return result;
    }

private:
    // As the project is to name a file from now on.
    std::string nameOf(const std::string& path) const {
        const fs::path before = (m_home / path).lexically_normal(), now = placeOf(before);
        return now == before ? path : pathFor(m_document, now);
    }

    fs::path placeOf(const fs::path& file) const {
        if (file == m_gone) return m_chosen;
        if (canOpen(file)) return file;
        fs::path from = m_gone, to = m_chosen;
        do {
            from = from.parent_path();
            to = to.parent_path();
            const fs::path rest = file.lexically_relative(from);
            if (!rest.empty() && *rest.begin() != ".." && canOpen(to / rest)) return to / rest;
        } while (from.filename() == to.filename() && from.has_relative_path() && to.has_relative_path());
        return file;
    }

    const Document& m_document;
    fs::path m_home, m_gone, m_chosen;
};

}  // namespace

std::vector<MissingData> missingData(const Json& project, const fs::path& folder) {
    std::vector<MissingData> missing;
    for (const fs::path& path : dataFiles(project, folder)) {
        if (canOpen(path)) continue;
        std::error_code fault;
        const bool exists = fs::exists(path, fault);
        const bool isFolder = exists ? fs::is_directory(path, fault) : wantsFolder(readerOf(project["data"]), path);
        missing.push_back({path, isFolder, exists});
    }
    return missing;
}

QString missingText(const std::vector<MissingData>& missing) {
    const QString reason = reasonOf(missing.front());
    QString text = Words::tr("The data cannot be read: %1.").arg(reason);
    if (const auto more = static_cast<int>(missing.size()) - 1; more > 0)
        text += " " + Words::tr("Missing besides: %n.", nullptr, more);
    return text + " " +
           (missing.front().isLocked ? Words::tr("Change its permissions, or press “Find it…” and choose another.")
                                     : Words::tr("Put it back, or press “Find it…” and say where it is now."));
}

void pointToData(Document& document, const fs::path& gone, const fs::path& chosen) {
    const NewPlaces places(document, gone, chosen);
    const QString name = QString::fromStdString(chosen.filename().string());
    document.edit(Words::tr("Find data %1").arg(name), [&](Json& project) {
        Json& data = project["data"];
        for (const char* key : {"path", "paths", "inputs", "targets"})
            if (data.contains(key)) places.rewrite(data[key]);
        if (data.contains("split") && data["split"].is_object() && data["split"].contains("paths"))
            places.rewrite(data["split"]["paths"]);
        if (data.contains("sha256") && data["sha256"].is_object()) data["sha256"] = places.renamed(data["sha256"]);
    });
}

}  // namespace perceptory::document
