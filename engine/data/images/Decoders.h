#pragma once
// One kind of image file each. Each is called only with bytes that begin as its kind does.

#include "engine/data/images/ImageRows.h"

namespace perceptory::data {

std::unique_ptr<ImageRows> openPng(const EncodedImage& encoded);
std::unique_ptr<ImageRows> openJpeg(const EncodedImage& encoded);
// Windows bitmaps of 1, 4, 8, 24 and 32 bits a pixel, not compressed. Transparency is not in them.
std::unique_ptr<ImageRows> openBmp(const EncodedImage& encoded);
// Netpbm's bitmaps (PBM), grey maps (PGM) and pixel maps (PPM), P1 to P6.
std::unique_ptr<ImageRows> openPnm(const EncodedImage& encoded);

}  // namespace perceptory::data
