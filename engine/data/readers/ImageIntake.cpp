#include "engine/data/readers/ImageIntake.h"

#include <algorithm>

#include "engine/base/Text.h"
#include "engine/data/Counts.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

namespace {

Resize resizeNamed(const std::string& name) {
    return name == "stretch" ? Resize::Stretch : name == "pad" ? Resize::Pad : Resize::Crop;
}

std::string sizeText(const ImageSize& size) { return base::sentence("{0} x {1} pixels", size.width, size.height); }

}  // namespace

std::vector<base::ParamType> imageParameters() {
    return {
        base::integerParam("height", "Height", "In pixels; 0: as the first image has it.", 0, 0, ImageIntake::mostSide),
        base::integerParam("width", "Width", "In pixels; 0: as the first image has it.", 0, 0, ImageIntake::mostSide),
        base::choiceParam("fit", "Fit",
                          "How images of another shape become that size. crop: what stands out is cut off; stretch: "
                          "they are distorted; pad: the rest stays black.",
                          "crop", {"crop", "stretch", "pad"}),
        base::choiceParam("colour", "Colour", "auto: in colour when one of the first images is.", "auto",
                          {"auto", "grey", "rgb"}),
        base::choiceParam("bad_files", "Bad files",
                          "What to do about files that cannot be read: stop at the first, or skip and list them.",
                          "stop", {"stop", "skip"})};
}

ImageIntake::ImageIntake(const ReadRequest& request, const std::vector<base::ParamType>& types,
                         base::Problems& problems)
    : m_request(request), m_problems(problems) {
    const base::ParamValues values(types, request.parameters);
    m_fit.size = {values.integer("height"), values.integer("width"), 1};
    m_fit.resize = resizeNamed(values.text("fit"));
    m_colour = values.text("colour");
    m_skip = values.text("bad_files") == "skip";
}

bool ImageIntake::refuse(std::string sentence, std::string fix) {
    m_problems.push_back({asUtf8(m_request.path.native()), base::Severity::Error, std::move(sentence), std::move(fix)});
    m_stopped = true;
    return false;
}

bool ImageIntake::decide(const std::vector<std::string>& paths) {
    if (m_request.pipeline) return takeModelSize();
    ImageSize& size = m_fit.size;
    m_keepsSize = size.height == 0 && size.width == 0;
    bool isColoured = false;
    if (size.height == 0 || size.width == 0) {
        const auto first = firstSize(paths);
        if (!first) return false;
        isColoured = first->channels == 3;
        if (size.height == 0) size.height = first->height;
        if (size.width == 0) size.width = first->width;
    }
    if (m_colour == "auto") isColoured = isColoured || hasColour(paths);
    size.channels = m_colour == "rgb" || (m_colour == "auto" && isColoured) ? 3 : 1;
    if (size.height <= mostSide && size.width <= mostSide && size.height * size.width * size.channels <= mostRowValues)
        return true;
    return refuse(
        base::sentence("Images of {0} and {1} for each are too large: at most {2} pixels a side and {3} values are "
                       "read.",
                       sizeText(size), valuesText(size.channels), mostSide, mostRowValues),
        base::sentence("Set a smaller \"height\" and \"width\", to which all images are made."));
}

bool ImageIntake::takeModelSize() {
    const std::vector<std::int64_t>& shape = m_request.pipeline->featureFields().front().shape;
    if (shape.size() != 3 || (shape[2] != 1 && shape[2] != 3))
        return refuse(base::sentence("The model was trained with other data than images."),
                      base::sentence("Choose data of the kind it was trained with."));
    m_fit.size = {shape[0], shape[1], shape[2]};
    m_colour = shape[2] == 3 ? "rgb" : "grey";
    if (fitsModel({shape[0], shape[1], shape[2]}, m_request, m_problems)) return true;
    m_stopped = true;
    return false;
}

std::optional<ImageSize> ImageIntake::firstSize(const std::vector<std::string>& paths) {
    for (const std::string& path : paths) {
        try {
            const ImageSize size = ImageFile(path).size();
            m_firstPath = path;
            return size;
        } catch (const base::Error& error) {
            if (m_skip) continue;  // counted when it is read
            leaveOut(error.sentence());
            return {};
        }
    }
    refuse(
        base::counted("Its {0} file cannot be read as an image.", "Not one of the {0} files can be read as an image.",
                      std::ssize(paths)),
        base::sentence("Choose another folder, or set \"bad_files\" to \"stop\" to see what is wrong with the first."));
    return {};
}

