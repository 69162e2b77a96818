#include "app/cli/OutputFile.h"

#include <unistd.h>

#include <filesystem>

#include "app/cli/Errors.h"
#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/project/Project.h"

namespace perceptory::cli {

bool isSameFile(const std::string& one, const std::string& other) {
    std::error_code none;
    return std::filesystem::equivalent(one, other, none) && !none;
}

void insistOnPlace(const std::string& path, bool folder) {
    if (path.empty()) return;
    const std::string around =
        project::folderOf(folder && path.ends_with('/') ? path.substr(0, path.size() - 1) : path);
    if ((!folder && std::filesystem::is_directory(path)) || access(around.c_str(), W_OK) != 0)
        throw OutputError(path + ": no file can be written there. Choose a folder that exists and is yours.");
}

void writeOutput(const std::string& path, const std::string& bytes) {
    try {
        base::replaceFile(path, bytes);
    } catch (const base::Error& error) {
        throw OutputError(error.sentence());
    }
}

void insistOnOther(const std::string& option, const std::string& output, const std::vector<std::string>& inputs) {
    for (const std::string& input : inputs)
        if (isSameFile(output, input))
            throw UsageError(base::sentence("{0} {1} would replace {2}, which this command reads. Choose another file.",
                                            option, output, std::filesystem::path(input).lexically_normal().string()));
}

}  // namespace perceptory::cli
