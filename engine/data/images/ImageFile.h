#pragma once

#include "engine/data/images/ImageRows.h"

namespace perceptory::data {

// An opened image file: its size is known, its rows are decoded as they are asked for.
class ImageFile {
public:
    // Throws Error naming the path when it is no plain file, cannot be read, or is no image that can be decoded.
    explicit ImageFile(const std::string& path, Pixels pixels = Pixels::Shown);

    const ImageSize& size() const { return m_rows->size(); }
    ImageRows& rows() { return *m_rows; }

private:
    std::vector<std::uint8_t> m_bytes;
    std::unique_ptr<ImageRows> m_rows;
};

}  // namespace perceptory::data
