// The format of MNIST (LeCun, "The MNIST database"): big-endian sizes after the bytes 0, 0, type, dimensions; bytes as
// values. Files come in pairs: images, then labels. Packed files (.gz) are unpacked.

#include <algorithm>

#include "engine/base/Text.h"
#include "engine/data/readers/PixelFile.h"

namespace perceptory::data {

namespace {

constexpr std::int64_t mostBytes = std::int64_t{2} << 30;

struct IdxFile {
    std::string place;
    std::vector<std::int64_t> sizes;
    std::vector<std::uint8_t> bytes;  // the header included
    std::size_t first = 0;            // of the values
};

IdxFile readIdx(const std::filesystem::path& path, const ReadRequest& request) {
    IdxFile file{path.string(), {}, readBytes(path, std::min(request.memoryLimit, mostBytes)), 0};
    const std::vector<std::uint8_t>& b = file.bytes;
    if (b.size() < 4 || b[0] != 0 || b[1] != 0 || b[3] == 0 || b[3] > 4)
        throw base::Error(
            base::sentence("{0}: this is no idx file. Choose a file such as train-images-idx3-ubyte.gz.", file.place));
    if (b[2] != 0x08)
        throw base::Error(base::sentence(
            "{0}: its values are no bytes, which is all this program reads. Convert it to bytes.", file.place));
    file.first = 4 + 4 * std::size_t{b[3]};
    std::int64_t values = 1;
    for (std::size_t i = 0; i < b[3] && file.first <= b.size(); ++i) {
        const std::uint8_t* size = &b[4 + 4 * i];
        file.sizes.push_back(std::int64_t{size[0]} << 24 | size[1] << 16 | size[2] << 8 | size[3]);
        values = std::min(values * file.sizes.back(), mostBytes + 1);
    }
    if (file.first > b.size() || values != std::ssize(b) - static_cast<std::int64_t>(file.first))
        throw base::Error(
            base::sentence("{0}: its header promises {1} values, but {2} bytes follow. It is cut off or "
                           "damaged; download or copy it again.",
                           file.place, values, std::max<std::int64_t>(0, std::ssize(b) - std::int64_t(file.first))));
    return file;
}

PixelShape shapeOf(const IdxFile& file) {
    if (file.sizes.size() < 3)
        throw base::Error(
            base::sentence("{0}: it holds labels or numbers, not images. Name the images first, then their "
                           "labels.",
                           file.place));
    return {file.sizes[1], file.sizes[2], file.sizes.size() == 4 ? file.sizes[3] : 1};
}

void takeLabels(const IdxFile& images, const IdxFile& labels, Table& table) {
    if (labels.sizes.size() != 1)
        throw base::Error(
            base::sentence("{0}: this should hold the labels, one number for each image. Name images and "
                           "labels in turn.",
                           labels.place));
    if (labels.sizes[0] != images.sizes[0])
        throw base::Error(
            base::sentence("{0}: it has {1} labels for the {2} images of {3}. Name the files that belong "
                           "together.",
                           labels.place, labels.sizes[0], images.sizes[0], images.place));
    for (std::size_t i = labels.first; i < labels.bytes.size(); ++i) {
        table.labels.push_back(labels.bytes[i]);
        while (table.classNames.size() <= labels.bytes[i])
            table.classNames.push_back(std::to_string(table.classNames.size()));
    }
}

std::optional<Table> read(const ReadRequest& request, base::Problems& problems) {
    const std::size_t step = request.needsTarget ? 2 : request.paths.size() > 1 ? 2 : 1;
    if (request.paths.size() % step != 0)
        throw base::Error(base::sentence("{0}: its labels are missing. Name two files, images and labels.",
                                         request.paths.back().string()));
    std::optional<Table> table;
    PixelShape shape;
    for (std::size_t i = 0; i < request.paths.size(); i += step) {
        const IdxFile images = readIdx(request.paths[i], request);
        if (!table) {
            shape = shapeOf(images);
            if (!fitsModel(shape, request, problems)) return {};
            table = pixelTable(shape, static_cast<std::size_t>(images.sizes[0]), request);
        } else if (const PixelShape other = shapeOf(images);
                   other.height != shape.height || other.width != shape.width || other.channels != shape.channels) {
            throw base::Error(
                base::sentence("{0}: its images have another size than those before. Name files of one "
                               "size.",
                               images.place));
        }
        for (std::size_t b = images.first; b < images.bytes.size(); ++b)
            table->values.push_back(static_cast<float>(images.bytes[b]) / 255.0f);
        table->count += static_cast<std::size_t>(images.sizes[0]);
        if (step == 2) takeLabels(images, readIdx(request.paths[i + 1], request), *table);
    }
    if (table) useModelClasses(request, *table);
    return table;
}

}  // namespace

const ReaderType reader_members::Idx{{"idx",
                                      "Images (idx)",
                                      "The format of MNIST: a file of images and a file of labels, in this order, "
                                      "packed (.gz) or not. Pixels are divided "
                                      "by 255.",
                                      {}},
                                     {".gz"},
                                     read,
                                     true};

}  // namespace perceptory::data
