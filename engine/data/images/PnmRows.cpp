// Netpbm's formats: P1 to P3 hold numbers as text, P4 to P6 as bytes (two, big-endian, where the largest value is above
// 255). Bitmaps, P1 and P4, hold 1 for black. A # begins a comment.

#include <algorithm>

#include "engine/base/Text.h"
#include "engine/data/images/Decoders.h"

namespace perceptory::data {

namespace {

constexpr bool isBlank(std::uint8_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr bool isDigit(std::uint8_t c) { return c >= '0' && c <= '9'; }

class PnmRows final : public ImageRows {
public:
    explicit PnmRows(const EncodedImage& encoded)
        : ImageRows(encoded.place), m_bytes(encoded.bytes), m_stored(encoded.pixels == Pixels::Stored) {}

    void open() {
        const int kind = m_bytes[1] - '0';
        m_isText = kind <= 3;
        m_isBitmap = kind % 3 == 1;
        m_at = 2;
        const std::int64_t width = header(), height = header();
        setSize({height, width, kind % 3 == 0 ? 3 : 1});
        m_most = m_isBitmap ? 1 : header();
        if (m_most < 1 || m_most > 65535) failDamaged();
        if (m_stored && m_most > 255)
            fail(base::sentence("{0}: its values have 16 bits. Save it with 8 bits, as grey or with a palette.",
                                place()));
        if (!m_isText) ++m_at;  // one blank, then bytes
        checkLength();
    }

    void next(std::uint8_t* row) override {
        for (std::size_t i = 0; i < size().rowValues(); ++i) row[i] = scaled(m_isText ? textValue() : byteValue(i));
        if (m_isBitmap && !m_isText) m_at += bitmapRow();
    }

private:
    std::size_t bitmapRow() const { return (size().rowValues() + 7) / 8; }

    // Text needs a digit and, but for bits, a blank for each value.
    void checkLength() const {
        const auto height = static_cast<std::size_t>(size().height);
        std::size_t wanted = size().values();
        if (m_isText)
            wanted = m_isBitmap ? wanted : 2 * wanted - 1;
        else
            wanted = m_isBitmap ? height * bitmapRow() : wanted * (m_most > 255 ? 2 : 1);
        if (m_at > m_bytes.size() || m_bytes.size() - m_at < wanted) failDamaged();
    }

    void skipBlanks() {
        bool inComment = false;
        for (; m_at < m_bytes.size() && (inComment || isBlank(m_bytes[m_at]) || m_bytes[m_at] == '#'); ++m_at)
            inComment = m_bytes[m_at] == '#' || (inComment && m_bytes[m_at] != '\n' && m_bytes[m_at] != '\r');
    }

    std::int64_t number() {
        std::int64_t value = 0;
        const std::size_t begin = m_at;
        for (; m_at < m_bytes.size() && isDigit(m_bytes[m_at]); ++m_at)
            value = std::min<std::int64_t>(10 * value + m_bytes[m_at] - '0', 1'000'000'000);
        if (m_at == begin) failDamaged();
        return value;
    }

    std::int64_t header() {
        skipBlanks();
        return number();
    }

    std::int64_t textValue() {
        skipBlanks();
        if (!m_isBitmap) return number();
        if (m_at == m_bytes.size() || (m_bytes[m_at] != '0' && m_bytes[m_at] != '1')) failDamaged();
        return m_bytes[m_at++] - '0';  // bits need no blank between them
    }

    std::int64_t byteValue(std::size_t i) {
        if (m_isBitmap) return m_bytes[m_at + i / 8] >> (7 - i % 8) & 1;
        std::int64_t value = m_bytes[m_at++];
        if (m_most > 255) value = value << 8 | m_bytes[m_at++];
        return value;
    }

    std::uint8_t scaled(std::int64_t value) const {
        if (value > m_most) failDamaged();
        if (m_stored) return static_cast<std::uint8_t>(value);
        if (m_isBitmap) return value ? 0 : 255;
        return static_cast<std::uint8_t>((value * 255 + m_most / 2) / m_most);
    }

    std::span<const std::uint8_t> m_bytes;
    bool m_stored, m_isText = false, m_isBitmap = false;
    std::size_t m_at = 0;  // read so far
    std::int64_t m_most = 1;
};

}  // namespace

std::unique_ptr<ImageRows> openPnm(const EncodedImage& encoded) {
    auto rows = std::make_unique<PnmRows>(encoded);
    rows->open();
    return rows;
}

}  // namespace perceptory::data
