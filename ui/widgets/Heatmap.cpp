#include "ui/widgets/Heatmap.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

// Where each target pixel looks in the grid along one axis: two neighbours and the share of the second.
struct Tap {
    int first;
    int second;
    float share;
};

std::vector<Tap> taps(int cells, int pixels, bool interpolate) {
    std::vector<Tap> result(static_cast<std::size_t>(pixels));
    for (int i = 0; i < pixels; ++i) {
        const double at = (i + 0.5) * cells / pixels;
        if (!interpolate) {
            const int cell = std::min(static_cast<int>(at), cells - 1);
            result[static_cast<std::size_t>(i)] = {cell, cell, 0};
            continue;
        }
        const double centre = std::clamp(at - 0.5, 0.0, static_cast<double>(cells - 1));
        const int left = static_cast<int>(centre);
        result[static_cast<std::size_t>(i)] = {left, std::min(left + 1, cells - 1), static_cast<float>(centre - left)};
    }
    return result;
}

float between(float a, float b, float share) { return share == 0 ? a : a + (b - a) * share; }

// One target row of `channels` interleaved values, interpolated downwards.
void blendRows(const float* a, const float* b, float share, std::vector<float>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        row[i] = between(a[i], b[i], share);
    }
}

struct NotANumber {
    QRgb dark = themed(ColourRole::MutedText).rgb();
    QRgb light = themed(ColourRole::Base).rgb();
    QRgb at(int x, int y) const { return ((x >> 2) + (y >> 2)) % 2 == 0 ? dark : light; }
};

class ValuePainter {
public:
    explicit ValuePainter(const HeatmapStyle& style) : m_style(style) {}

    QRgb at(float value) const {
        if (m_style.discretiseAt) {
            return m_style.map.entry(value < *m_style.discretiseAt ? 0 : 255);
        }
        return m_style.map.at(value, m_style.range);
    }

private:
    const HeatmapStyle& m_style;
};

// 64 shades of each class, from unsure to sure.
class ClassShades {
public:
    ClassShades(const ClassStyle& style, int classes) : m_floor(classes > 1 ? 1.0f / static_cast<float>(classes) : 0) {
        for (int k = 0; k < classes; ++k) {
            const QRgb full = style.colours.empty() ? style.unsure
                                                    : style.colours[static_cast<std::size_t>(k) % style.colours.size()];
            const ColourMix mix(style.unsure, full);
            for (int i = 0; i < kShades; ++i) {
                m_shades.push_back(mix.at(style.discretise ? 0.8 : 0.1 + 0.7 * i / (kShades - 1.0)));
            }
        }
    }

    QRgb at(int cls, float probability) const {
        const float sure = std::clamp((probability - m_floor) / (1 - m_floor), 0.0f, 1.0f);
        return m_shades[static_cast<std::size_t>(cls * kShades + static_cast<int>(sure * (kShades - 1) + 0.5f))];
    }

private:
    static constexpr int kShades = 64;
    float m_floor;
    std::vector<QRgb> m_shades;
};

Likeliest likeliestOf(const float* values, int classes) {
    Likeliest best{-1, 0};
    for (int k = 0; k < classes; ++k) {
        if (!std::isfinite(values[k])) {
            return {-1, 0};
        }
        if (best.index < 0 || values[k] > best.probability) {
            best = {k, values[k]};
        }
    }
    return best;
}

void drawBorders(QImage& image, const std::vector<int>& winner, QRgb colour) {
    const int width = image.width();
    for (int y = 0; y + 1 < image.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        const int* here = winner.data() + static_cast<std::ptrdiff_t>(y) * width;
        for (int x = 0; x + 1 < width; ++x) {
            if (here[x] != here[x + 1] || here[x] != here[x + width]) {
                line[x] = colour;
            }
        }
    }
}

}  // namespace

