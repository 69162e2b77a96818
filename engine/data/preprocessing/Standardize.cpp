#include "engine/data/preprocessing/Moments.h"
#include "engine/data/preprocessing/ShiftAndScale.h"

namespace perceptory::data {

namespace {

// (x - mean) / deviation, both of the column.
std::shared_ptr<const Preprocessor> fit(const FitRequest& request) {
    Moments moments = momentsOf(request.rows, request.rows.width(), request.progress);
    return std::make_shared<ShiftAndScale>(request.rows.width(), std::move(moments.mean), std::move(moments.deviation));
}

}  // namespace

const PreprocessingType preprocessing_members::Standardize{
    {"standardize", "Standardize",
     "Every column gets mean 0 and standard deviation 1, both measured on the training part. A column that never "
     "changes becomes 0."},
    fit,
    ShiftAndScale::restore};

}  // namespace perceptory::data
