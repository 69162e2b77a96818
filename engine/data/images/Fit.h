#pragma once
// Images made to one size.

#include "engine/data/images/ImageRows.h"

namespace perceptory::data {

// When the shapes differ. Stretch: the image is distorted. Crop: it fills the size, what stands out on two sides is cut
// off evenly. Pad: it is whole, with zeros evenly on two sides.
enum class Resize { Stretch, Crop, Pad };

struct Fit {
    ImageSize size;  // wanted; all at least 1, channels 1 or 3: grey is 0.299 red + 0.587 green + 0.114 blue
    Resize resize = Resize::Crop;
    bool nearest = false;  // take the nearest pixel: for numbers of classes, between which there is nothing
};

// Takes all rows, so that a damaged file is found wherever it is damaged.
Image fitImage(ImageRows& rows, const Fit& fit);
Image fitImage(const Image& image, const Fit& fit);

}  // namespace perceptory::data
