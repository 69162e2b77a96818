// Images and, under the same names, masks whose pixels say the class of each pixel of the image.

#include <algorithm>
#include <array>
#include <map>

#include "engine/base/Text.h"
#include "engine/data/Labels.h"
#include "engine/data/MemoryLimit.h"
#include "engine/data/readers/ImageIntake.h"
#include "engine/data/readers/ImageTree.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

namespace fs = std::filesystem;

namespace {

struct Pair {
    std::string image, mask;
};

// Files of one folder by their names without endings.
using Named = std::map<std::string, std::string>;

class MaskReader {
public:
    MaskReader(const ReadRequest& request, base::Problems& problems)
        : m_request(request),
          m_intake(request, reader_members::ImageMasks.parameters, problems),
          m_isBinary(base::ParamValues(reader_members::ImageMasks.parameters, request.parameters).text("classes") ==
                     "binary") {}

    std::optional<Table> run() {
        for (const fs::path& path : m_request.paths)
            if (!(m_request.needsTarget ? collectPairs(path) : collectImages(path))) return {};
        std::vector<std::string> paths;
        for (const Pair& pair : m_pairs) paths.push_back(pair.image);
        if (paths.empty()) {
            m_intake.refuse(base::sentence("There is no image in this folder."), base::sentence("Choose another one."));
            return {};
        }
        if (!m_intake.decide(paths)) return {};
        return readAll();
    }

private:
    static bool isFolder(const fs::path& path) {
        std::error_code none;
        return fs::is_directory(path, none);
    }

    // New images: in a sub-folder of that name, in the folder itself, or one file.
    bool collectImages(const fs::path& path) {
        if (!isFolder(path)) {
            m_pairs.push_back({path.native(), {}});
            return true;
        }
        Named images;
        if (!list(isFolder(path / "images") ? path / "images" : path, images)) return false;
        for (const auto& [name, image] : images) m_pairs.push_back({image, {}});
        return true;
    }

    bool collectPairs(const fs::path& path) {
        const fs::path labels = path / (isFolder(path / "masks") ? "masks" : "labels");
        if (!isFolder(path / "images") || !isFolder(labels))
            return m_intake.refuse(
                base::sentence("{0} does not hold the sub-folders \"images\" and \"masks\" (or \"labels\").",
                               asUtf8(path.native())),
                base::sentence("Choose the folder that holds them. Parts such as train and test are for the split mode "
                               "\"files\"."));
        Named images, masks;
        if (!list(path / "images", images) || !list(labels, masks)) return false;
        return nameLonely(images, masks, true) && nameLonely(masks, images, false) && join(images, masks);
    }

    bool list(const fs::path& folder, Named& files) {
        ImageTree tree;
        tree.add(folder);
        for (const ImageTree::File& file : tree.files())
            if (const auto [found, isNew] = files.try_emplace(file.name, file.path); !isNew)
                return m_intake.refuse(base::sentence("{0} and {1} have the same name, so partners cannot be told.",
                                                      asUtf8(found->second), asUtf8(file.path)),
                                       base::sentence("Remove or rename one of them."));
        for (const std::string& note : tree.notes()) m_notes.push_back(note);
        return true;
    }

    // Says which files have no partner. False when that ends the reading.
    bool nameLonely(const Named& files, const Named& partners, bool areImages) {
        constexpr std::size_t shown = 5;
        std::size_t count = 0;
        std::string names;
        for (const auto& [name, path] : files)
            if (!partners.contains(name) && count++ < shown) names += (count > 1 ? ", " : "") + asUtf8(path);
        if (count == 0) return true;
        if (count > shown) names += ", …";
        const auto number = static_cast<std::int64_t>(count);
        m_intake.leaveOut(
            base::sentence("{0}: {1}.",
                           areImages ? base::counted("{0} image has no mask", "{0} images have no mask", number)
                                     : base::counted("{0} mask has no image", "{0} masks have no image", number),
                           names));
        return !m_intake.stopped();
    }

