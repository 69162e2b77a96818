#include "engine/data/preprocessing/Preprocessing.h"

#include <algorithm>

namespace perceptory::data {

const base::Shelf<PreprocessingType>& preprocessing() {
    static const base::Shelf<PreprocessingType> shelf("preprocessing", {
#define PREPROCESSING(Member) &preprocessing_members::Member,
#include "engine/data/preprocessing/preprocessing.def"
#undef PREPROCESSING
                                                                       });
    return shelf;
}

const tensor::NamedTensor* Fitted::matrix(const std::string& name) const {
    const auto found = std::ranges::find(matrices, name, &tensor::NamedTensor::name);
    return found == matrices.end() ? nullptr : &*found;
}

}  // namespace perceptory::data
