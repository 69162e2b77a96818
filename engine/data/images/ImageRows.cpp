#include "engine/data/images/ImageRows.h"

#include <string_view>

#include "engine/base/Error.h"
#include "engine/base/FileKind.h"
#include "engine/base/Text.h"
#include "engine/data/images/Decoders.h"

namespace perceptory::data {

namespace {

bool looksLikePnm(std::string_view head) {
    constexpr std::string_view behind = " \t\r\n#";
    return head.size() > 2 && head[0] == 'P' && head[1] >= '1' && head[1] <= '6' && behind.find(head[2]) != behind.npos;
}

// Two letters could begin a text, so the length of the header counts as well.
bool looksLikeBmp(std::string_view head) {
    if (!head.starts_with("BM") || head.size() < 18 || head[15] || head[16] || head[17]) return false;
    constexpr std::string_view lengths = "\x0c\x28\x34\x38\x40\x6c\x7c";
    return lengths.find(head[14]) != lengths.npos;
}

[[noreturn]] void refuse(std::string_view head, const std::string& place) {
    if (head.empty()) throw base::Error(base::sentence("{0}: the file is empty. Get it again from its source.", place));
    const std::string kind = base::foreignKind(head);
    if (kind.empty())
        throw base::Error(base::sentence("{0}: this is no image. Choose a PNG, JPEG, BMP or PPM file.", place));
    throw base::Error(
        base::sentence("{0}: this is {1}, no image that can be read. Save it as PNG, JPEG, BMP or PPM.", place, kind));
}

}  // namespace

void ImageRows::setSize(const ImageSize& size) {
    if (size.height < 1 || size.width < 1)
        fail(base::sentence("{0}: the image has no pixels. Get it again from its source.", m_place));
    // The sides are bounded first, so the product cannot overflow.
    if (size.height > mostSide || size.width > mostSide || size.height * size.width > mostPixels)
        fail(
            base::sentence("{0}: the image has {1} x {2} pixels, and the most are {3} a side and {4} in all. Make it "
                           "smaller with an image editor.",
                           m_place, size.width, size.height, mostSide, mostPixels));
    m_size = size;
}

void ImageRows::fail(const std::string& sentence) const { throw base::Error(sentence); }

void ImageRows::failDamaged(const std::string& detail) const {
    throw base::Error(base::sentence("{0}: the image is damaged or cut off. Get it again from its source.", m_place),
                      detail);
}

void ImageRows::failTooLarge() const {
    fail(
        base::sentence("{0}: its {1} x {2} pixels are stored in several passes, which needs too much memory. Save it "
                       "without \"progressive\" or \"interlaced\", or make it smaller.",
                       m_place, m_size.width, m_size.height));
}

std::unique_ptr<ImageRows> openImage(const EncodedImage& encoded) {
    const std::string_view head(reinterpret_cast<const char*>(encoded.bytes.data()), encoded.bytes.size());
    if (head.starts_with("\x89PNG\r\n\x1a\n")) return openPng(encoded);
    if (head.starts_with("\xff\xd8\xff")) return openJpeg(encoded);
    if (looksLikeBmp(head)) return openBmp(encoded);
    if (looksLikePnm(head)) return openPnm(encoded);
    refuse(head.substr(0, 4096), encoded.place);
}

Image decodeImage(const EncodedImage& encoded) {
    constexpr std::size_t most = std::size_t{16} << 20;
    const auto rows = openImage(encoded);
    const ImageSize size = rows->size();
    if (size.values() > most)
        throw base::Error(
            base::sentence("{0}: the image has {1} x {2} pixels, too many to be shown whole. Make it "
                           "smaller with an image editor.",
                           encoded.place, size.width, size.height));
    Image image{size, std::vector<std::uint8_t>(size.values())};
    for (std::size_t y = 0; y < static_cast<std::size_t>(size.height); ++y)
        rows->next(image.values.data() + y * size.rowValues());
    return image;
}

}  // namespace perceptory::data
