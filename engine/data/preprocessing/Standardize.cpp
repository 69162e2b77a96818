#include <cmath>

#include "engine/data/preprocessing/Preprocessing.h"

namespace perceptory::data {

namespace {

// Mean and deviation (divided by n) of each column; a constant column is only shifted.
std::shared_ptr<const Preprocessor> fit(const base::ParamValues&, const Rows& rows,
                                        std::span<const std::uint32_t> training) {
    const auto n = static_cast<double>(training.size());
    std::vector<double> mean(rows.width), deviation(rows.width);
    for (const std::uint32_t row : training)
        for (std::size_t column = 0; column < rows.width; ++column)
            mean[column] += static_cast<double>(rows[row][column]) / n;
    for (const std::uint32_t row : training)
        for (std::size_t column = 0; column < rows.width; ++column) {
            const double distance = static_cast<double>(rows[row][column]) - mean[column];
            deviation[column] += distance * distance / n;
        }
    for (std::size_t column = 0; column < rows.width; ++column) {
        deviation[column] = std::sqrt(deviation[column]);
        if (deviation[column] <= 1e-7 * std::abs(mean[column]) || deviation[column] == 0) deviation[column] = 1;
    }
    return std::make_shared<ShiftAndScale>(std::move(mean), std::move(deviation));
}

}  // namespace

const PreprocessingType preprocessing_members::Standardize{
    {"standardize", "Standardize",
     "Every column gets mean 0 and standard deviation 1, both measured on the training part. A column that never "
     "changes becomes 0."},
    fit,
    ShiftAndScale::restore};

}  // namespace perceptory::data
