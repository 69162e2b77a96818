#include "engine/data/FileParts.h"

#include <algorithm>
#include <numeric>

#include "engine/base/Text.h"

namespace perceptory::data {

namespace {

template <class T>
void append(std::vector<T>& to, const std::vector<T>& more) {
    to.insert(to.end(), more.begin(), more.end());
}

// Whether one list of names is the beginning of the other.
bool agree(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::equal(a.begin(), a.begin() + std::min(std::ssize(a), std::ssize(b)), b.begin());
}

bool alike(const Target& a, const Target& b) {
    return a.targetName == b.targetName && a.task == b.task && a.targetShape == b.targetShape &&
           a.targetNames == b.targetNames && agree(a.classNames, b.classNames);
}

void appendTarget(Target& target, const Target& more) {
    append(target.labels, more.labels);
    append(target.targets, more.targets);
    if (more.classNames.size() > target.classNames.size()) target.classNames = more.classNames;
}

// The rows of `more` behind those of `table`. False, and a problem, when they are of another kind.
bool appendRows(Table& table, const Table& more, const std::string& part, base::Problems& problems) {
    const auto refuse = [&](std::string sentence) {
        problems.push_back({"data.split.paths." + part, base::Severity::Error, std::move(sentence),
                            base::sentence("Name files that were made alike.")});
        return false;
    };
    if (table.columns != more.columns || table.fields != more.fields)
        return refuse(base::sentence("Its files have other columns than those for training."));
    bool fits = table.moreTargets.size() == more.moreTargets.size() && alike(table, more);
    for (std::size_t i = 0; fits && i < more.moreTargets.size(); ++i)
        fits = alike(table.moreTargets[i], more.moreTargets[i]);
    if (!fits) return refuse(base::sentence("Its files have another target than those for training."));
    table.values.append(more.values);
    append(table.lines, more.lines);
    appendTarget(table, more);
    for (std::size_t i = 0; i < more.moreTargets.size(); ++i) appendTarget(table.moreTargets[i], more.moreTargets[i]);
    table.count += more.count;
    return true;
}

// The parts that the folder of a project has itself.
SplitSpec partFolders(const DataSpec& spec, const std::filesystem::path& baseFolder) {
    namespace fs = std::filesystem;
    const fs::path folder(spec.path);
    SplitSpec split;
    std::error_code none;
    const auto has = [&](const char* name) { return fs::is_directory(baseFolder / folder / name, none); };
    if (!has(""))
        throw base::Error(
            base::sentence("{0}: there is no such folder. Check the path.", (baseFolder / folder).string()));
    if (!has("train"))
        throw base::Error(
            base::sentence("{0}: there is no folder \"train\" in it. Name the files of each part in "
                           "\"paths\", or choose another way to split.",
                           (baseFolder / folder).string()));
    split.trainPaths = {(folder / "train").string()};
    for (const char* name : {"validation", "val"})
        if (has(name) && split.validationPaths.empty()) split.validationPaths = {(folder / name).string()};
    if (has("test")) split.testPaths = {(folder / "test").string()};
    return split;
}

// The files that follow are to have the same columns, read as the same numbers.
void readAlike(const ReaderType& reader, const Table& table, ReadRequest& request) {
    request.tokens = table.tokens;
    request.classNames = table.classNames;
    if (reader.parameter("height") && table.shape.size() == 3) {
        request.parameters["height"] = table.shape[0];
        request.parameters["width"] = table.shape[1];
        request.parameters["colour"] = table.shape[2] == 3 ? "rgb" : "grey";
    }
    if (table.categories.empty() || !request.words.empty()) return;
    request.words = table.categories;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const ColumnUse words = table.asIndex[i] ? ColumnUse::Index : ColumnUse::OneHot;
        request.columns.push_back({table.columns[i], table.categories[i].empty() ? ColumnUse::Number : words});
    }
    if (!request.features.empty()) return;
    for (const std::string& name : table.columns) request.features.push_back({name, ""});
}

}  // namespace

std::optional<Table> readFiles(const DataSpec& spec, ReadRequest request, const std::filesystem::path& baseFolder,
                               Parts& parts, base::Problems& problems) {
    const ReaderType& type = readers().get(spec.reader.type, "data.reader");
    const auto read = [&](const std::string& where) -> std::optional<Table> {
        if (request.paths.size() <= 1 || type.severalFiles) return type.read(request, problems);
        problems.push_back(
            {where, base::Severity::Error,
             base::sentence("The reader {0} reads one file, but {1} are named.", type.id, request.paths.size()),
             base::sentence("Put their rows into one file.")});
        return {};
    };
    if (spec.split.mode != "files") return read("data.paths");
    const SplitSpec named = spec.split.trainPaths.empty() ? partFolders(spec, baseFolder) : spec.split;
    std::optional<Table> all;
    const auto take = [&](const char* part, const std::vector<std::string>& names, std::vector<std::uint32_t>& rows) {
        if (names.empty()) return true;
        request.paths.clear();
        for (const std::string& name : names) request.paths.push_back(baseFolder / name);
        request.path = request.paths.front();
        auto table = read(std::string("data.split.paths.") + part);
        if (!table) return false;
        readAlike(type, *table, request);
        rows.resize(table->count);
        std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(all ? all->count : 0));
        if (all) return appendRows(*all, *table, part, problems);
        all = std::move(table);
        return true;
    };
    const bool sound = take("train", named.trainPaths, parts.train) &&
                       take("validation", named.validationPaths, parts.validation) &&
                       take("test", named.testPaths, parts.test);
    return sound ? std::move(all) : std::nullopt;
}

}  // namespace perceptory::data
