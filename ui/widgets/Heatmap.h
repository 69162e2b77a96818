#pragma once
// Grids of values over the plane and their pictures. Values are interpolated first and coloured afterwards, so a
// diverging map never invents hues. Pure functions, any thread.

#include <QImage>
#include <optional>
#include <span>
#include <vector>

#include "ui/widgets/ColourMap.h"

namespace perceptory::widgets {

/// width × height values at cell centres, row by row; row 0 is the top of the picture (the largest y).
struct HeatmapGrid {
    int width = 0;
    int height = 0;
    std::vector<float> values;

    bool valid() const {
        return width > 0 && height > 0 &&
               values.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    }
    float at(int x, int y) const {
        return values[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
    }
};

/// Like HeatmapGrid with `classes` probabilities in each cell: values[(y·width + x)·classes + k].
struct ClassGrid {
    int width = 0;
    int height = 0;
    int classes = 0;
    std::vector<float> values;

    bool valid() const {
        return width > 0 && height > 0 && classes > 0 &&
               values.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                                    static_cast<std::size_t>(classes);
    }
};

struct HeatmapStyle {
    ColourMap map = ColourMap::of(ColourMap::Kind::BlueOrange);
    ValueRange range;
    bool interpolate = true;            ///< bilinear; otherwise each cell is a flat rectangle
    std::optional<float> discretiseAt;  ///< only the two end colours: low below this value, high from it on
};

/// Cells that are not finite are drawn as a checker pattern. An invalid grid or size gives a null image.
QImage renderHeatmap(const HeatmapGrid& grid, const HeatmapStyle& style, QSize target);

struct ClassStyle {
    std::vector<QRgb> colours;  ///< one for each class; repeats where there are more classes
    QRgb unsure = 0;            ///< shown where no class stands out
    QRgb border = 0;            ///< line between two classes; fully transparent: no line
    bool interpolate = true;
    bool discretise = false;  ///< full colours whatever the confidence
};

/// The colour of the likeliest class, the paler the less sure: (p − 1/K) / (1 − 1/K).
QImage renderClasses(const ClassGrid& grid, const ClassStyle& style, QSize target);

struct HeatmapSummary {
    float minimum = 0;
    float maximum = 0;
    float mean = 0;
    int notFinite = 0;
};

/// Over finite values; all zero where there is none.
HeatmapSummary summarise(std::span<const float> values);

/// Index of the likeliest class of a cell and its probability.
struct Likeliest {
    int index = 0;
    float probability = 0;
};
Likeliest likeliest(const ClassGrid& grid, int x, int y);

}  // namespace perceptory::widgets
