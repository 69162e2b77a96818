#include "engine/data/generators/ShapePicture.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/data/generators/ShapeOutline.h"
#include "engine/data/readers/PixelFile.h"

namespace perceptory::data {

namespace {

// Background and shapes come from the two ends, so that they differ in every channel.
constexpr double darkest = 0, dark = 0.35, light = 0.65, lightest = 1;

// A pixel is covered in part where its centre lies within half a pixel of the outline.
double coverageAt(double distance) { return std::clamp(0.5 - distance, 0.0, 1.0); }

base::ParamType shareParam(std::string id, std::string label, std::string help, double fallback, double minimum,
                           double maximum) {
    base::ParamType type = base::numberParam(std::move(id), std::move(label), std::move(help), fallback, minimum,
                                             maximum, base::Changes::Rebuild);
    type.step = 0.05;
    return type;
}

}  // namespace

std::vector<base::ParamType> shapeParameters(std::int64_t mostSamples, std::vector<base::ParamType> own) {
    base::ParamType rotation =
        base::numberParam("rotation", "Rotation", "Each shape is turned by up to this angle to either side.", 180, 0,
                          180, base::Changes::Rebuild);
    rotation.unit = "°";
    std::vector<base::ParamType> result{
        base::integerParam("samples", "Samples", "How many pictures.", 1000, 10, mostSamples),
        shareParam("noise", "Noise", "The deviation of the normal noise on every value of 0 to 1.", 0, 0, 0.5),
        base::integerParam("size", "Size", "Height and width in pixels.", 32, 16, 64),
        base::choiceParam("colour", "Colour", "grey: one channel; rgb: three, each of a random value.", "grey",
                          {"grey", "rgb"}),
        base::integerParam("classes", "Shapes", "How many of: circle, square, triangle, star, cross.", 4, 2,
                           std::ssize(shapeNames())),
        rotation,
        shareParam("smallest", "Smallest", "The least diameter, as a share of the picture.", 0.4, 0.3, 0.95),
        shareParam("largest", "Largest", "The greatest diameter, if it is above the least.", 0.8, 0.3, 0.95),
        shareParam("occlusion", "Occlusion", "A bar covers up to this share of the diameter.", 0, 0, 0.6)};
    result.insert(result.end(), own.begin(), own.end());
    return result;
}

std::int64_t shapeClasses(const base::ParamValues& values) { return values.integer("classes"); }

std::vector<std::string> shapeClassNames(const base::ParamValues& values) {
    return {shapeNames().begin(), shapeNames().begin() + shapeClasses(values)};
}

Table shapeTable(const base::ParamValues& values) {
    const std::int64_t size = values.integer("size");
    return pixelTable({size, size, values.text("colour") == "rgb" ? 3 : 1});
}

ShapePicture::ShapePicture(const base::ParamValues& values, base::RandomStream& random)
    : m_random(random),
      m_size(values.integer("size")),
      m_channels(values.text("colour") == "rgb" ? 3 : 1),
      m_turn(values.number("rotation") * std::numbers::pi / 180),
      m_smallest(values.number("smallest")),
      m_largest(std::max(m_smallest, values.number("largest"))),
      m_occlusion(values.number("occlusion")),
      m_noise(values.number("noise")),
      m_dark(random.below(2) == 1),
      m_values(static_cast<std::size_t>(m_size * m_size * m_channels)),
      m_mask(static_cast<std::size_t>(m_size * m_size)) {
    const Colour background = m_dark ? randomColour(light, lightest) : randomColour(darkest, dark);
    for (std::size_t pixel = 0; pixel < m_mask.size(); ++pixel) blend(pixel, background, 1);
}

ShapePicture::Colour ShapePicture::randomColour(double low, double high) {
    Colour colour{};
    for (std::size_t c = 0; c < static_cast<std::size_t>(m_channels); ++c) colour[c] = m_random.uniform(low, high);
    return colour;
}

void ShapePicture::blend(std::size_t pixel, const Colour& colour, double coverage) {
    const auto channels = static_cast<std::size_t>(m_channels);
    for (std::size_t c = 0; c < channels; ++c) {
        double& value = m_values[pixel * channels + c];
        value += coverage * (colour[c] - value);
    }
}

void ShapePicture::widenBox(std::int64_t x, std::int64_t y) {
    m_left = std::min(m_left, x);
    m_top = std::min(m_top, y);
    m_right = std::max(m_right, x + 1);
    m_bottom = std::max(m_bottom, y + 1);
}

void ShapePicture::addShape(std::size_t index) {
    const auto size = static_cast<double>(m_size);
    const double radius = m_random.uniform(m_smallest, m_largest) * size / 2;
    const double x = m_random.uniform(radius, size - radius), y = m_random.uniform(radius, size - radius);
    m_last = {x, y, radius, m_random.uniform(-m_turn, m_turn)};
    const Colour colour = m_dark ? randomColour(darkest, dark) : randomColour(light, lightest);
    const double sine = std::sin(m_last.angle), cosine = std::cos(m_last.angle);
    m_left = m_top = m_size;
    m_right = m_bottom = 0;
    for (std::int64_t row = 0; row < m_size; ++row)
        for (std::int64_t column = 0; column < m_size; ++column) {
            const double dx = static_cast<double>(column) + 0.5 - x, dy = static_cast<double>(row) + 0.5 - y;
            if (std::max(std::abs(dx), std::abs(dy)) > radius + 1) continue;
            // Turned back and scaled to the unit circle.
            const PlanePoint p{(cosine * dx + sine * dy) / radius, (cosine * dy - sine * dx) / radius};
            const double coverage = coverageAt(radius * distanceToShape(index, p));
            const auto pixel = static_cast<std::size_t>(row * m_size + column);
            blend(pixel, colour, coverage);
            if (coverage <= 0.5) continue;
            m_mask[pixel] = static_cast<std::int32_t>(index) + 1;
            widenBox(column, row);
        }
}

void ShapePicture::coverShape() {
    if (m_occlusion <= 0) return;
    const double half = m_random.uniform(0, m_occlusion) * m_last.radius;
    const double angle = m_random.uniform(0, std::numbers::pi);
    const double offset = m_random.uniform(-1, 1) * (m_last.radius - half);
    const double nx = std::cos(angle), ny = std::sin(angle);
    const Colour colour = randomColour(darkest, lightest);
    for (std::int64_t row = 0; row < m_size; ++row)
        for (std::int64_t column = 0; column < m_size; ++column) {
            const double dx = static_cast<double>(column) + 0.5 - m_last.x;
            const double dy = static_cast<double>(row) + 0.5 - m_last.y;
            const double coverage = coverageAt(std::abs(nx * dx + ny * dy - offset) - half);
            const auto pixel = static_cast<std::size_t>(row * m_size + column);
            blend(pixel, colour, coverage);
            if (coverage > 0.5) m_mask[pixel] = 0;
        }
}

std::vector<std::uint8_t> ShapePicture::pixels() {
    std::vector<std::uint8_t> bytes;
    bytes.reserve(m_values.size());
    for (const double value : m_values) {
        const double noise = m_noise > 0 ? m_noise * m_random.normal() : 0;
        bytes.push_back(static_cast<std::uint8_t>(std::lround(255 * std::clamp(value + noise, 0.0, 1.0))));
    }
    return bytes;
}

std::array<float, 4> ShapePicture::box() const {
    const auto share = [&](std::int64_t pixels) { return static_cast<float>(pixels) / static_cast<float>(m_size); };
    return {share(m_left), share(m_top), share(m_right - m_left), share(m_bottom - m_top)};
}

}  // namespace perceptory::data
