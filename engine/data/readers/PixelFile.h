#pragma once
// What the readers of image files made of bytes share.

#include "engine/data/readers/Reader.h"

namespace perceptory::data {

// All bytes of a file, unpacked when it is gzip's. Throws Error when the file cannot be read, is damaged, or unpacks to
// more than `most` bytes.
std::vector<std::uint8_t> readBytes(const std::filesystem::path& path, std::int64_t most);

// Images of bytes {H, W, C}, read as pixel / 255.
struct PixelShape {
    std::int64_t height = 0, width = 0, channels = 1;
    std::size_t values() const { return static_cast<std::size_t>(height * width * channels); }
};

// A table of such images without rows, which has room for `rows`. Throws Error when they would need too much memory.
Table pixelTable(const PixelShape& shape, std::size_t rows, const ReadRequest& request);
// With a model: its classes; a label it does not know becomes -1.
void useModelClasses(const ReadRequest& request, Table& table);
// Whether images of this size fit the model that will meet them; a problem when not.
bool fitsModel(const PixelShape& shape, const ReadRequest& request, base::Problems& problems);

}  // namespace perceptory::data
