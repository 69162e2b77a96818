#include "ui/widgets/Contour.h"

#include <cmath>

namespace perceptory::widgets {

namespace {

// Values above the level at the four corners, in the order top left, top right, bottom right, bottom left.
struct Square {
    float corner[4];

    int pattern() const {
        int bits = 0;
        for (int i = 0; i < 4; ++i) {
            bits |= (corner[i] > 0 ? 1 : 0) << i;
        }
        return bits;
    }
    bool finite() const { return std::isfinite(corner[0] + corner[1] + corner[2] + corner[3]); }
    bool middleAbove() const { return corner[0] + corner[1] + corner[2] + corner[3] > 0; }

    // Edge i joins corner i with the next one; the point on it where the value passes the level.
    QPointF crossing(int edge) const {
        static constexpr double kX[] = {0, 1, 1, 0};
        static constexpr double kY[] = {0, 0, 1, 1};
        const int next = (edge + 1) % 4;
        const double share = static_cast<double>(corner[edge]) / (static_cast<double>(corner[edge]) - corner[next]);
        return {std::lerp(kX[edge], kX[next], share), std::lerp(kY[edge], kY[next], share)};
    }
};

void addLines(const Square& square, QPointF at, std::vector<QLineF>& lines) {
    const int pattern = square.pattern();
    int edges[4];
    int count = 0;
    for (int edge = 0; edge < 4; ++edge) {
        if (((pattern >> edge) ^ (pattern >> ((edge + 1) % 4))) & 1) {
            edges[count++] = edge;
        }
    }
    const auto join = [&](int a, int b) { lines.emplace_back(at + square.crossing(a), at + square.crossing(b)); };
    if (count == 2) {
        join(edges[0], edges[1]);
    } else if (count == 4) {
        // The corners on the middle's side are joined through the middle, so the lines cut off the other two.
        const bool cutsFirst = (square.corner[0] > 0) != square.middleAbove();
        cutsFirst ? (join(3, 0), join(1, 2)) : (join(0, 1), join(2, 3));
    }
}

}  // namespace

std::vector<QLineF> contourLines(const HeatmapGrid& grid, float level) {
    std::vector<QLineF> lines;
    if (!grid.valid()) {
        return lines;
    }
    for (int y = 0; y + 1 < grid.height; ++y) {
        for (int x = 0; x + 1 < grid.width; ++x) {
            const Square square{{grid.at(x, y) - level, grid.at(x + 1, y) - level, grid.at(x + 1, y + 1) - level,
                                 grid.at(x, y + 1) - level}};
            const int pattern = square.pattern();
            if (pattern != 0 && pattern != 15 && square.finite()) {
                addLines(square, QPointF(x, y), lines);
            }
        }
    }
    return lines;
}

}  // namespace perceptory::widgets
