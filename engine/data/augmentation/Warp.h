#pragma once
// Affine maps of an image about its centre. Values are interpolated between their four neighbours, masks take the
// nearest pixel's class.

#include "engine/data/augmentation/Plane.h"

namespace perceptory::data {

// Where a pixel comes from, with both places counted from the image's centre, x to the right and y down:
// source = (xx·x + xy·y, yx·x + yy·y).
struct AffineMap {
    float xx = 1, xy = 0, yx = 0, yy = 1;
};

// The content turns counter-clockwise, as it is seen.
AffineMap rotation(double degrees);
// The content moves right by `horizontal` per pixel of height, and down by `vertical` per pixel of width.
AffineMap shearing(double horizontal, double vertical);
// The content becomes `factor` times as large.
AffineMap zooming(double factor);

void warp(AugmentedImage& image, const AffineMap& map, Fill fill);

}  // namespace perceptory::data
