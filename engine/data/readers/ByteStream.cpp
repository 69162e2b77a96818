#include "engine/data/readers/ByteStream.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::data {

class ByteStream::Unpacker {
public:
    explicit Unpacker(const base::RegularFile& file) : m_file(file), m_piece(std::size_t{1} << 16) {
        if (inflateInit2(&m_stream, 16 + MAX_WBITS) != Z_OK)
            throw base::Error(
                base::sentence("{0}: there is no memory left to unpack it. Close other programs.", file.path()));
    }
    ~Unpacker() { inflateEnd(&m_stream); }
    Unpacker(const Unpacker&) = delete;
    Unpacker& operator=(const Unpacker&) = delete;

    std::int64_t taken() const { return m_taken - m_stream.avail_in; }

    std::size_t read(std::span<std::uint8_t> bytes) {
        bytes = bytes.first(std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max()));
        m_stream.next_out = bytes.data();
        m_stream.avail_out = static_cast<uInt>(bytes.size());
        while (m_stream.avail_out > 0 && !m_ended) unpack();
        return bytes.size() - m_stream.avail_out;
    }

private:
    void unpack() {
        if (m_stream.avail_in == 0) refill();
        // Without input that gives Z_BUF_ERROR: the file was cut off.
        const int state = inflate(&m_stream, Z_NO_FLUSH);
        m_ended = state == Z_STREAM_END;
        if (state != Z_OK && !m_ended)
            throw base::Error(base::sentence("{0}: the packed file is damaged or cut off. Download or copy it again.",
                                             m_file.path()));
    }

    void refill() {
        const std::int64_t left = m_file.size() - m_taken;
        const auto count = static_cast<std::size_t>(std::min(left, static_cast<std::int64_t>(m_piece.size())));
        m_file.read(m_taken, std::as_writable_bytes(std::span(m_piece).first(count)));
        m_taken += static_cast<std::int64_t>(count);
        m_stream.next_in = m_piece.data();
        m_stream.avail_in = static_cast<uInt>(count);
    }

    const base::RegularFile& m_file;
    std::vector<std::uint8_t> m_piece;
    std::int64_t m_taken = 0;
    bool m_ended = false;
    z_stream m_stream{};
};

ByteStream::ByteStream(const std::filesystem::path& path, std::int64_t most) : m_file(path.string()), m_most(most) {
    if (m_file.size() > most)
        throw base::Error(base::sentence("{0}: it has more than {1} bytes. Use a smaller file.", place(), most));
    if (m_file.head(2) == "\x1f\x8b") m_unpacker = std::make_unique<Unpacker>(m_file);
}

ByteStream::~ByteStream() = default;

std::int64_t ByteStream::mostBytes() const {
    constexpr std::int64_t mostOfOneByte = 1032;  // what a byte of deflate can stand for
    return isPacked() ? std::min(m_most, m_file.size() * mostOfOneByte) : m_file.size();
}

std::size_t ByteStream::readPlain(std::span<std::uint8_t> bytes) {
    const std::int64_t left = m_file.size() - m_given;
    bytes = bytes.first(static_cast<std::size_t>(std::min(left, static_cast<std::int64_t>(bytes.size()))));
    m_file.read(m_given, std::as_writable_bytes(bytes));
    return bytes.size();
}

std::size_t ByteStream::read(std::span<std::uint8_t> bytes) {
    const std::size_t count = m_unpacker ? m_unpacker->read(bytes) : readPlain(bytes);
    m_given += static_cast<std::int64_t>(count);
    if (m_given > m_most)
        throw base::Error(
            base::sentence("{0}: it unpacks to more than {1} bytes. Use a smaller file.", place(), m_most));
    return count;
}

std::int64_t ByteStream::skipRest() {
    const std::int64_t before = m_given;
    std::vector<std::uint8_t> piece(pieceBytes);
    while (read(piece) > 0) continue;
    return m_given - before;
}

double ByteStream::share() const {
    if (m_file.size() == 0) return 1;
    const std::int64_t taken = m_unpacker ? m_unpacker->taken() : m_given;
    return static_cast<double>(taken) / static_cast<double>(m_file.size());
}

}  // namespace perceptory::data
