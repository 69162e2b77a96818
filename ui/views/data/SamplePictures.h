#pragma once
// One sample as pictures: as training would meet it in many epochs, and on its way through the preprocessing. Any
// thread; base::Error when the row cannot be read.

#include <QImage>
#include <QString>
#include <memory>
#include <vector>

#include "engine/data/Dataset.h"

namespace perceptory::views {

// Why rows of these data are no pictures, and what to do about it; empty when they are.
QString hurdleOf(const data::Dataset& dataset);

struct AugmentationRequest {
    std::shared_ptr<const data::Dataset> dataset;  // of images
    std::vector<base::KindSpec> steps;             // without faults
    std::size_t place = 0;                         // in the training part; the sample after it is mixed in
    std::uint64_t seed = 0;
    int count = 16;
};

struct AugmentedPicture {
    QImage image;
    float share = 1;  // of its own label, where another image was mixed in
};

// The first one as it was read, each other one as another epoch would meet it.
std::vector<AugmentedPicture> augmentedPictures(const AugmentationRequest& request);

struct PreparedPictures {
    QImage read, seen, undone;
    float least = 0, most = 0;        // of the values the network sees
    std::vector<std::int64_t> shape;  // of these values
};

// `seen` runs from black at the least value to white at the most; values without height and width make a row of
// stripes.
PreparedPictures preparedPictures(const data::Dataset& dataset, std::size_t place);

}  // namespace perceptory::views
