#include "engine/data/generators/ShapeOutline.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace perceptory::data {

namespace {

using Polygon = std::vector<PlanePoint>;

// `corners` points at equal angles from the top on, at the radii of `radii` by turns.
Polygon round(int corners, const std::vector<double>& radii, double start = 0) {
    Polygon polygon;
    for (int i = 0; i < corners; ++i) {
        const double angle = start + 2 * std::numbers::pi * i / corners;
        const double radius = radii[static_cast<std::size_t>(i) % radii.size()];
        polygon.push_back({radius * std::sin(angle), -radius * std::cos(angle)});
    }
    return polygon;
}

// Two bars of width 2 a across each other; their ends touch the unit circle.
Polygon cross() {
    constexpr double a = 0.3;
    const double b = std::sqrt(1 - a * a);
    return {{-a, -b}, {a, -b}, {a, -a}, {b, -a}, {b, a}, {a, a}, {a, b}, {-a, b}, {-a, a}, {-b, a}, {-b, -a}, {-a, -a}};
}

double distanceToEdge(PlanePoint p, PlanePoint a, PlanePoint b) {
    const double ex = b.x - a.x, ey = b.y - a.y, px = p.x - a.x, py = p.y - a.y;
    const double along = std::clamp((px * ex + py * ey) / (ex * ex + ey * ey), 0.0, 1.0);
    return std::hypot(px - along * ex, py - along * ey);
}

// The nearest edge; inside where a ray to the right crosses an odd number of edges.
double distanceToPolygon(PlanePoint p, const Polygon& polygon) {
    double nearest = std::numeric_limits<double>::max();
    bool inside = false;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const PlanePoint a = polygon[i], b = polygon[(i + 1) % polygon.size()];
        nearest = std::min(nearest, distanceToEdge(p, a, b));
        const bool passes = (a.y > p.y) != (b.y > p.y);
        if (passes && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)) inside = !inside;
    }
    return inside ? -nearest : nearest;
}

}  // namespace

const std::vector<std::string>& shapeNames() {
    static const std::vector<std::string> names{"circle", "square", "triangle", "star", "cross"};
    return names;
}

double distanceToShape(std::size_t index, PlanePoint point) {
    static const std::vector<Polygon> polygons{round(4, {1}, std::numbers::pi / 4), round(3, {1}), round(10, {1, 0.45}),
                                               cross()};
    if (index == 0) return std::hypot(point.x, point.y) - 1;
    return distanceToPolygon(point, polygons[index - 1]);
}

}  // namespace perceptory::data
