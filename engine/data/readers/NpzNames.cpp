#include "engine/data/readers/NpzNames.h"

#include <algorithm>

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

std::optional<std::string> firstWithRows(const std::string& archive, const Names& there) {
    for (const std::string& name : there)
        if (NpyFile({archive, name}).shape().size() > 1) return name;
    return {};
}

}  // namespace

ArrayPath inputArray(const std::string& path, const std::string& field) {
    ArrayPath array = arrayPath(path);
    if (!array.isArchive() || !array.member.empty()) return array;
    const Names there = arraysIn(array.file);
    auto name = firstOf({field, field + "_train"}, there);
    if (!name && field == "x") name = firstWithRows(array.file, there);
    if (!name)
        throw base::Error(
            base::sentence("{0}: none of its arrays is called \"{1}\"; it holds {2}. Name one in "
                           "\"inputs\", as FILE.npz:NAME.",
                           array.file, quotable(field), there.empty() ? base::sentence("none") : listOf(there)));
    array.member = *name;
    return array;
}

std::optional<ArrayPath> targetArray(const std::string& path, const std::string& target) {
    ArrayPath array = arrayPath(path);
    if (!array.isArchive() || !array.member.empty()) return array;
    const auto name =
        firstOf({target, target + "_train", "labels", "label", "targets", "target"}, arraysIn(array.file));
    if (!name) return {};
    array.member = *name;
    return array;
}

}  // namespace perceptory::data
