#include "engine/project/Project.h"

#include <filesystem>

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/base/FileKind.h"
#include "engine/base/RegularFile.h"
#include "engine/base/Text.h"
#include "engine/project/JsonText.h"

namespace perceptory::project {

using base::Error;
using base::Json;

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t largestProject = 16 << 20;

void refuseForeign(std::string_view head, const std::string& place) {
    const std::string kind = base::foreignKind(head);
    if (!kind.empty())
        throw Error(
            base::sentence("{0}: this is {1}, not a project of Perceptory. Choose a file *.perceptory.", place, kind));
    const std::size_t start = head.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    if (start == head.npos || head[start] == '{' || head[start] == '[') return;
    const std::string_view line = head.substr(start, head.find_first_of("\r\n", start) - start);
    const bool table = line.find_first_of(",;\t") != line.npos;
    throw Error(
        table ? base::sentence("{0}: this is a table of text (CSV), not a project or model of Perceptory. Choose a "
                               "file *.perceptory or *.perceptory-model; a project names the table in its data.",
                               place)
              : base::sentence("{0}: this is text, not a project or model of Perceptory. Choose a file *.perceptory or "
                               "*.perceptory-model.",
                               place));
}

fs::path absoluteOf(const std::string& folder) {
    return fs::absolute(folder.empty() ? "." : folder).lexically_normal();
}

struct Move {
    fs::path from;
    fs::path to;

    // Whatever is a text in a list or object of paths is one.
    void rewrite(Json& value) const {
        if (value.is_structured()) {
            for (Json& element : value) rewrite(element);
            return;
        }
        if (!value.is_string()) return;
        const fs::path path = value.get<std::string>();
        if (path.empty() || path.is_absolute()) return;
        const fs::path moved = (from / path).lexically_normal().lexically_relative(to);
        if (!moved.empty()) value = moved.generic_string();
    }

    void rewriteIn(Json& object, const char* key) const {
        if (object.is_object() && object.contains(key)) rewrite(object[key]);
    }

    // Of the sums of data files, which stand under their paths.
    void rewriteKeysIn(Json& object, const char* key) const {
        if (!object.is_object() || !object.contains(key) || !object[key].is_object()) return;
        Json moved = Json::object();
        for (const auto& [path, value] : object[key].items()) {
            Json name = path;
            rewrite(name);
            moved[name.get<std::string>()] = value;
        }
        object[key] = std::move(moved);
    }
};

}  // namespace

void checkProjectFormat(const Json& project, const std::string& place) {
    const Json format = project.is_object() ? project.value("format", Json()) : Json();
    if (format != projectFormat)
        throw Error(base::sentence(
            "{0}: this is JSON, but not a project of Perceptory. Choose a file that begins with \"format\": \"{1}\".",
            place, projectFormat));
    const Json version = project.value("format_version", Json());
    if (!version.is_number_integer() || version.get<std::int64_t>() < 1)
        throw Error(
            version.is_null()
                ? base::sentence("{0}: \"format_version\" is missing. Write the number 1 there.", place)
                : base::sentence("{0}: \"format_version\" is {1}. Write the number 1 there.", place, version.dump()));
    if (version.get<std::int64_t>() > projectFormatVersion)
        throw Error(
            base::sentence("{0}: a newer version of Perceptory made this project (format {1}; this one reads up to "
                           "{2}). Update the program.",
                           place, version.dump(), projectFormatVersion));
}

Json parseProject(const std::string& text, const std::string& place) {
    refuseForeign(text, place);
    Json project = base::parseJson(text, place);
    checkProjectFormat(project, place);
    return project;
}

Json loadProject(const std::string& path) {
    const base::RegularFile file(path);
    refuseForeign(file.head(4096), path);
    return parseProject(file.text(largestProject), path);
}

std::string projectText(const Json& project) { return jsonText(project) + "\n"; }

void saveProject(const Json& project, const std::string& path, base::Previous previous) {
    const std::string text = projectText(project);
    if (text.size() > static_cast<std::size_t>(largestProject))
        throw Error(
            base::sentence("{0}: the project would be larger than 16 MiB and could not be opened again. Keep its "
                           "points in a CSV file.",
                           path));
    base::replaceFile(path, text, previous);
}

Json withPathsFor(Json project, const std::string& fromFolder, const std::string& toFolder) {
    const Move move{absoluteOf(fromFolder), absoluteOf(toFolder)};
    if (move.from == move.to || !project.is_object()) return project;
    if (project.contains("data")) {
        Json& data = project["data"];
        for (const char* key : {"path", "paths", "inputs", "targets"}) move.rewriteIn(data, key);
        move.rewriteKeysIn(data, "sha256");
        if (data.is_object() && data.contains("split")) move.rewriteIn(data["split"], "paths");
    }
    if (project.contains("weights")) move.rewriteIn(project["weights"], "path");
    return project;
}

std::string folderOf(const std::string& path) {
    const std::string folder = fs::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

}  // namespace perceptory::project
