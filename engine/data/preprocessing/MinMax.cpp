#include <algorithm>
#include <limits>

#include "engine/data/preprocessing/Preprocessing.h"

namespace perceptory::data {

namespace {

// (x - low)/(high - low) stretched to [a, b] is (x - shift)/scale with scale = (high - low)/(b - a),
// shift = low - a * scale. A constant column becomes a.
std::shared_ptr<const Preprocessor> fit(const base::ParamValues& values, const Rows& rows,
                                        std::span<const std::uint32_t> training) {
    const double a = values.number("low"), b = values.number("high");
    std::vector<double> shift(rows.width), scale(rows.width);
    for (std::size_t column = 0; column < rows.width; ++column) {
        double low = std::numeric_limits<double>::infinity(), high = -low;
        for (const std::uint32_t row : training) {
            low = std::min(low, static_cast<double>(rows[row][column]));
            high = std::max(high, static_cast<double>(rows[row][column]));
        }
        const bool usable = high > low && b != a;
        scale[column] = usable ? (high - low) / (b - a) : 1;
        shift[column] = low - a * scale[column];
    }
    return std::make_shared<ShiftAndScale>(std::move(shift), std::move(scale));
}

}  // namespace

const PreprocessingType preprocessing_members::MinMax{
    {"min_max",
     "Minimum and maximum",
     "Every column is stretched so that the smallest and the largest value of the training part become low and high. "
     "Other rows may fall outside.",
     {base::numberParam("low", "Low", "Where the smallest value goes.", 0, -1000, 1000, base::Changes::Rebuild),
      base::numberParam("high", "High", "Where the largest value goes.", 1, -1000, 1000, base::Changes::Rebuild)}},
    fit,
    ShiftAndScale::restore};

}  // namespace perceptory::data
