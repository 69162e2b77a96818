#pragma once
// Rows of data as pictures.

#include <QImage>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/Dataset.h"

namespace perceptory::views {

// Values [H][W][C] of a row of that shape, the largest one white: grey, or in colour where C is 3. Null for any other
// shape. Any thread.
QImage imageOf(std::span<const float> values, const std::vector<std::int64_t>& shape);

// The image a row of the data begins with, as it was read; null where there is none, or no such row. GUI thread.
QImage imageOf(const data::Dataset& dataset, std::uint32_t row);

// In the middle of a picture of that size. Pixels stay pixels where it grows; what it leaves free is transparent.
QImage fittedInto(QSize size, const QImage& image);

}  // namespace perceptory::views
