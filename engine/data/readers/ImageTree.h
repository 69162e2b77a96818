#pragma once
// The image files in folders, by name and in the order of their names, so that nothing depends on the file system.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/data/Split.h"

namespace perceptory::data {

// Does not open any file. Hidden names are passed over; folders that are links are not entered, so loops end.
class ImageTree {
public:
    static constexpr std::size_t mostEntries = 1'000'000;
    static constexpr int mostDepth = 8;

    struct File {
        std::string path;
        std::string name;          // below the folder that was added, without the ending
        std::int32_t folder = -1;  // in folders(); -1: the file lies directly in the folder that was added
    };

    // What is below `folder`; several folders may be added. Throws Error when one cannot be read, or there are too many
    // names or levels.
    void add(const std::filesystem::path& folder);

    const std::vector<File>& files() const { return m_files; }
    // Sub-folders of the first level with an image below them; the same name in several folders is one.
    const std::vector<std::string>& folders() const { return m_folders; }
    // About what was left out; empty for nothing.
    std::vector<std::string> notes() const;

private:
    struct LeftOut {
        std::size_t count = 0;
        std::string first;
        void add(const std::filesystem::path& path);
    };

    void walk(const std::filesystem::path& folder, int depth);
    void takeFile(const std::filesystem::path& path);
    void walkTop(const std::filesystem::path& folder);
    std::int32_t folderNamed(const std::string& name);

    std::vector<File> m_files;
    std::vector<std::string> m_folders;
    std::size_t m_entries = 0, m_rootLength = 0;
    LeftOut m_foreign, m_links, m_empty;
};

// The sub-folders train, validation or val, and test, as the parts of what is read. Throws Error when one of the
// folders is not there.
SplitSpec partFolders(const std::vector<std::string>& folders);

// Whether the ending is that of an image, in capitals or not.
bool isImageName(const std::filesystem::path& path);
const std::vector<std::string>& imageEndings();

}  // namespace perceptory::data
