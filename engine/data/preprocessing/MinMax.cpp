#include <algorithm>
#include <limits>

#include "engine/data/preprocessing/Range.h"
#include "engine/data/preprocessing/ShiftAndScale.h"

namespace perceptory::data {

namespace {

// (x - low)/(high - low) stretched to [a, b] is (x - shift)/scale with scale = (high - low)/(b - a),
// shift = low - a * scale. A constant column becomes a.
std::shared_ptr<const Preprocessor> fit(const FitRequest& request) {
    const double a = request.values.number("low"), b = request.values.number("high");
    if (!isRange(request, a, b)) return nullptr;
    const std::size_t width = request.rows.width();
    std::vector<double> low(width, std::numeric_limits<double>::infinity()), high(width, -low[0]);
    const auto look = [&](const float* row) {
        for (std::size_t column = 0; column < width; ++column) {
            low[column] = std::min(low[column], static_cast<double>(row[column]));
            high[column] = std::max(high[column], static_cast<double>(row[column]));
        }
    };
    request.rows.each(look, request.progress);
    std::vector<double> shift(width), scale(width);
    for (std::size_t column = 0; column < width; ++column) {
        const bool usable = high[column] > low[column];
        scale[column] = usable ? (high[column] - low[column]) / (b - a) : 1;
        shift[column] = low[column] - a * scale[column];
    }
    return std::make_shared<ShiftAndScale>(width, std::move(shift), std::move(scale));
}

}  // namespace

const PreprocessingType preprocessing_members::MinMax{
    {"min_max",
     "Minimum and maximum",
     "Every column is stretched so that the smallest and the largest value of the training part become low and high: 0 "
     "and 1, or -1 and 1. Other rows may fall outside.",
     {base::numberParam("low", "Low", "Where the smallest value goes.", 0, -1000, 1000, base::Changes::Rebuild),
      base::numberParam("high", "High", "Where the largest value goes.", 1, -1000, 1000, base::Changes::Rebuild)}},
    fit,
    ShiftAndScale::restore};

}  // namespace perceptory::data
