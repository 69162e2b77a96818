#pragma once
// What the readers of image files made of bytes share.

#include "engine/data/readers/ByteStream.h"
#include "engine/data/readers/Reader.h"

namespace perceptory::data {

// The most values of one row of images or arrays: each has a name, and a larger number is a damaged header's.
inline constexpr std::int64_t mostRowValues = std::int64_t{1} << 20;
// What the bytes of one file may be, unpacked.
inline constexpr std::int64_t mostFileBytes = std::int64_t{2} << 30;

// The product of sizes, none of them negative, or most + 1 when it is larger: a header may claim anything.
std::int64_t productUpTo(std::int64_t most, std::span<const std::int64_t> sizes);

// Images of bytes {H, W, C}, read as pixel / 255.
struct PixelShape {
    std::int64_t height = 0, width = 0, channels = 1;
    std::size_t values() const { return static_cast<std::size_t>(height * width * channels); }
    bool operator==(const PixelShape&) const = default;
};

// "pixel_Y_X", and "_C" where there are several channels, in the order of the values.
std::vector<std::string> pixelNames(const PixelShape& shape);
// A table of such images without rows.
Table pixelTable(const PixelShape& shape);
// With a model: its classes; a label it does not know becomes -1.
void useModelClasses(const ReadRequest& request, Table& table);
// Whether images of this size fit the model that will meet them; a problem when not.
bool fitsModel(const PixelShape& shape, const ReadRequest& request, base::Problems& problems);

// Opens the file `index` of the request within its limits.
ByteStream openBytes(const ReadRequest& request, std::size_t index);
// Tells how far the reading of all files is, with the file `index` read as far as `stream` is.
void tellProgress(const ReadRequest& request, std::size_t index, const ByteStream& stream);

}  // namespace perceptory::data
