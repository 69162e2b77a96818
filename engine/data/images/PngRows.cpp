// PNG through libpng. Its errors are long jumps: they start below and end in functions of this file that hold no object
// with a destructor, so none is jumped over.

#include <png.h>

#include <algorithm>
#include <csetjmp>
#include <cstring>

#include "engine/base/Text.h"
#include "engine/data/images/Decoders.h"

namespace perceptory::data {

namespace {

class PngRows final : public ImageRows {
public:
    explicit PngRows(const EncodedImage& encoded) : ImageRows(encoded.place), m_bytes(encoded.bytes) {}
    ~PngRows() override { png_destroy_read_struct(&m_png, &m_info, nullptr); }

    void open(Pixels pixels) {
        checkClaim();
        m_png = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, leave, ignore);
        m_info = m_png ? png_create_info_struct(m_png) : nullptr;
        if (!m_info) fail(base::sentence("{0}: there is no memory left to open it.", place()));
        if (!readHeader()) failDamaged(m_words);
        if (pixels == Pixels::Stored && png_get_bit_depth(m_png, m_info) == 16)
            fail(base::sentence("{0}: its values have 16 bits. Save it with 8 bits, as grey or with a palette.",
                                place()));
        if (!choose(pixels)) failDamaged(m_words);
        m_stored = png_get_channels(m_png, m_info);
        setSize({size().height, size().width, m_stored < 3 ? 1 : 3});
        if (m_passes > 1) keepAll();
        m_row.resize(png_get_rowbytes(m_png, m_info));
    }

    void next(std::uint8_t* row) override {
        if (m_passes > 1)
            std::memcpy(m_row.data(), m_all.data() + m_next++ * m_row.size(), m_row.size());
        else if (!readRow(m_row.data()))
            failDamaged(m_words);
        if (m_stored % 2 == 0)
            compose(row);
        else
            std::ranges::copy(m_row, row);
    }

private:
    // libpng refuses large images as well, but in words that say "damaged".
    void checkClaim() {
        if (m_bytes.size() < 24) failDamaged();
        const auto number = [this](std::size_t at) {
            return std::int64_t{m_bytes[at]} << 24 | m_bytes[at + 1] << 16 | m_bytes[at + 2] << 8 | m_bytes[at + 3];
        };
        setSize({number(20), number(16), 1});
    }

    bool readHeader() {
        if (setjmp(png_jmpbuf(m_png))) return false;
        png_set_read_fn(m_png, this, take);
        png_set_user_limits(m_png, mostSide, mostSide);
        png_set_chunk_malloc_max(m_png, std::size_t{8} << 20);
        png_set_chunk_cache_max(m_png, 16);
        // All but header, palette, transparency and pixels: packed texts and profiles can unpack to anything.
        png_set_keep_unknown_chunks(m_png, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
        png_read_info(m_png, m_info);
        return true;
    }

    // The form in which libpng gives rows: 8 bits, 1 to 4 channels.
    bool choose(Pixels pixels) {
        if (setjmp(png_jmpbuf(m_png))) return false;
        if (pixels == Pixels::Stored) {
            png_set_packing(m_png);
            png_set_strip_alpha(m_png);
        } else {
            png_set_expand(m_png);
            png_set_scale_16(m_png);
        }
        m_passes = png_set_interlace_handling(m_png);
        png_read_update_info(m_png, m_info);
        return true;
    }

    void keepAll() {
        const std::size_t bytes = png_get_rowbytes(m_png, m_info) * static_cast<std::size_t>(size().height);
        if (bytes > static_cast<std::size_t>(mostKept)) failTooLarge();
        m_all.resize(bytes);
        for (int pass = 0; pass < m_passes; ++pass)
            for (std::size_t at = 0; at < bytes; at += png_get_rowbytes(m_png, m_info))
                if (!readRow(m_all.data() + at)) failDamaged(m_words);
    }

    bool readRow(std::uint8_t* row) {
        if (setjmp(png_jmpbuf(m_png))) return false;
        png_read_row(m_png, row, nullptr);
        return true;
    }

    // Transparency, the last channel, on white. Not libpng's own way, which would bring its gamma in.
    void compose(std::uint8_t* row) const {
        const std::size_t colours = m_stored - 1u;
        for (const std::uint8_t* pixel = m_row.data(); pixel != m_row.data() + m_row.size(); pixel += m_stored) {
            const int alpha = pixel[colours];
            for (std::size_t c = 0; c < colours; ++c)
                *row++ = static_cast<std::uint8_t>((pixel[c] * alpha + 255 * (255 - alpha) + 127) / 255);
        }
    }

    static void take(png_structp png, png_bytep into, std::size_t count) {
        auto& self = *static_cast<PngRows*>(png_get_io_ptr(png));
        if (count > self.m_bytes.size()) png_error(png, "cut off");
        std::memcpy(into, self.m_bytes.data(), count);
        self.m_bytes = self.m_bytes.subspan(count);
    }

    [[noreturn]] static void leave(png_structp png, png_const_charp words) {
        auto& self = *static_cast<PngRows*>(png_get_error_ptr(png));
        std::strncpy(self.m_words, words, sizeof self.m_words - 1);
        png_longjmp(png, 1);
    }
    static void ignore(png_structp, png_const_charp) {}

    std::span<const std::uint8_t> m_bytes;  // not yet read
    png_structp m_png = nullptr;
    png_infop m_info = nullptr;
    char m_words[120] = {};
    int m_passes = 1;
    std::uint8_t m_stored = 1;               // channels with transparency
    std::vector<std::uint8_t> m_row, m_all;  // m_all: of interlaced images
    std::size_t m_next = 0;
};

}  // namespace

std::unique_ptr<ImageRows> openPng(const EncodedImage& encoded) {
    auto rows = std::make_unique<PngRows>(encoded);
    rows->open(encoded.pixels);
    return rows;
}

}  // namespace perceptory::data
