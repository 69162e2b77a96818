// JPEG through libjpeg(-turbo). Its errors are long jumps: they start below and end in functions of this file that hold
// no object with a destructor, so none is jumped over. How a camera was held (EXIF) is not looked at.

#include <csetjmp>
#include <cstdio>

#include <jpeglib.h>

#include <jerror.h>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/data/images/Decoders.h"

namespace perceptory::data {

namespace {

// The library hands these back as pointers to their first members.
struct JumpingErrors {
    jpeg_error_mgr base;
    std::jmp_buf back;
    char words[JMSG_LENGTH_MAX];
};

[[noreturn]] void leave(j_common_ptr info) {
    auto* errors = reinterpret_cast<JumpingErrors*>(info->err);
    info->err->format_message(info, errors->words);
    std::longjmp(errors->back, 1);
}

// The library fills up what is missing with grey and goes on; here such an image is damaged.
void warn(j_common_ptr info, int level) {
    const int code = info->err->msg_code;
    const bool isDamage = code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER || code == JWRN_HUFF_BAD_CODE ||
                          code == JWRN_ARITH_BAD_CODE || code == JWRN_MUST_RESYNC;
    if (level < 0 && isDamage) leave(info);
}

void keepQuiet(j_common_ptr) {}

// A small file can ask for thousands of passes over a large image.
void watchPasses(j_common_ptr info) {
    constexpr int most = 100;
    if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > most) leave(info);
}

class JpegRows final : public ImageRows {
public:
    explicit JpegRows(const EncodedImage& encoded) : ImageRows(encoded.place) {
        m_info.err = jpeg_std_error(&m_errors.base);
        m_errors.base.error_exit = leave;
        m_errors.base.emit_message = warn;
        m_errors.base.output_message = keepQuiet;
        m_progress.progress_monitor = watchPasses;
    }
    ~JpegRows() override { jpeg_destroy_decompress(&m_info); }

    void open(std::span<const std::uint8_t> bytes) {
        if (!readHeader(bytes.data(), bytes.size())) failDamaged(m_errors.words);
        setSize({m_info.image_height, m_info.image_width, m_info.num_components == 1 ? 1 : 3});
        if (m_info.num_components != 1 && m_info.num_components != 3)
            fail(base::sentence("{0}: its colours are those of printing (CMYK). Save it as RGB.", place()));
        if (start()) return;
        if (m_errors.base.msg_code == JERR_NO_BACKING_STORE) failTooLarge();
        failDamaged(m_errors.words);
    }

    void next(std::uint8_t* row) override {
        if (!readRow(row)) failDamaged(m_errors.words);
    }

private:
    bool readHeader(const std::uint8_t* bytes, std::size_t count) {
        if (setjmp(m_errors.back)) return false;
        jpeg_create_decompress(&m_info);
        m_info.mem->max_memory_to_use = mostKept;
        m_info.progress = &m_progress;
        jpeg_mem_src(&m_info, bytes, count);
        return jpeg_read_header(&m_info, TRUE) == JPEG_HEADER_OK;
    }

    bool start() {
        if (setjmp(m_errors.back)) return false;
        m_info.out_color_space = m_info.num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
        return jpeg_start_decompress(&m_info) == TRUE;
    }

    bool readRow(std::uint8_t* row) {
        if (setjmp(m_errors.back)) return false;
        return jpeg_read_scanlines(&m_info, &row, 1) == 1;
    }

    jpeg_decompress_struct m_info{};
    JumpingErrors m_errors{};
    jpeg_progress_mgr m_progress{};
};

}  // namespace

std::unique_ptr<ImageRows> openJpeg(const EncodedImage& encoded) {
    if (encoded.pixels == Pixels::Stored)
        throw base::Error(base::sentence(
            "{0}: JPEG changes values a little, so numbers of classes are lost in it. Save it as PNG.", encoded.place));
    auto rows = std::make_unique<JpegRows>(encoded);
    rows->open(encoded.bytes);
    return rows;
}

}  // namespace perceptory::data
