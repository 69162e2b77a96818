#pragma once
// What is wrong with a list of augmentations, by itself and for given data.

#include "engine/base/Problem.h"
#include "engine/data/Field.h"
#include "engine/data/Task.h"
#include "engine/data/augmentation/Augmentation.h"

namespace perceptory::data {

// Unknown members and wrong parameters, at where[i]; `where` is "data.augmentation".
void checkAugmentation(const std::vector<base::KindSpec>& specs, const std::string& where, base::Problems& problems);

// What is to be augmented, and what is to be predicted from it.
struct AugmentationSubject {
    Field field;
    bool codes = false;  // its values are numbers of words or things, between which nothing lies
    Task task = Task::Classification;
    std::vector<std::int64_t> targetShape;  // as Target::targetShape: {H, W} for a class for each pixel
};

// What does not suit the data; unknown members are passed over. Whether numbers in a row are positions in the image
// cannot be told from here.
void checkSubject(const std::vector<base::KindSpec>& specs, const AugmentationSubject& subject,
                  const std::string& where, base::Problems& problems);

}  // namespace perceptory::data