    bool join(const Named& images, const Named& masks) {
        for (const auto& [name, path] : images)
            if (const auto mask = masks.find(name); mask != masks.end()) m_pairs.push_back({path, mask->second});
        return true;
    }

    std::optional<Table> readAll() {
        Table table = m_intake.table();
        const std::size_t pixels = table.values.width() / static_cast<std::size_t>(m_intake.size().channels);
        if (m_request.needsTarget) {
            checkMemory(m_pairs.size(), pixels, m_request.memoryLimit, base::sentence("The masks"));
            table.labels.reserve(m_pairs.size() * pixels);
            table.targetShape = {m_intake.size().height, m_intake.size().width};
        }
        for (std::size_t i = 0; i < m_pairs.size(); ++i) {
            base::tell(m_request.progress, static_cast<double>(i) / static_cast<double>(m_pairs.size()));
            if (takePair(m_pairs[i], table)) table.addRow(i);
            if (m_intake.stopped()) return {};
        }
        table.sourceCount = m_pairs.size();
        if (table.count == 0) {
            m_intake.refuse(base::sentence("Not one of its images can be read with its mask."),
                            base::sentence("Choose another folder."));
            return {};
        }
        if (m_request.needsTarget) nameClasses(table);
        m_intake.addNotes(table);
        table.notes.insert(table.notes.end(), m_notes.begin(), m_notes.end());
        return table;
    }

    // The image counts only when its mask is good as well; false when one of them is not.
    bool takePair(const Pair& pair, Table& table) {
        const auto image = m_intake.read(pair.image);
        if (!image) return false;
        if (m_request.needsTarget) {
            const auto mask = m_intake.attempt([&] { return m_intake.readMask(pair.mask, m_intake.original()); });
            if (!mask) return false;
            for (const std::uint8_t value : mask->values) {
                const std::uint8_t number = m_isBinary ? value != 0 : value;
                m_seen[number] = true;
                table.labels.push_back(number);
            }
        }
        table.values.append(image->values);
        return true;
    }

    // Until here labels are the numbers in the masks.
    void nameClasses(Table& table) const {
        LabelCounter counter;
        std::array<std::int32_t, 256> order{};
        for (std::size_t value = 0; value < m_seen.size(); ++value)
            if (m_seen[value] || (m_isBinary && value < 2)) order[value] = counter.add(nameOf(value));
        const auto classes = m_request.classNames.empty() ? counter.classes() : counter.classes(m_request.classNames);
        table.classNames = classes.names;
        for (std::int32_t& label : table.labels)
            label = classes.indexOf[static_cast<std::size_t>(order[static_cast<std::size_t>(label)])];
    }

    std::string nameOf(std::size_t value) const {
        if (m_isBinary) return value == 0 ? "background" : "foreground";
        return std::to_string(value);
    }

    const ReadRequest& m_request;
    ImageIntake m_intake;
    bool m_isBinary;
    std::vector<Pair> m_pairs;
    std::vector<std::string> m_notes;
    std::array<bool, 256> m_seen{};  // numbers in the masks
};

std::optional<Table> read(const ReadRequest& request, base::Problems& problems) {
    return MaskReader(request, problems).run();
}

std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all = imageParameters();
    all.push_back(base::choiceParam("classes", "Classes",
                                    "auto: each number that occurs in the masks is a class, called by it; binary: 0 is "
                                    "the background, all others are the foreground.",
                                    "auto", {"auto", "binary"}));
    return all;
}

}  // namespace

const ReaderType reader_members::ImageMasks{
    {"image_masks", "Images with masks",
     "A folder with the sub-folders images and masks (or labels). A mask has the name of its image and holds the class "
     "of each pixel as a number: PNG (grey or with a palette), BMP, PGM or PBM. Pixels of images are divided by 255.",
     parameters()},
    {},
    read,
    true,
    nullptr,
    false,
    partFolders};

}  // namespace perceptory::data
