#include "engine/data/preprocessing/Moments.h"
#include "engine/data/preprocessing/ShiftAndScale.h"

namespace perceptory::data {

namespace {

std::size_t channelsOf(const PreparedShape& in) {
    return in.shape.empty() ? 1 : static_cast<std::size_t>(in.shape.back());
}

// (x - mean) / deviation, both over all pixels of the channel in all training rows.
std::shared_ptr<const Preprocessor> fit(const FitRequest& request) {
    Moments moments = momentsOf(request.rows, channelsOf(request.shape), request.progress);
    return std::make_shared<ShiftAndScale>(request.rows.width(), std::move(moments.mean), std::move(moments.deviation));
}

std::shared_ptr<const Preprocessor> restore(const Fitted& fitted, const PreparedShape& in, const std::string& place) {
    return ShiftAndScale::restore(fitted, in, channelsOf(in), channelsOf(in), place);
}

}  // namespace

const PreprocessingType preprocessing_members::ChannelStandardize{
    {"channel_standardize", "Standardize channels",
     "Every channel of the images gets mean 0 and standard deviation 1 over all pixels of the training part; pixels "
     "keep their relation to each other. Of a table every column is a channel, as for standardize."},
    fit,
    restore};

}  // namespace perceptory::data
