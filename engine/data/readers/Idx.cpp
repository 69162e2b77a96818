// The format of MNIST (LeCun, "The MNIST database"): big-endian sizes after the bytes 0, 0, type, dimensions; bytes as
// values. Files come in pairs: images, then labels. Packed files (.gz) are unpacked.

#include <algorithm>
#include <array>

#include "engine/base/Text.h"
#include "engine/data/Counts.h"
#include "engine/data/readers/PixelFile.h"

namespace perceptory::data {

namespace {

class IdxFile {
public:
    // Throws Error when it is no such file, or cannot hold what its header promises.
    IdxFile(const ReadRequest& request, std::size_t index)
        : m_request(request), m_index(index), m_stream(openBytes(request, index)) {
        std::array<std::uint8_t, 4> start{};
        const bool whole = m_stream.read(start) == start.size();
        if (!whole || start[0] != 0 || start[1] != 0 || start[3] == 0 || start[3] > 4)
            throw base::Error(
                base::sentence("{0}: this is no idx file. Choose a file such as train-images-idx3-ubyte.gz.", place()));
        if (start[2] != 0x08)
            throw base::Error(base::sentence(
                "{0}: its values are no bytes, which is all this program reads. Convert it to bytes.", place()));
        readSizes(start[3]);
    }

    const std::string& place() const { return m_stream.place(); }
    const std::vector<std::int64_t>& sizes() const { return m_sizes; }

    // All values, in pieces of whole rows.
    template <class Take>
    void eachPiece(std::size_t row, const Take& take) {
        const std::size_t rows = std::max<std::size_t>(1, ByteStream::pieceBytes / row);
        std::vector<std::uint8_t> piece(rows * row);
        for (std::int64_t done = 0; done < m_values;) {
            const auto wanted = static_cast<std::size_t>(std::min(std::ssize(piece), m_values - done));
            const std::size_t count = m_stream.read(std::span(piece).first(wanted));
            done += static_cast<std::int64_t>(count);
            if (count < wanted) refuseLength(done);
            take(std::span<const std::uint8_t>(piece).first(count));
            tellProgress(m_request, m_index, m_stream);
        }
        if (const std::int64_t more = m_stream.skipRest()) refuseLength(m_values + more);
    }

private:
    void readSizes(std::size_t count) {
        std::vector<std::uint8_t> bytes(4 * count);
        bytes.resize(m_stream.read(bytes));
        for (std::size_t i = 0; i + 4 <= bytes.size(); i += 4) {
            m_sizes.push_back(std::int64_t{bytes[i]} << 24 | bytes[i + 1] << 16 | bytes[i + 2] << 8 | bytes[i + 3]);
            // More than a file can have is as good as any number beyond.
            if (__builtin_mul_overflow(m_values, m_sizes.back(), &m_values) || m_values > mostFileBytes)
                m_values = mostFileBytes + 1;
        }
        const std::int64_t first = 4 + std::ssize(bytes), follow = m_stream.mostBytes() - first;
        const bool canHold = m_stream.isPacked() ? m_values <= follow : m_values == follow;
        if (m_sizes.size() < count || !canHold) refuseLength(m_stream.isPacked() ? m_stream.skipRest() : follow);
    }

    [[noreturn]] void refuseLength(std::int64_t follow) const {
        throw base::Error(base::sentence(
            "{0}: its header promises {1}, but has {2} behind it, so it is cut off or damaged. Download "
            "or copy it again.",
            place(), valuesText(m_values), base::counted("{0} byte", "{0} bytes", std::max<std::int64_t>(0, follow))));
    }

    const ReadRequest& m_request;
    std::size_t m_index;
    ByteStream m_stream;
    std::vector<std::int64_t> m_sizes;
    std::int64_t m_values = 1;
};

PixelShape shapeOf(const IdxFile& file) {
    const std::vector<std::int64_t>& sizes = file.sizes();
    if (sizes.size() < 3)
        throw base::Error(
            base::sentence("{0}: it holds labels or numbers, not images. Name the images first, then their "
                           "labels.",
                           file.place()));
    const std::int64_t values = productUpTo(mostRowValues, std::span(sizes).subspan(1));
    if (values < 1 || values > mostRowValues)
        throw base::Error(
            base::sentence("{0}: its images have no pixels, or more than {1}. It is damaged, or the images "
                           "must be made smaller.",
                           file.place(), mostRowValues));
    return {sizes[1], sizes[2], sizes.size() == 4 ? sizes[3] : 1};
}

void takeLabels(const IdxFile& images, IdxFile labels, Table& table) {
    if (labels.sizes().size() != 1)
        throw base::Error(
            base::sentence("{0}: this should hold the labels, one number for each image. Name images and "
                           "labels in turn.",
                           labels.place()));
    if (labels.sizes()[0] != images.sizes()[0])
        throw base::Error(base::sentence("{0}: it has {1}, but {2} has {3}. Name the files that belong together.",
                                         labels.place(), base::counted("{0} label", "{0} labels", labels.sizes()[0]),
                                         images.place(), base::counted("{0} image", "{0} images", images.sizes()[0])));
    std::size_t classes = table.classNames.size();
    labels.eachPiece(1, [&](std::span<const std::uint8_t> piece) {
        table.labels.insert(table.labels.end(), piece.begin(), piece.end());
        classes = std::max<std::size_t>(classes, *std::ranges::max_element(piece) + std::size_t{1});
    });
    while (table.classNames.size() < classes) table.classNames.push_back(std::to_string(table.classNames.size()));
}

std::optional<Table> read(const ReadRequest& request, base::Problems& problems) {
    const std::size_t step = request.needsTarget ? 2 : request.paths.size() > 1 ? 2 : 1;
    if (request.paths.size() % step != 0)
        throw base::Error(base::sentence("{0}: its labels are missing. Name two files, images and labels.",
                                         request.paths.back().string()));
    std::optional<Table> table;
    PixelShape shape;
    for (std::size_t i = 0; i < request.paths.size(); i += step) {
        IdxFile images(request, i);
        if (!table) {
            shape = shapeOf(images);
            if (!fitsModel(shape, request, problems)) return {};
            table = pixelTable(shape);
        } else if (shapeOf(images) != shape) {
            throw base::Error(
                base::sentence("{0}: its images have another size than those before. Name files of one "
                               "size.",
                               images.place()));
        }
        images.eachPiece(shape.values(), [&](std::span<const std::uint8_t> piece) { table->values.append(piece); });
        table->count += static_cast<std::size_t>(images.sizes()[0]);
        if (step == 2) takeLabels(images, IdxFile(request, i + 1), *table);
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