bool ImageIntake::hasColour(const std::vector<std::string>& paths) const {
    // Spread over all, so that each class may be among them.
    constexpr std::size_t looks = 16;
    for (std::size_t i = 0; i < std::min(looks, paths.size()); ++i) {
        try {
            if (ImageFile(paths[i * paths.size() / std::min(looks, paths.size())]).size().channels == 3) return true;
        } catch (const base::Error&) {
            // Said when it is read.
        }
    }
    return false;
}

Table ImageIntake::table() const {
    Table table = pixelTable({m_fit.size.height, m_fit.size.width, m_fit.size.channels});
    table.notes.push_back(
        base::sentence("Images of {0}, {1}.", sizeText(m_fit.size),
                       m_fit.size.channels == 3 ? base::sentence("in colour") : base::sentence("grey")));
    return table;
}

std::optional<Image> ImageIntake::read(const std::string& path) {
    return attempt([&]() -> Image {
        ImageFile file(path);
        m_original = file.size();
        const bool same = m_original.height == m_fit.size.height && m_original.width == m_fit.size.width;
        if (m_keepsSize && !same) {
            refuse(base::sentence("{0} has {1}, but {2} has {3}.", asUtf8(path), sizeText(m_original),
                                  asUtf8(m_firstPath), sizeText(m_fit.size)),
                   base::sentence("Set \"height\" and \"width\", to which all images are made."));
            return {};
        }
        m_greyed += m_colour == "auto" && m_original.channels > m_fit.size.channels;
        return fitImage(file.rows(), m_fit);
    });
}

// An error of one file must not be the end of all others.
std::optional<Image> ImageIntake::attempt(const std::function<Image()>& read) {
    try {
        Image image = read();
        if (!m_stopped) return image;
    } catch (const base::Error& error) {
        leaveOut(error.sentence());
    }
    return {};
}

Image ImageIntake::readMask(const std::string& path, const ImageSize& image) const {
    ImageFile file(path, Pixels::Stored);
    const ImageSize own = file.size();
    if (own.height * image.width != own.width * image.height)
        throw base::Error(
            base::sentence("{0}: the mask has {1}, but its image has {2}. Save it in the size of the "
                           "image.",
                           path, sizeText(own), sizeText(image)));
    Image mask = fitImage(file.rows(), {{m_fit.size.height, m_fit.size.width, own.channels}, m_fit.resize, true});
    if (own.channels == 1) return mask;
    Image grey{{m_fit.size.height, m_fit.size.width, 1}, {}};
    for (std::size_t i = 0; i < mask.values.size(); i += 3) {
        const std::uint8_t* pixel = &mask.values[i];
        if (pixel[0] != pixel[1] || pixel[1] != pixel[2])
            throw base::Error(
                base::sentence("{0}: the mask has colours, but numbers of classes are needed. Save it as "
                               "grey or with a palette.",
                               path));
        grey.values.push_back(pixel[0]);
    }
    return grey;
}

void ImageIntake::leaveOut(const std::string& sentence) {
    constexpr std::size_t shown = 20;
    if (!m_skip) {
        refuse(asUtf8(sentence), m_request.pipeline
                                     ? base::sentence("Mend or remove it.")
                                     : base::sentence("Mend or remove it, or set \"bad_files\" to \"skip\"."));
    } else if (m_leftOutCount++ < shown) {
        m_leftOut.push_back(asUtf8(sentence));
    }
}

void ImageIntake::addNotes(Table& table) const {
    if (m_greyed > 0)
        table.notes.push_back(
            base::counted("{0} image in colour was made grey; set \"colour\" to \"rgb\" to keep it.",
                          "{0} images in colour were made grey; set \"colour\" to \"rgb\" to keep it.",
                          static_cast<std::int64_t>(m_greyed)));
    if (m_leftOutCount == 0) return;
    table.notes.push_back(base::counted("{0} bad file was skipped.", "{0} bad files were skipped.",
                                        static_cast<std::int64_t>(m_leftOutCount)));
    table.notes.insert(table.notes.end(), m_leftOut.begin(), m_leftOut.end());
    if (m_leftOutCount > m_leftOut.size())
        table.notes.push_back(base::sentence("… and {0} more.", m_leftOutCount - m_leftOut.size()));
}

}  // namespace perceptory::data
