#include "engine/data/FileParts.h"

#include <algorithm>
#include <numeric>

#include "engine/base/Text.h"
#include "engine/data/MissingValues.h"

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
    append(table.values, more.values);
    append(table.lines, more.lines);
    appendTarget(table, more);
    for (std::size_t i = 0; i < more.moreTargets.size(); ++i) appendTarget(table.moreTargets[i], more.moreTargets[i]);
    table.count += more.count;
    return true;
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
    std::optional<Table> all;
    const auto take = [&](const char* part, const std::vector<std::string>& names, std::vector<std::uint32_t>& rows) {
        if (names.empty()) return true;
        request.paths.clear();
        for (const std::string& name : names) request.paths.push_back(baseFolder / name);
        request.path = request.paths.front();
        auto table = read(std::string("data.split.paths.") + part);
        if (!table) return false;
        if (spec.missing == "drop") dropIncomplete(*table);
        request.tokens = table->tokens;
        rows.resize(table->count);
        std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(all ? all->count : 0));
        if (all) return appendRows(*all, *table, part, problems);
        all = std::move(table);
        return true;
    };
    const bool sound = take("train", spec.split.trainPaths, parts.train) &&
                       take("validation", spec.split.validationPaths, parts.validation) &&
                       take("test", spec.split.testPaths, parts.test);
    return sound ? std::move(all) : std::nullopt;
}

}  // namespace perceptory::data
