// Images whose class is the sub-folder they lie in. Several folders are read as one, with the classes of all of them.

#include "engine/data/readers/ImageFolder.h"

#include <algorithm>

#include "engine/base/Text.h"
#include "engine/data/Labels.h"
#include "engine/data/readers/ImageIntake.h"
#include "engine/data/readers/ImageTree.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

namespace fs = std::filesystem;

namespace {

LabelCounter counterOf(const ImageTree& tree) {
    LabelCounter counter;
    for (const std::string& name : tree.folders()) counter.add(asUtf8(name));
    return counter;
}

// The class of each of the tree's folders. Two folders may share one: 1 and 01.
LabelCounter::Classes classesOf(const ImageTree& tree, const std::vector<std::string>& known) {
    LabelCounter counter = counterOf(tree);
    const auto distinct = known.empty() ? counter.classes() : counter.classes(known);
    LabelCounter::Classes result{distinct.names, {}};
    for (const std::string& name : tree.folders())
        result.indexOf.push_back(distinct.indexOf[static_cast<std::size_t>(counter.add(asUtf8(name)))]);
    return result;
}

bool holdsParts(const ImageTree& tree) {
    const std::vector<std::string> parts{"train", "validation", "val", "test"};
    const auto isPart = [&](const std::string& name) { return std::ranges::find(parts, name) != parts.end(); };
    return !tree.folders().empty() && std::ranges::all_of(tree.folders(), isPart);
}

class FolderReader {
public:
    FolderReader(const ReadRequest& request, base::Problems& problems)
        : m_request(request), m_intake(request, reader_members::ImageFolder.parameters, problems) {}

    std::optional<Table> run() {
        for (const fs::path& path : m_request.paths) collect(path);
        if (!sound() || !m_intake.decide(m_paths)) return {};
        Table table = m_intake.table();
        if (!readAll(table)) return {};
        m_intake.addNotes(table);
        for (const std::string& note : m_tree.notes()) table.notes.push_back(note);
        return table;
    }

private:
    // A file is one new image; training needs folders.
    void collect(const fs::path& path) {
        std::error_code none;
        if (m_request.needsTarget || fs::is_directory(path, none))
            m_tree.add(path);
        else
            m_paths.push_back(path.native());
    }

    bool sound() {
        const bool needsClass = m_request.needsTarget;
        if (needsClass && holdsParts(m_tree))
            return m_intake.refuse(
                base::sentence("Its sub-folders {0} are parts of the data, no classes.", joined(m_tree.folders())),
                m_request.pipeline ? base::sentence("Choose one of them.")
                                   : base::sentence("Set the split mode to \"files\", or choose one of them."));
        for (const ImageTree::File& file : m_tree.files()) {
            if (needsClass && file.folder < 0) {
                ++m_loose;
                continue;
            }
            m_paths.push_back(file.path);
            m_folders.push_back(file.folder);
        }
        if (!m_paths.empty()) return true;
        if (m_loose > 0)
            return m_intake.refuse(base::counted("Its {0} image lies in no sub-folder, so it has no class.",
                                                 "Its {0} images lie in no sub-folder, so they have no class.",
                                                 static_cast<std::int64_t>(m_loose)),
                                   base::sentence("Move the images of each class into a sub-folder of its name."));
        return m_intake.refuse(base::sentence("There is no image in this folder."),
                               base::sentence("Choose a folder with files {0}.", joined(imageEndings())));
    }

    bool readAll(Table& table) {
        const auto classes = classesOf(m_tree, m_request.classNames);
        if (m_request.needsTarget) table.classNames = classes.names;
        for (std::size_t i = 0; i < m_paths.size(); ++i) {
            base::tell(m_request.progress, static_cast<double>(i) / static_cast<double>(m_paths.size()));
            const auto image = m_intake.read(m_paths[i]);
            if (m_intake.stopped()) return false;
            if (!image) continue;
            table.values.append(image->values);
            table.addRow(i);
            if (m_request.needsTarget) table.labels.push_back(classes.indexOf[static_cast<std::size_t>(m_folders[i])]);
        }
        table.sourceCount = m_paths.size();
        if (m_loose > 0)
            table.notes.push_back(base::counted("{0} image that lies in no sub-folder was left out.",
                                                "{0} images that lie in no sub-folder were left out.",
                                                static_cast<std::int64_t>(m_loose)));
        return table.count > 0 || m_intake.refuse(base::sentence("Not one of its files can be read as an image."),
                                                  base::sentence("Choose another folder."));
    }

    static std::string joined(const std::vector<std::string>& names) {
        std::string list;
        for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
        return list;
    }

    const ReadRequest& m_request;
    ImageIntake m_intake;
    ImageTree m_tree;
    std::vector<std::string> m_paths;
    std::vector<std::int32_t> m_folders;  // of each path, where there are classes
    std::size_t m_loose = 0;
};

std::optional<Table> read(const ReadRequest& request, base::Problems& problems) {
    return FolderReader(request, problems).run();
}

}  // namespace

ImageFolderPreview imageFolderPreview(const fs::path& path) {
    constexpr std::size_t shown = 16;
    ImageTree tree;
    tree.add(path);
    const auto classes = classesOf(tree, {});
    ImageFolderPreview preview{{}, tree.files().size(), {}, tree.notes()};
    for (const std::string& name : classes.names) preview.classes.push_back({name, 0});
    for (const ImageTree::File& file : tree.files())
        if (file.folder >= 0)
            ++preview.classes[static_cast<std::size_t>(classes.indexOf[static_cast<std::size_t>(file.folder)])].files;
    for (std::size_t i = 0; i < std::min(shown, preview.files); ++i) {
        auto& first = preview.first.emplace_back(tree.files()[i * preview.files / std::min(shown, preview.files)].path);
        try {
            first.size = ImageFile(first.path).size();
        } catch (const base::Error& error) {
            first.problem = asUtf8(error.sentence());
        }
    }
    return preview;
}

const ReaderType reader_members::ImageFolder{
    {"image_folder", "Images (folders)",
     "A folder with a sub-folder for each class, which holds its images: PNG, JPEG, BMP, PPM, PGM or PBM. Pixels are "
     "divided by 255.",
     imageParameters()},
    {},
    read,
    true,
    nullptr,
    false,
    partFolders};

}  // namespace perceptory::data
