#include "ui/views/data/SamplePictures.h"

#include <QCoreApplication>
#include <algorithm>

#include "engine/data/augmentation/AugmentationPolicy.h"

namespace perceptory::views {

namespace {

struct Range {
    float low = 0, high = 1;
};

// The field that is augmented and preprocessed, and where it begins in a row.
struct Place {
    data::Field field;
    std::size_t first = 0;

    std::span<float> in(std::vector<float>& row) const {
        return std::span(row).subspan(first, static_cast<std::size_t>(field.size()));
    }
};

Place placeOf(const std::vector<data::Field>& fields) {
    Place place;
    for (const data::Field& field : fields) {
        place.field = field;
        if (field.name == "x") break;
        place.first += static_cast<std::size_t>(field.size());
    }
    return place;
}

// As training has it.
Range rangeOf(const data::Dataset& dataset) {
    if (dataset.rawMinimum.empty()) return {};
    const float low = std::ranges::min(dataset.rawMinimum);
    return {low, std::max(low + 1e-6f, std::ranges::max(dataset.rawMaximum))};
}

QImage::Format formatFor(std::int64_t channels) {
    if (channels == 3) return QImage::Format_RGB888;
    return channels == 4 ? QImage::Format_RGBA8888 : QImage::Format_Grayscale8;
}

// Of channels that are no colours the first is shown.
QImage pictureOf(std::span<const float> values, std::int64_t height, std::int64_t width, std::int64_t channels,
                 Range range) {
    const bool coloured = channels == 3 || channels == 4;
    const std::int64_t shown = coloured ? channels : 1;
    QImage picture(static_cast<int>(width), static_cast<int>(height), formatFor(channels));
    const float scale = 255 / std::max(1e-12f, range.high - range.low);
    for (std::int64_t y = 0; y < height; ++y) {
        uchar* line = picture.scanLine(static_cast<int>(y));
        for (std::int64_t x = 0; x < width; ++x)
            for (std::int64_t c = 0; c < shown; ++c) {
                const float value = values[static_cast<std::size_t>((y * width + x) * channels + c)];
                line[x * shown + c] = static_cast<uchar>(std::clamp((value - range.low) * scale, 0.0f, 255.0f) + 0.5f);
            }
    }
    return picture;
}

QImage pictureOf(std::span<const float> values, const std::vector<std::int64_t>& shape, Range range) {
    if (shape.size() == 3) return pictureOf(values, shape[0], shape[1], shape[2], range);
    return pictureOf(values, 1, static_cast<std::int64_t>(values.size()), 1, range);
}

std::vector<float> featuresOf(const data::Dataset& dataset, std::size_t row) {
    std::vector<float> scratch, features(dataset.pipeline.featureCount());
    dataset.pipeline.applyFeatures(dataset.rawRow(row, scratch), 1, features);
    return features;
}

std::size_t rowAt(const data::Dataset& dataset, std::size_t place) {
    const std::vector<std::uint32_t>& train = dataset.parts.train;
    return train.empty() ? place % dataset.count : train[place % train.size()];
}

data::AugmentedImage imageIn(std::vector<float>& features, const Place& place, Range range) {
    const auto& shape = place.field.shape;
    return {shape[0], shape[1], shape[2], place.in(features), range.low, range.high, {}, 0};
}

AugmentedPicture augmented(const AugmentationRequest& request, const data::AugmentationPolicy& policy,
                           std::uint32_t epoch) {
    const data::Dataset& dataset = *request.dataset;
    const Place place = placeOf(dataset.pipeline.featureFields());
    const Range range = rangeOf(dataset);
    const std::size_t row = rowAt(dataset, request.place), other = rowAt(dataset, request.place + 1);
    std::vector<float> own = featuresOf(dataset, row);
    data::AugmentedImage image = imageIn(own, place, range);
    policy.apply(image, request.seed, epoch, static_cast<std::uint32_t>(row));
    AugmentedPicture picture;
    const data::BatchPlace batch{request.seed, epoch, 0, 0, 2};
    if (policy.partner(batch)) {
        std::vector<float> partner = featuresOf(dataset, other);
        data::AugmentedImage mixedIn = imageIn(partner, place, range);
        policy.apply(mixedIn, request.seed, epoch, static_cast<std::uint32_t>(other));
        picture.share = policy.mix(image, mixedIn, batch);
    }
    picture.image = pictureOf(place.in(own), place.field.shape, range);
    return picture;
}

}  // namespace

QString hurdleOf(const data::Dataset& dataset) {
    if (dataset.pipeline.tokens())
        return QCoreApplication::translate(
            "SamplePictures",
            "These data are texts, not images: their numbers stand for words or characters, and nothing lies between "
            "two of them. Choose data with images, such as the handwritten digits, to see pictures here.");
    if (dataset.count == 0 || placeOf(dataset.pipeline.featureFields()).field.shape.size() != 3)
        return QCoreApplication::translate(
            "SamplePictures",
            "These data are not images: a row is a list of values without height and width, so there is nothing to "
            "turn, "
            "to move or to look at. Choose data with images, such as the handwritten digits, to see pictures here.");
    return {};
}

std::vector<AugmentedPicture> augmentedPictures(const AugmentationRequest& request) {
    const data::Dataset& dataset = *request.dataset;
    const auto policy = data::AugmentationPolicy::make(request.steps);
    const Place place = placeOf(dataset.pipeline.featureFields());
    std::vector<float> read = featuresOf(dataset, rowAt(dataset, request.place));
    std::vector<AugmentedPicture> pictures{{pictureOf(place.in(read), place.field.shape, rangeOf(dataset))}};
    for (int epoch = 0; epoch + 1 < request.count; ++epoch)
        pictures.push_back(augmented(request, *policy, static_cast<std::uint32_t>(epoch)));
    return pictures;
}

PreparedPictures preparedPictures(const data::Dataset& dataset, std::size_t place) {
    const Place before = placeOf(dataset.pipeline.featureFields()), after = placeOf(dataset.pipeline.fields());
    std::vector<float> features = featuresOf(dataset, rowAt(dataset, place)), inputs(dataset.pipeline.inputCount()),
                       back(features.size());
    dataset.pipeline.prepare(features, 1, inputs);
    dataset.pipeline.undo(inputs, 1, back);
    const std::span<float> seen = after.in(inputs);
    const auto [least, most] = std::ranges::minmax(seen);
    const Range range = rangeOf(dataset);
    return {pictureOf(before.in(features), before.field.shape, range),
            pictureOf(seen, after.field.shape, {least, most}),
            pictureOf(before.in(back), before.field.shape, range),
            least,
            most,
            after.field.shape};
}

}  // namespace perceptory::views
