#include "engine/exchange/ExportFolder.h"

#include <algorithm>
#include <filesystem>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::exchange {

namespace fs = std::filesystem;

namespace {

// What the files make when they are run; it stays.
const std::vector<std::string> ofTheFiles{"__pycache__", "model.pt", "trained.safetensors"};

[[noreturn]] void refuse(const std::string& path, const std::string& reason) {
    throw base::Error(base::sentence("{0}: {1}. Choose a new folder.", path, reason));
}

}  // namespace

ExportFolder::ExportFolder(std::string path, std::vector<std::string> names)
    : m_path(fs::path(path).lexically_normal().string()), m_names(std::move(names)) {
    while (m_path.size() > 1 && m_path.ends_with('/')) m_path.pop_back();
    std::error_code error;
    if (fs::exists(m_path, error) && !fs::is_directory(m_path, error))
        refuse(m_path, base::sentence("this is a file, and the export is a folder"));
    for (fs::directory_iterator entry(m_path, error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (std::ranges::count(m_names, name) == 0 && std::ranges::count(ofTheFiles, name) == 0)
            refuse(m_path, base::sentence("the folder holds \"{0}\", which is no part of an export", name));
    }
    for (int number = 0; m_partial.empty(); ++number) {
        const std::string beside = m_path + ".partial" + (number ? std::to_string(number) : "");
        if (fs::create_directory(beside, error)) m_partial = beside;
        if (error) refuse(m_path, base::sentence("no folder can be made there ({0})", error.message()));
    }
}

ExportFolder::~ExportFolder() {
    std::error_code ignored;
    fs::remove_all(m_partial, ignored);
}

std::string ExportFolder::file(const std::string& name) const { return m_partial + "/" + name; }

void ExportFolder::finish() {
    std::error_code error;
    fs::create_directory(m_path, error);
    for (const std::string& name : m_names) {
        if (error) break;
        if (fs::exists(file(name)))
            fs::rename(file(name), m_path + "/" + name, error);
        else
            fs::remove(m_path + "/" + name, error);
    }
    if (error) refuse(m_path, base::sentence("the files cannot be moved there ({0})", error.message()));
}

}  // namespace perceptory::exchange
