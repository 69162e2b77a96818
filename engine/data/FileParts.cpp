#include "engine/data/FileParts.h"

#include <numeric>

#include "engine/base/Text.h"
#include "engine/data/FileReading.h"

namespace perceptory::data {

namespace {

// The files of each part as whole paths: those named, else those that the source tells itself.
SplitSpec partsOf(const DataSpec& spec, const std::filesystem::path& baseFolder) {
    const ReaderType& type = readers().get(spec.reader.type, "data.reader");
    SplitSpec split = spec.split;
    if (split.trainPaths.empty()) {
        std::vector<std::string> sources;
        for (const std::string& path : spec.paths) sources.push_back((baseFolder / path).string());
        if (sources.empty()) sources.push_back((baseFolder / spec.path).string());
        split = type.ownParts(sources);
        if (split.trainPaths.empty())
            throw base::Error(
                base::sentence("{0}: nothing in it is called \"train\". Name the files of each part in \"paths\", or "
                               "choose another way to split.",
                               sources.front()));
        return split;
    }
    for (auto* paths : {&split.trainPaths, &split.validationPaths, &split.testPaths})
        for (std::string& path : *paths) path = (baseFolder / path).string();
    return split;
}

}  // namespace

std::optional<Table> readFiles(const DataSpec& spec, ReadRequest request, const std::filesystem::path& baseFolder,
                               Parts& parts, base::Problems& problems) {
    const ReaderType& type = readers().get(spec.reader.type, "data.reader");
    if (spec.split.mode != "files") {
        const std::vector<std::filesystem::path> files = request.paths;
        if (spec.split.mode == "group" && files.size() > 1 && !type.severalFiles) {
            problems.push_back(
                {"data.split.mode", base::Severity::Error,
                 base::sentence("Rows that belong together cannot be told across {0} files.", files.size()),
                 base::sentence("Put their rows into one file, or use \"random\".")});
            return {};
        }
        FileReading reading(type, std::move(request), files.size(), problems);
        return reading.take(files, "data.paths", true) ? reading.table() : std::nullopt;
    }
    const SplitSpec named = partsOf(spec, baseFolder);
    const std::size_t files = named.trainPaths.size() + named.validationPaths.size() + named.testPaths.size();
    FileReading reading(type, std::move(request), files, problems);
    const auto take = [&](const char* part, const std::vector<std::string>& names, std::vector<std::uint32_t>& rows) {
        if (names.empty()) return true;
        const std::vector<std::filesystem::path> paths(names.begin(), names.end());
        const auto before = static_cast<std::uint32_t>(reading.count());
        if (!reading.take(paths, std::string("data.split.paths.") + part, &names == &named.trainPaths)) return false;
        rows.resize(reading.count() - before);
        std::iota(rows.begin(), rows.end(), before);
        return true;
    };
    const bool sound = take("train", named.trainPaths, parts.train) &&
                       take("validation", named.validationPaths, parts.validation) &&
                       take("test", named.testPaths, parts.test);
    return sound ? reading.table() : std::nullopt;
}

}  // namespace perceptory::data
