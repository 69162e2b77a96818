#pragma once
// A folder that an export writes: its files appear all at once, or none does.

#include <string>
#include <vector>

namespace perceptory::exchange {

class ExportFolder {
public:
    // `names`: what an export may write there. Throws base::Error when the folder holds anything else, or none can be
    // made beside it.
    ExportFolder(std::string path, std::vector<std::string> names);
    ~ExportFolder();  // what was not finished is removed
    ExportFolder(const ExportFolder&) = delete;
    ExportFolder& operator=(const ExportFolder&) = delete;

    // Where to write the file of this name.
    std::string file(const std::string& name) const;
    // Moves what was written to its place; files of an earlier export that were not written again are removed. Throws
    // base::Error.
    void finish();

private:
    std::string m_path, m_partial;
    std::vector<std::string> m_names;
};

}  // namespace perceptory::exchange
