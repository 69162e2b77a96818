#include "ui/document/JsonPath.h"

#include <charconv>

#include "engine/base/Error.h"

namespace perceptory::document {

using base::Json;

namespace {

std::string firstWord(const std::string& path) { return path.substr(0, path.find('.')); }

std::string behind(const std::string& path, std::size_t length) {
    return path.size() > length ? path.substr(length + 1) : std::string();
}

// Ids of nodes may hold points themselves, so the longest that fits wins.
std::size_t indexOfNode(const Json& list, const std::string& path, std::size_t& length) {
    std::size_t found = list.size();
    length = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!list[i].is_object() || !list[i].contains("id") || !list[i]["id"].is_string()) continue;
        const std::string id = list[i]["id"].get<std::string>();
        const bool fits = path == id || path.starts_with(id + ".");
        if (!fits || id.size() <= length) continue;
        found = i;
        length = id.size();
    }
    return found;
}

std::size_t indexIn(const Json& list, const std::string& path, std::size_t& length) {
    const std::size_t node = indexOfNode(list, path, length);
    if (node < list.size()) return node;
    const std::string word = firstWord(path);
    std::size_t index = list.size();
    const auto result = std::from_chars(word.data(), word.data() + word.size(), index);
    length = word.size();
    return result.ec == std::errc() && result.ptr == word.data() + word.size() ? index : list.size();
}

void set(Json& at, const std::string& rest, const Json& value, const std::string& whole) {
    if (rest.empty()) {
        at = value;
        return;
    }
    std::size_t length = 0;
    if (at.is_array()) {
        const std::size_t index = indexIn(at, rest, length);
        if (index >= at.size())
            throw base::Error(whole + ": there is nothing called \"" + rest.substr(0, length) + "\".");
        return set(at[index], behind(rest, length), value, whole);
    }
    const std::string word = firstWord(rest);
    if (at.is_string() && (word == "parameters" || word == "type")) at = Json{{"type", at}};
    if (at.is_null()) at = Json::object();
    if (!at.is_object()) throw base::Error(whole + ": \"" + word + "\" cannot be set inside a plain value.");
    set(at[word], behind(rest, word.size()), value, whole);
}

}  // namespace

Json valueAt(const Json& root, const std::string& path) {
    const Json* at = &root;
    for (std::string rest = path; !rest.empty();) {
        std::size_t length = 0;
        if (at->is_array()) {
            const std::size_t index = indexIn(*at, rest, length);
            if (index >= at->size()) return nullptr;
            at = &(*at)[index];
        } else {
            const std::string word = firstWord(rest);
            if (!at->is_object() || !at->contains(word)) return nullptr;
            at = &(*at)[word];
            length = word.size();
        }
        rest = behind(rest, length);
    }
    return *at;
}

void setValueAt(Json& root, const std::string& path, const Json& value) { set(root, path, value, path); }

}  // namespace perceptory::document
