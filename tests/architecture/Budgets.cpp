#include "tests/architecture/Budgets.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace perceptory::architecture {

std::set<std::string> membersOf(std::string_view list) {
    std::set<std::string> result;
    std::istringstream lines{std::string(list)};
    for (std::string line; std::getline(lines, line);) {
        const std::size_t open = line.find('(');
        const std::size_t close = line.find(')');
        if (open == std::string::npos || close == std::string::npos || close < open) continue;
        const std::string macro = line.substr(0, open);
        if (macro.empty() || macro.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") != std::string::npos) continue;
        result.insert(line.substr(open + 1, close - open - 1));
    }
    return result;
}

int lineLimit(std::string_view path, bool isMember) {
    // Where files grow without anybody noticing.
    constexpr std::array watched{"ui/window/MainWindow.", "ui/forms/FormBuilder.", "ui/session/SessionController.",
                                 "engine/backends/"};
    if (isMember) return 300;
    return std::ranges::any_of(watched, [path](const char* start) { return path.starts_with(start); }) ? 400 : 600;
}

bool belongsAtTop(const std::string& name, std::string_view ignored) {
    static const std::set<std::string> entries{
        "CMakeLists.txt", "CMakePresets.json", "README.md", "LICENSE",  "app", "engine", "ui",
        "resources",      "datasets",          "tests",     "packaging"};
    if (name.starts_with('.') || entries.contains(name)) return true;
    const std::string text = "\n" + std::string(ignored) + "\n";
    return text.find("\n/" + name + "\n") != std::string::npos || text.find("\n/" + name + "/\n") != std::string::npos;
}

bool isEmptyName(std::string_view folder) {
    constexpr std::array names{"src", "include", "utils", "common", "misc", "helpers"};
    return std::ranges::find(names, folder) != names.end();
}

}  // namespace perceptory::architecture
