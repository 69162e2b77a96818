#pragma once
// Pictures of shapes that turn up at random places, sizes and colours, as the members shapes, shapes_masks and
// the like make them.

#include <array>
#include <cstdint>
#include <vector>

#include "engine/base/Params.h"
#include "engine/base/Random.h"
#include "engine/data/Table.h"

namespace perceptory::data {

// The parameters these members share, followed by the member's own.
std::vector<base::ParamType> shapeParameters(std::int64_t mostSamples, std::vector<base::ParamType> own = {});
std::int64_t shapeClasses(const base::ParamValues& values);
// The names of so many shapes.
std::vector<std::string> shapeClassNames(const base::ParamValues& values);
// A table without rows whose rows are such pictures {H, W, C}.
Table shapeTable(const base::ParamValues& values);

// One picture. Shapes are lighter than the background, or all are darker.
class ShapePicture {
public:
    ShapePicture(const base::ParamValues& values, base::RandomStream& random);

    // Draws shape `index` of shapeNames(): wholly within the picture, over what is there, its edges smooth.
    void addShape(std::size_t index);
    // Then covers a part of it by a bar in a colour of its own.
    void coverShape();
    // The picture as it is now, [H][W][C], 0 to 1.
    const std::vector<double>& values() const { return m_values; }
    // The pixels, blurred by chance: [H][W][C].
    std::vector<std::uint8_t> pixels();

    // For each pixel [H][W] 0, or 1 + the shape that covers more than half of it; bars count as 0.
    const std::vector<std::int32_t>& mask() const { return m_mask; }

    // The smallest box around the pixels of the shape that was drawn last, the bar set aside: upper left corner, width
    // and height, as shares of the picture.
    std::array<float, 4> box() const;

private:
    using Colour = std::array<double, 3>;
    struct Placed {
        double x = 0, y = 0, radius = 0, angle = 0;  // in pixels; radians
    };

    Colour randomColour(double low, double high);
    void blend(std::size_t pixel, const Colour& colour, double coverage);
    void widenBox(std::int64_t x, std::int64_t y);

    base::RandomStream& m_random;
    std::int64_t m_size, m_channels;
    double m_turn, m_smallest, m_largest, m_occlusion, m_noise;
    bool m_dark;  // the shapes
    Placed m_last;
    std::int64_t m_left = 0, m_top = 0, m_right = 0, m_bottom = 0;  // of the last shape; right and bottom excluded
    std::vector<double> m_values;                                   // [H][W][C], 0 … 1
    std::vector<std::int32_t> m_mask;
};

}  // namespace perceptory::data
