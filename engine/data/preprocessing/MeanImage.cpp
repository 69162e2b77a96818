#include "engine/data/preprocessing/Moments.h"
#include "engine/data/preprocessing/ShiftAndScale.h"

namespace perceptory::data {

namespace {

// x - mean, for each pixel and channel by itself.
std::shared_ptr<const Preprocessor> fit(const FitRequest& request) {
    return std::make_shared<ShiftAndScale>(request.rows.width(), meansOf(request.rows, request.progress),
                                           std::vector<double>{1});
}

std::shared_ptr<const Preprocessor> restore(const Fitted& fitted, const PreparedShape& in, const std::string& place) {
    return ShiftAndScale::restore(fitted, in, in.width(), 1, place);
}

}  // namespace

const PreprocessingType preprocessing_members::MeanImage{
    {"mean_image", "Subtract the mean image",
     "The mean of the training part is taken from every value, so that each pixel has mean 0. Nothing is scaled."},
    fit,
    restore};

}  // namespace perceptory::data
