#pragma once
// An image file as rows from the top, so that a large photograph becomes a small image without ever being whole in
// memory. Whatever the file claims, no more than 40 MiB are needed beside it.

#include <memory>
#include <span>
#include <string>

#include "engine/data/images/Image.h"

namespace perceptory::data {

// Shown: the colours one sees, scaled to 0 … 255, on white where they are transparent. No colour profile is applied.
// Stored: the numbers in the file, of a palette its indices: what masks mean. Files that do not keep small whole
// numbers are then refused.
enum class Pixels { Shown, Stored };

class ImageRows {
public:
    static constexpr std::int64_t mostSide = 16384, mostPixels = std::int64_t{64} << 20;
    // What a decoder may keep of an image whose rows are not stored one after another.
    static constexpr std::int64_t mostKept = std::int64_t{40} << 20;

    virtual ~ImageRows() = default;
    ImageRows(const ImageRows&) = delete;
    ImageRows& operator=(const ImageRows&) = delete;

    const ImageSize& size() const { return m_size; }
    // Fills `row` with the next size().rowValues() values; at most size().height times. Throws Error when the file
    // is cut off or damaged.
    virtual void next(std::uint8_t* row) = 0;

protected:
    // `place` begins every message.
    explicit ImageRows(std::string place) : m_place(std::move(place)) {}

    // Before anything of that size is allocated. Throws Error when there is no pixel, or there are too many.
    void setSize(const ImageSize& size);
    [[noreturn]] void fail(const std::string& sentence) const;
    // `detail` is the decoder's own word, for the log.
    [[noreturn]] void failDamaged(const std::string& detail = {}) const;
    [[noreturn]] void failTooLarge() const;
    const std::string& place() const { return m_place; }

private:
    std::string m_place;
    ImageSize m_size;
};

// What is opened: `bytes` must outlive the rows.
struct EncodedImage {
    std::span<const std::uint8_t> bytes;
    std::string place;
    Pixels pixels = Pixels::Shown;
};

// The kind is told by the first bytes. Throws Error for other files, named for what they are, and for broken headers.
std::unique_ptr<ImageRows> openImage(const EncodedImage& encoded);

// The whole image as it is. Throws Error as the rows do, and when it has more than 16 MiB.
Image decodeImage(const EncodedImage& encoded);

}  // namespace perceptory::data
