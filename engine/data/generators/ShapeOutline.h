#pragma once
// The outlines that generated pictures show: each within the unit circle around the origin, y downwards.

#include <string>
#include <vector>

namespace perceptory::data {

struct PlanePoint {
    double x = 0, y = 0;
};

// circle, square, triangle, star, cross.
const std::vector<std::string>& shapeNames();

// Distance of `point` to the outline of shape `index` of shapeNames(), negative inside.
double distanceToShape(std::size_t index, PlanePoint point);

}  // namespace perceptory::data
