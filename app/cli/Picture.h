#pragma once
// A picture in memory, and as a PNG file.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace perceptory::cli {

// Red, green, blue; 0 … 255.
using Colour = std::array<double, 3>;

// From a (share 0) to b (share 1).
Colour mixed(const Colour& a, const Colour& b, double share);

class Picture {
public:
    Picture(int width, int height)
        : m_width(width),
          m_height(height),
          m_bytes(3 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 255) {}

    int width() const { return m_width; }
    int height() const { return m_height; }
    // Outside the picture nothing happens.
    void set(int x, int y, const Colour& colour);
    // A disc with a rim; the centre may lie anywhere.
    void disc(double x, double y, double radius, const Colour& fill, const Colour& rim);

    // The bytes of a PNG file.
    std::string png() const;

private:
    int m_width, m_height;
    std::vector<std::uint8_t> m_bytes;  // [height][width][3]
};

}  // namespace perceptory::cli
