// Windows bitmaps: a file header of 14 bytes, an information header whose first number is its length, a palette of
// blue, green, red (, 0), and rows padded to 4 bytes, the lowest first unless the height is negative. All numbers are
// little-endian.

#include <array>

#include "engine/base/Text.h"
#include "engine/data/images/Decoders.h"

namespace perceptory::data {

namespace {

class BmpRows final : public ImageRows {
public:
    explicit BmpRows(const EncodedImage& encoded) : ImageRows(encoded.place), m_bytes(encoded.bytes) {}

    void open(Pixels pixels) {
        readHeader();
        m_indices = pixels == Pixels::Stored && m_bits <= 8;
        if (m_bits <= 8) readPalette();
        setSize({size().height, size().width, m_bits > 8 || (!m_indices && !m_isGrey) ? 3 : 1});
        m_stride = (static_cast<std::size_t>(size().width) * m_bits + 31) / 32 * 4;
        if (m_first > m_bytes.size() || m_stride * static_cast<std::size_t>(size().height) > m_bytes.size() - m_first)
            failDamaged();
    }

    void next(std::uint8_t* row) override {
        const std::size_t y = m_next++;
        const std::size_t stored = m_fromTop ? y : static_cast<std::size_t>(size().height) - 1 - y;
        const std::uint8_t* from = m_bytes.data() + m_first + stored * m_stride;
        for (std::size_t x = 0; x < static_cast<std::size_t>(size().width); ++x)
            row = m_bits > 8 ? takeColour(from + x * m_bits / 8, row) : takeIndex(index(from, x), row);
    }

private:
    using Colour = std::array<std::uint8_t, 3>;

    std::uint32_t number(std::size_t at, std::size_t bytes) const {
        if (at + bytes > m_bytes.size()) failDamaged();
        std::uint32_t value = 0;
        for (std::size_t i = bytes; i-- > 0;) value = value << 8 | m_bytes[at + i];
        return value;
    }

    std::int64_t signedNumber(std::size_t at) const { return static_cast<std::int32_t>(number(at, 4)); }

    void readHeader() {
        m_first = number(10, 4);
        m_header = number(14, 4);
        m_isOld = m_header == 12;
        const std::int64_t width = m_isOld ? number(18, 2) : signedNumber(18);
        const std::int64_t height = m_isOld ? number(20, 2) : signedNumber(22);
        m_fromTop = height < 0;
        setSize({m_fromTop ? -height : height, width, 1});
        m_bits = number(m_isOld ? 24 : 28, 2);
        if (m_bits != 1 && m_bits != 4 && m_bits != 8 && m_bits != 24 && m_bits != 32)
            fail(base::sentence("{0}: a bitmap of {1} bits a pixel is not read. Save it as PNG.", place(), m_bits));
        const std::uint32_t packing = m_isOld ? 0 : number(30, 4);
        if (packing != 0 && !hasUsualMasks(packing))
            fail(base::sentence("{0}: a compressed bitmap is not read. Save it as PNG.", place()));
    }

    // 32 bits whose masks say what is usual anyway, as several programs write them.
    bool hasUsualMasks(std::uint32_t packing) const {
        constexpr std::uint32_t masks = 3;
        return packing == masks && m_bits == 32 && number(54, 4) == 0xff0000 && number(58, 4) == 0xff00 &&
               number(62, 4) == 0xff;
    }

    void readPalette() {
        const std::size_t most = std::size_t{1} << m_bits, entry = m_isOld ? 3 : 4;
        const std::size_t used = m_isOld ? 0 : number(46, 4);
        if (used > most) failDamaged();
        m_colours = used == 0 ? most : used;
        for (std::size_t i = 0; i < m_colours; ++i) {
            const std::size_t at = 14 + m_header + i * entry;
            for (std::size_t c = 0; c < 3; ++c) m_palette[i][c] = static_cast<std::uint8_t>(number(at + 2 - c, 1));
            m_isGrey &= m_palette[i][0] == m_palette[i][1] && m_palette[i][1] == m_palette[i][2];
        }
    }

    std::size_t index(const std::uint8_t* row, std::size_t x) const {
        const std::size_t bit = x * m_bits, shift = 8 - m_bits - bit % 8;
        return row[bit / 8] >> shift & ((1u << m_bits) - 1);
    }

    std::uint8_t* takeIndex(std::size_t index, std::uint8_t* into) const {
        if (index >= m_colours) failDamaged();
        *into++ = m_indices ? static_cast<std::uint8_t>(index) : m_palette[index][0];
        for (std::size_t c = 1; c < static_cast<std::size_t>(size().channels); ++c) *into++ = m_palette[index][c];
        return into;
    }

    static std::uint8_t* takeColour(const std::uint8_t* pixel, std::uint8_t* into) {
        for (std::size_t c = 0; c < 3; ++c) *into++ = pixel[2 - c];
        return into;
    }

    std::span<const std::uint8_t> m_bytes;
    std::size_t m_first = 0, m_header = 0, m_stride = 0, m_colours = 0, m_next = 0;
    std::uint32_t m_bits = 0;
    bool m_isOld = false, m_fromTop = false, m_indices = false, m_isGrey = true;
    std::array<Colour, 256> m_palette{};
};

}  // namespace

std::unique_ptr<ImageRows> openBmp(const EncodedImage& encoded) {
    auto rows = std::make_unique<BmpRows>(encoded);
    rows->open(encoded.pixels);
    return rows;
}

}  // namespace perceptory::data
