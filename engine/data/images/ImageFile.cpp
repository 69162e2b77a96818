#include "engine/data/images/ImageFile.h"

#include "engine/base/Error.h"
#include "engine/base/RegularFile.h"
#include "engine/base/Text.h"

namespace perceptory::data {

namespace {

std::vector<std::uint8_t> bytesOf(const std::string& path) {
    constexpr std::int64_t most = std::int64_t{256} << 20;
    const base::RegularFile file(path);
    if (file.size() > most)
        throw base::Error(base::sentence("{0}: the file has more than {1} MiB. Make it smaller with an image editor.",
                                         path, most >> 20));
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(file.size()));
    file.read(0, std::as_writable_bytes(std::span(bytes)));
    return bytes;
}

}  // namespace

ImageFile::ImageFile(const std::string& path, Pixels pixels)
    : m_bytes(bytesOf(path)), m_rows(openImage({m_bytes, path, pixels})) {}

}  // namespace perceptory::data
