#include "tests/architecture/Tree.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

#include "tests/architecture/Budgets.h"

namespace perceptory::architecture {

namespace {

namespace fs = std::filesystem;

std::string textOf(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

bool isSource(const fs::path& path) {
    static const std::set<std::string> endings{".h", ".cpp", ".c", ".cl", ".def", ".cmake", ".inc"};
    return endings.contains(path.extension().string()) || path.filename() == "CMakeLists.txt" ||
           path.parent_path().filename() == "packaging";
}

void markMembers(Tree& tree, const std::string& listPath, const std::string& list) {
    const std::string folder = listPath.substr(0, listPath.rfind('/') + 1);
    for (const std::string& member : membersOf(list))
        for (const char* ending : {".cpp", ".h"})
            if (const auto found = tree.files.find(folder + member + ending); found != tree.files.end())
                found->second.isMember = true;
}

void readBox(Tree& tree, const fs::path& root, const std::string& box) {
    std::map<std::string, std::string> lists;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / box)) {
        const std::string path = fs::relative(entry.path(), root).generic_string();
        if (entry.is_directory()) tree.folders.push_back(path);
        if (!entry.is_regular_file() || !isSource(entry.path())) continue;
        const std::string text = textOf(entry.path());
        const int lines = static_cast<int>(std::ranges::count(text, '\n'));
        tree.files[path] = {lines, false, includesOf(text)};
        if (path.ends_with(".def")) lists[path] = text;
    }
    for (const auto& [path, list] : lists) markMembers(tree, path, list);
}

std::string at(const std::string& path, int line, const std::string& reason) {
    return path + ":" + std::to_string(line) + ": " + reason;
}

// Looks for a library of the engine behind a header; `seen` are the headers already looked at.
std::string smuggler(const Tree& tree, const std::string& header, std::set<std::string>& seen) {
    const auto found = tree.files.find(header);
    if (found == tree.files.end() || !seen.insert(header).second) return {};
    for (const Include& include : found->second.includes) {
        if (include.kernelsOnly) continue;
        if (isEngineLibrary(include.path)) return header + " includes " + include.path;
        if (std::string deeper = smuggler(tree, include.path, seen); !deeper.empty()) return deeper;
    }
    return {};
}

}  // namespace

Tree readTree(const fs::path& root) {
    Tree tree;
    for (const fs::directory_entry& entry : fs::directory_iterator(root))
        tree.topLevel.push_back(entry.path().filename().string());
    tree.ignored = textOf(root / ".gitignore");
    for (const char* box : {"app", "engine", "ui", "tests", "packaging"})
        if (fs::is_directory(root / box)) readBox(tree, root, box);
    if (tree.files.empty()) throw std::runtime_error("no sources below " + root.string());
    return tree;
}

std::vector<std::string> brokenWalls(const Tree& tree) {
    std::vector<std::string> result;
    for (const auto& [path, file] : tree.files)
        for (const Include& include : file.includes)
            if (const std::string reason = breach(path, include); !reason.empty())
                result.push_back(at(path, include.line, "includes " + include.path + ", but " + reason));
    return result;
}

std::vector<std::string> smuggledLibraries(const Tree& tree) {
    std::vector<std::string> result;
    for (const auto& [path, file] : tree.files) {
        if (!path.starts_with("ui/") && !path.starts_with("app/gui/")) continue;
        for (const Include& include : file.includes) {
            std::set<std::string> seen;
            if (const std::string chain = smuggler(tree, include.path, seen); !chain.empty())
                result.push_back(at(path, include.line, "the window must not see that library, but " + chain));
        }
    }
    return result;
}

std::vector<std::string> brokenBudgets(const Tree& tree) {
    std::vector<std::string> result;
    for (const auto& [path, file] : tree.files)
        if (const int limit = lineLimit(path, file.isMember); file.lines > limit)
            result.push_back(at(path, file.lines, "longer than " + std::to_string(limit) + " lines; split it"));
    for (const std::string& folder : tree.folders)
        if (isEmptyName(std::string_view(folder).substr(folder.rfind('/') + 1)))
            result.push_back(at(folder, 0, "this name does not say what is inside"));
    for (const std::string& name : tree.topLevel)
        if (!belongsAtTop(name, tree.ignored)) result.push_back(at(name, 0, "does not belong at the top level"));
    return result;
}

}  // namespace perceptory::architecture
