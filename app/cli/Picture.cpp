#include "app/cli/Picture.h"

#include <png.h>

#include <algorithm>
#include <cmath>

#include "app/cli/Errors.h"

namespace perceptory::cli {

Colour mixed(const Colour& a, const Colour& b, double share) {
    const double s = std::clamp(share, 0.0, 1.0);
    Colour result;
    for (std::size_t i = 0; i < 3; ++i) result[i] = a[i] + (b[i] - a[i]) * s;
    return result;
}

void Picture::set(int x, int y, const Colour& colour) {
    if (x < 0 || y < 0 || x >= m_width || y >= m_height) return;
    const std::size_t at =
        3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(m_width) + static_cast<std::size_t>(x));
    for (std::size_t i = 0; i < 3; ++i)
        m_bytes[at + i] = static_cast<std::uint8_t>(std::lround(std::clamp(colour[i], 0.0, 255.0)));
}

void Picture::disc(double x, double y, double radius, const Colour& fill, const Colour& rim) {
    if (!(std::abs(x) < 1e6) || !(std::abs(y) < 1e6)) return;
    const int reach = static_cast<int>(std::ceil(radius));
    const int centreX = static_cast<int>(std::lround(x)), centreY = static_cast<int>(std::lround(y));
    for (int dy = -reach; dy <= reach; ++dy)
        for (int dx = -reach; dx <= reach; ++dx) {
            const double distance = std::hypot(dx, dy);
            if (distance <= radius) set(centreX + dx, centreY + dy, distance > radius - 1.2 ? rim : fill);
        }
}

std::string Picture::png() const {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(m_width);
    image.height = static_cast<png_uint_32>(m_height);
    image.format = PNG_FORMAT_RGB;
    png_alloc_size_t size = 0;
    std::string bytes;
    bool done = png_image_write_to_memory(&image, nullptr, &size, 0, m_bytes.data(), 0, nullptr) != 0;
    if (done) {
        bytes.resize(size);
        done = png_image_write_to_memory(&image, bytes.data(), &size, 0, m_bytes.data(), 0, nullptr) != 0;
    }
    if (!done) throw OutputError(std::string("The picture could not be made: ") + image.message + ".");
    bytes.resize(size);
    return bytes;
}

}  // namespace perceptory::cli