QImage renderHeatmap(const HeatmapGrid& grid, const HeatmapStyle& style, QSize target) {
    if (!grid.valid() || target.isEmpty()) {
        return {};
    }
    QImage image(target, QImage::Format_RGB32);
    const auto columns = taps(grid.width, target.width(), style.interpolate);
    const auto rows = taps(grid.height, target.height(), style.interpolate);
    const ValuePainter painter(style);
    const NotANumber broken;
    std::vector<float> row(static_cast<std::size_t>(grid.width));
    for (int y = 0; y < target.height(); ++y) {
        const Tap& down = rows[static_cast<std::size_t>(y)];
        blendRows(&grid.values[static_cast<std::size_t>(down.first) * row.size()],
                  &grid.values[static_cast<std::size_t>(down.second) * row.size()], down.share, row);
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < target.width(); ++x) {
            const Tap& across = columns[static_cast<std::size_t>(x)];
            const float value = between(row[static_cast<std::size_t>(across.first)],
                                        row[static_cast<std::size_t>(across.second)], across.share);
            line[x] = std::isnan(value) ? broken.at(x, y) : painter.at(value);
        }
    }
    return image;
}

QImage renderClasses(const ClassGrid& grid, const ClassStyle& style, QSize target) {
    if (!grid.valid() || target.isEmpty()) {
        return {};
    }
    QImage image(target, QImage::Format_RGB32);
    const auto columns = taps(grid.width, target.width(), style.interpolate);
    const auto rows = taps(grid.height, target.height(), style.interpolate);
    const ClassShades shades(style, grid.classes);
    const NotANumber broken;
    const auto classes = static_cast<std::size_t>(grid.classes);
    std::vector<float> row(static_cast<std::size_t>(grid.width) * classes);
    std::vector<float> cell(classes);
    std::vector<int> winner(static_cast<std::size_t>(target.width()) * static_cast<std::size_t>(target.height()));
    for (int y = 0; y < target.height(); ++y) {
        const Tap& down = rows[static_cast<std::size_t>(y)];
        blendRows(&grid.values[static_cast<std::size_t>(down.first) * row.size()],
                  &grid.values[static_cast<std::size_t>(down.second) * row.size()], down.share, row);
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        int* winners = winner.data() + static_cast<std::ptrdiff_t>(y) * target.width();
        for (int x = 0; x < target.width(); ++x) {
            const Tap& across = columns[static_cast<std::size_t>(x)];
            const float* left = &row[static_cast<std::size_t>(across.first) * classes];
            const float* right = &row[static_cast<std::size_t>(across.second) * classes];
            for (std::size_t k = 0; k < classes; ++k) {
                cell[k] = between(left[k], right[k], across.share);
            }
            const Likeliest best = likeliestOf(cell.data(), grid.classes);
            winners[x] = best.index;
            line[x] = best.index < 0 ? broken.at(x, y) : shades.at(best.index, best.probability);
        }
    }
    if (qAlpha(style.border) != 0) {
        drawBorders(image, winner, style.border);
    }
    return image;
}

HeatmapSummary summarise(std::span<const float> values) {
    HeatmapSummary summary{std::numeric_limits<float>::max(), std::numeric_limits<float>::lowest(), 0, 0};
    double sum = 0;
    for (const float value : values) {
        if (!std::isfinite(value)) {
            ++summary.notFinite;
            continue;
        }
        summary.minimum = std::min(summary.minimum, value);
        summary.maximum = std::max(summary.maximum, value);
        sum += value;
    }
    const auto finite = values.size() - static_cast<std::size_t>(summary.notFinite);
    if (finite == 0) {
        return {0, 0, 0, summary.notFinite};
    }
    summary.mean = static_cast<float>(sum / static_cast<double>(finite));
    return summary;
}

Likeliest likeliest(const ClassGrid& grid, int x, int y) {
    const auto cell = static_cast<std::size_t>(y) * static_cast<std::size_t>(grid.width) + static_cast<std::size_t>(x);
    return likeliestOf(&grid.values[cell * static_cast<std::size_t>(grid.classes)], grid.classes);
}

}  // namespace perceptory::widgets
