#include "engine/data/readers/CifarFile.h"

#include <array>

#include "engine/base/RegularFile.h"
#include "engine/base/Text.h"
#include "engine/data/readers/PixelFile.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

namespace {

constexpr std::size_t side = 32, pixels = side * side, recordsAtOnce = 64;

// Without a list of as many names the classes are called by their numbers.
std::vector<std::string> numbered(std::size_t count) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) names.push_back(std::to_string(i));
    return names;
}

std::vector<std::string> classNames(const std::filesystem::path& list, std::size_t count) try {
    const std::string text = base::RegularFile(list.string()).text(1 << 16);
    std::vector<std::string> names;
    for (std::size_t at = 0; at < text.size() && names.size() < count;) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string name = text.substr(at, end - at);
        if (name.ends_with('\r')) name.pop_back();
        if (!name.empty() && name.size() < 100) names.push_back(asUtf8(name));
        at = end + 1;
    }
    return names.size() == count ? names : numbered(count);
} catch (const base::Error&) {
    return numbered(count);
}

class CifarFiles {
public:
    CifarFiles(const CifarFormat& format, const ReadRequest& request, Table& table)
        : m_format(format), m_request(request), m_table(table) {}

    void take(std::size_t index) {
        ByteStream stream = openBytes(m_request, index);
        if (!stream.isPacked()) checkLength(stream.place(), stream.mostBytes());
        std::vector<std::uint8_t> piece(recordsAtOnce * record());
        std::int64_t bytes = 0;
        for (std::size_t count = stream.read(piece); count > 0; count = stream.read(piece)) {
            for (std::size_t at = 0; at + record() <= count; at += record())
                takeRecord(piece.data() + at, stream.place(), (bytes + std::int64_t(at)) / std::int64_t(record()) + 1);
            bytes += static_cast<std::int64_t>(count);
            tellProgress(m_request, index, stream);
        }
        checkLength(stream.place(), bytes);
    }

private:
    std::size_t record() const { return m_format.classes.size() + 3 * pixels; }

    void checkLength(const std::string& place, std::int64_t bytes) const {
        if (bytes > 0 && bytes % static_cast<std::int64_t>(record()) == 0) return;
        throw base::Error(
            base::sentence("{0}: its length, {1}, is no whole number of images of {2} bytes each. It is cut off, or no "
                           "binary file of {3}: download it again, or choose another.",
                           place, base::counted("{0} byte", "{0} bytes", bytes), record(), m_format.name));
    }

    void takeRecord(const std::uint8_t* bytes, const std::string& place, std::int64_t number) {
        for (std::size_t i = 0; i < m_format.classes.size(); ++i)
            if (bytes[i] >= m_format.classes[i])
                throw base::Error(
                    base::sentence("{0}: image {1} is of class {2}, but there are {3}, so this is no binary "
                                   "file of {4}. Choose another file.",
                                   place, number, int{bytes[i]}, m_format.classes[i], m_format.name));
        const std::uint8_t* colours = bytes + m_format.classes.size();
        std::array<std::uint8_t, 3 * pixels> image{};  // channels last
        for (std::size_t p = 0; p < pixels; ++p)
            for (std::size_t c = 0; c < 3; ++c) image[3 * p + c] = colours[c * pixels + p];
        m_table.values.append(image);
        m_table.labels.push_back(bytes[m_format.label]);
        ++m_table.count;
    }

    const CifarFormat& m_format;
    const ReadRequest& m_request;
    Table& m_table;
};

}  // namespace

std::optional<Table> readCifar(const CifarFormat& format, const ReadRequest& request, base::Problems& problems) {
    const PixelShape shape{side, side, 3};
    if (!fitsModel(shape, request, problems)) return {};
    Table table = pixelTable(shape);
    table.classNames = classNames(request.path.parent_path() / format.namesFile, format.classes[format.label]);
    CifarFiles files(format, request, table);
    for (std::size_t i = 0; i < request.paths.size(); ++i) files.take(i);
    useModelClasses(request, table);
    return table;
}

}  // namespace perceptory::data
