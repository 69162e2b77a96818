#pragma once
// An image as a JPEG file of the best quality, without chroma subsampling.

#include <cstdio>
#include <cstdlib>
#include <vector>

#include <jpeglib.h>

#include "engine/data/images/Image.h"

namespace perceptory::support {

inline std::vector<std::uint8_t> jpeg(const data::Image& image, bool progressive = false,
                                      J_COLOR_SPACE space = JCS_UNKNOWN) {
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char* bytes = nullptr;
    unsigned long count = 0;
    jpeg_mem_dest(&info, &bytes, &count);
    info.image_width = unsigned(image.size.width);
    info.image_height = unsigned(image.size.height);
    info.input_components = int(image.size.channels);
    info.in_color_space = space != JCS_UNKNOWN ? space : image.size.channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, 100, TRUE);
    for (int c = 0; c < info.num_components; ++c) info.comp_info[c].h_samp_factor = info.comp_info[c].v_samp_factor = 1;
    if (progressive) jpeg_simple_progression(&info);
    jpeg_start_compress(&info, TRUE);
    for (std::size_t y = 0; y < info.image_height; ++y) {
        JSAMPROW row = const_cast<std::uint8_t*>(image.values.data() + y * image.size.rowValues());
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    const std::vector<std::uint8_t> result(bytes, bytes + count);
    std::free(bytes);
    return result;
}

}  // namespace perceptory::support
