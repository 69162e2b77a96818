#include "engine/data/readers/PixelFile.h"

#include <zlib.h>

#include "engine/base/RegularFile.h"
#include "engine/base/Text.h"
#include "engine/data/MemoryLimit.h"

namespace perceptory::data {

namespace {

// Unpacks piece by piece, so that no header is believed.
class Unpacker {
public:
    explicit Unpacker(const std::string& path) : m_path(path) {
        if (inflateInit2(&m_stream, 16 + MAX_WBITS) != Z_OK)
            throw base::Error(base::sentence("{0}: there is no memory left to unpack it.", m_path));
    }
    ~Unpacker() { inflateEnd(&m_stream); }
    Unpacker(const Unpacker&) = delete;
    Unpacker& operator=(const Unpacker&) = delete;

    std::vector<std::uint8_t> run(std::vector<std::uint8_t>& packed, std::int64_t most) {
        std::vector<std::uint8_t> bytes, piece(1 << 18);
        m_stream.next_in = packed.data();
        m_stream.avail_in = static_cast<uInt>(packed.size());
        int state = Z_OK;
        while (state != Z_STREAM_END) {
            m_stream.next_out = piece.data();
            m_stream.avail_out = static_cast<uInt>(piece.size());
            state = inflate(&m_stream, Z_NO_FLUSH);
            if (state != Z_OK && state != Z_STREAM_END)
                throw base::Error(
                    base::sentence("{0}: the packed file is damaged or cut off. Download or copy it again.", m_path));
            bytes.insert(bytes.end(), piece.begin(), piece.end() - m_stream.avail_out);
            if (std::ssize(bytes) > most)
                throw base::Error(
                    base::sentence("{0}: it unpacks to more than {1} bytes. Use a smaller file.", m_path, most));
        }
        return bytes;
    }

private:
    const std::string& m_path;
    z_stream m_stream{};
};

}  // namespace

std::vector<std::uint8_t> readBytes(const std::filesystem::path& path, std::int64_t most) {
    const std::string name = path.string();
    const base::RegularFile file(name);
    if (file.size() > most)
        throw base::Error(base::sentence("{0}: it has more than {1} bytes. Use a smaller file.", name, most));
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(file.size()));
    file.read(0, std::as_writable_bytes(std::span(bytes)));
    const bool packed = bytes.size() > 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
    return packed ? Unpacker(name).run(bytes, most) : bytes;
}

Table pixelTable(const PixelShape& shape, std::size_t rows, const ReadRequest& request) {
    checkMemory(rows, 2 * shape.values(), request.memoryLimit, request.path.string());
    Table table;
    table.shape = {shape.height, shape.width, shape.channels};
    table.values.reserve(rows * shape.values());
    for (std::int64_t y = 0; y < shape.height; ++y)
        for (std::int64_t x = 0; x < shape.width; ++x)
            for (std::int64_t c = 0; c < shape.channels; ++c)
                table.columns.push_back("pixel_" + std::to_string(y) + "_" + std::to_string(x) +
                                        (shape.channels > 1 ? "_" + std::to_string(c) : ""));
    return table;
}

void useModelClasses(const ReadRequest& request, Table& table) {
    if (!request.pipeline || request.classNames.empty()) return;
    table.classNames = request.classNames;
    for (std::int32_t& label : table.labels)
        if (label >= std::ssize(table.classNames)) label = -1;
}

bool fitsModel(const PixelShape& shape, const ReadRequest& request, base::Problems& problems) {
    if (!request.pipeline || request.pipeline->rawCount() == shape.values()) return true;
    problems.push_back({request.path.string(), base::Severity::Error,
                        base::sentence("Its images have {0} values, but the model was trained with {1}.",
                                       shape.values(), request.pipeline->rawCount()),
                        base::sentence("Choose images of the size the model was trained with.")});
    return false;
}

}  // namespace perceptory::data
