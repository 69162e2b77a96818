#include "engine/data/readers/NpzNames.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/data/readers/NpyFile.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

namespace {

using Names = std::vector<std::string>;

std::optional<std::string> firstOf(const Names& wanted, const Names& there) {
    for (const std::string& name : wanted)
        if (std::ranges::count(there, name) > 0) return name;
    return {};
}

std::string listOf(const Names& names) {
    constexpr std::size_t shown = 6;
    std::string list;
    for (std::size_t i = 0; i < std::min(shown, names.size()); ++i)
        list += (i ? ", \"" : "\"") + quotable(names[i]) + "\"";
    return names.size() > shown ? list + ", …" : list;
}

// What a target is called where nobody says.
const Names usualTargets{"labels", "label", "targets", "target"};

std::optional<std::string> firstWithRows(const std::string& archive, const Names& there) {
    for (const std::string& name : there)
        if (NpyFile({archive, name}).shape().size() > 1) return name;
    return {};
}

}  // namespace

std::optional<ArrayPath> inputArray(const std::string& path, const std::string& field) {
    ArrayPath array = arrayPath(path);
    if (!array.isArchive() || !array.member.empty()) return array;
    const Names there = arraysIn(array.file);
    auto name = firstOf({field, field + "_train"}, there);
    if (!name && field == "x") name = firstWithRows(array.file, there);
    if (!name) return {};
    array.member = *name;
    return array;
}

std::optional<ArrayPath> targetArray(const std::string& path, const std::string& target) {
    ArrayPath array = arrayPath(path);
    if (!array.isArchive() || !array.member.empty()) return array;
    Names wanted{target, target + "_train"};
    wanted.insert(wanted.end(), usualTargets.begin(), usualTargets.end());
    const auto name = firstOf(wanted, arraysIn(array.file));
    if (!name) return {};
    array.member = *name;
    return array;
}

std::string arraysText(const std::string& path) {
    const ArrayPath array = arrayPath(path);
    if (!array.isArchive() || !array.member.empty()) return {};
    const Names there = arraysIn(array.file);
    return there.empty() ? base::sentence("no array") : listOf(there);
}

namespace {

namespace fs = std::filesystem;

// Names of arrays and where each is.
using Places = std::map<std::string, std::string>;

void addArrays(const std::string& path, Places& places) {
    const ArrayPath array = arrayPath(path);
    std::error_code error;
    if (array.isArchive() && array.member.empty()) {
        for (const std::string& name : arraysIn(array.file)) places.emplace(name, ArrayPath{array.file, name}.text());
    } else if (!fs::is_directory(path, error)) {
        places.emplace(array.isArchive() ? array.member : fs::path(path).stem().string(), path);
    } else {
        for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error))
            if (it->path().extension() == ".npy") places.emplace(it->path().stem().string(), it->path().string());
        if (error)
            throw base::Error(base::sentence("{0}: the folder cannot be read ({1}). Check its name and permissions.",
                                             asUtf8(path), error.message()));
    }
}

// The input and the target of a part that has one of these names.
std::vector<std::string> partCalled(const Names& names, const Places& places) {
    Names targets{"y"};
    targets.insert(targets.end(), usualTargets.begin(), usualTargets.end());
    std::vector<std::string> paths;
    const auto take = [&](const Names& fields) {
        for (const std::string& field : fields)
            for (const std::string& name : names)
                if (const auto found = places.find(field + "_" + name); found != places.end())
                    return paths.push_back(found->second);
    };
    take({"x"});
    if (!paths.empty()) take(targets);
    return paths;
}

}  // namespace

SplitSpec partArrays(const std::vector<std::string>& paths) {
    Places places;
    for (const std::string& path : paths) addArrays(path, places);
    SplitSpec split;
    split.trainPaths = partCalled({"train"}, places);
    split.validationPaths = partCalled({"validation", "val", "valid"}, places);
    split.testPaths = partCalled({"test"}, places);
    return split;
}

void noteOtherParts(const std::vector<std::filesystem::path>& paths, std::vector<std::string>& notes) {
    for (const fs::path& path : paths) {
        if (const ArrayPath array = arrayPath(path.string()); !array.isArchive() || !array.member.empty()) continue;
        const SplitSpec parts = partArrays({path.string()});
        Names names;
        for (const auto* part : {&parts.validationPaths, &parts.testPaths})
            for (const std::string& each : *part) names.push_back(arrayPath(each).member);
        if (!names.empty())
            notes.push_back(base::sentence("{0}: {1} are not read. With the split by files they are those parts.",
                                           asUtf8(path.filename().string()), listOf(names)));
    }
}

}  // namespace perceptory::data
