#include "engine/data/readers/ImageTree.h"

#include <algorithm>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

namespace fs = std::filesystem;

namespace {

// The names in a folder in the order of their bytes.
std::vector<fs::directory_entry> entriesOf(const fs::path& folder, std::size_t& left) {
    std::error_code error;
    std::vector<fs::directory_entry> entries;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        if (it->path().filename().native().starts_with('.')) continue;
        if (left-- == 0)
            throw base::Error(
                base::sentence("{0}: there are more than {1} names in and below this folder. Choose a "
                               "smaller one.",
                               asUtf8(folder.native()), ImageTree::mostEntries));
        entries.push_back(*it);
    }
    if (error)
        throw base::Error(base::sentence("{0}: the folder cannot be read ({1}). Check its name and permissions.",
                                         asUtf8(folder.native()), error.message()));
    std::ranges::sort(entries, {}, [](const fs::directory_entry& entry) { return entry.path().native(); });
    return entries;
}

}  // namespace

const std::vector<std::string>& imageEndings() {
    static const std::vector<std::string> endings{".png", ".jpg", ".jpeg", ".bmp", ".ppm", ".pgm", ".pbm"};
    return endings;
}

bool isImageName(const fs::path& path) {
    std::string ending = path.extension().native();
    for (char& c : ending)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return std::ranges::find(imageEndings(), ending) != imageEndings().end();
}

SplitSpec partFolders(const std::vector<std::string>& folders) {
    SplitSpec split;
    std::error_code none;
    for (const fs::path folder : folders) {
        const auto take = [&](const char* name, std::vector<std::string>& part) {
            if (!fs::is_directory(folder / name, none)) return false;
            part.push_back((folder / name).string());
            return true;
        };
        if (!fs::is_directory(folder, none))
            throw base::Error(base::sentence("{0}: there is no such folder. Check the path.", asUtf8(folder.native())));
        take("train", split.trainPaths);
        if (!take("validation", split.validationPaths)) take("val", split.validationPaths);
        take("test", split.testPaths);
    }
    return split;
}

void ImageTree::LeftOut::add(const fs::path& path) {
    if (count++ == 0) first = asUtf8(path.native());
}

void ImageTree::add(const fs::path& folder) {
    m_rootLength = (folder / "").native().size();
    walk(folder / "", 0);
}

void ImageTree::walk(const fs::path& folder, int depth) {
    if (depth > mostDepth)
        throw base::Error(
            base::sentence("{0}: folders lie more than {1} levels deep here. Choose a folder nearer to "
                           "the images.",
                           asUtf8(folder.native()), mostDepth));
    std::size_t left = mostEntries - m_entries;
    const auto entries = entriesOf(folder, left);
    m_entries = mostEntries - left;
    for (const fs::directory_entry& entry : entries) {
        std::error_code none;  // a link that leads nowhere is no folder
        if (!entry.is_directory(none)) {
            takeFile(entry.path());
        } else if (entry.is_symlink(none)) {
            m_links.add(entry.path());
        } else if (depth > 0) {
            walk(entry.path(), depth + 1);
        } else {
            walkTop(entry.path());
        }
    }
}

void ImageTree::takeFile(const fs::path& path) {
    if (!isImageName(path)) return m_foreign.add(path);
    m_files.push_back({path.native(), fs::path(path).replace_extension().native().substr(m_rootLength)});
}

void ImageTree::walkTop(const fs::path& folder) {
    const std::size_t before = m_files.size();
    walk(folder, 1);
    if (m_files.size() == before) return m_empty.add(folder);
    const std::int32_t number = folderNamed(folder.filename().native());
    for (std::size_t i = before; i < m_files.size(); ++i) m_files[i].folder = number;
}

std::int32_t ImageTree::folderNamed(const std::string& name) {
    const auto found = std::ranges::find(m_folders, name);
    const auto number = static_cast<std::int32_t>(found - m_folders.begin());
    if (found == m_folders.end()) m_folders.push_back(name);
    return number;
}

std::vector<std::string> ImageTree::notes() const {
    std::vector<std::string> notes;
    if (m_foreign.count > 0)
        notes.push_back(m_foreign.count == 1
                            ? base::sentence("One file that is not called an image was left out: {0}.", m_foreign.first)
                            : base::sentence("{0} files that are not called images were left out; the first is {1}.",
                                             m_foreign.count, m_foreign.first));
    if (m_links.count > 0)
        notes.push_back(m_links.count == 1
                            ? base::sentence("One folder that is a link was left out: {0}.", m_links.first)
                            : base::sentence("{0} folders that are links were left out; the first is {1}.",
                                             m_links.count, m_links.first));
    if (m_empty.count > 0)
        notes.push_back(m_empty.count == 1
                            ? base::sentence("One folder without an image was left out: {0}.", m_empty.first)
                            : base::sentence("{0} folders without an image were left out; the first is {1}.",
                                             m_empty.count, m_empty.first));
    return notes;
}

}  // namespace perceptory::data
