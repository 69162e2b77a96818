#include "engine/project/ModelFile.h"

#include <algorithm>

#include "engine/base/RegularFile.h"
#include "engine/project/ModelFileFormat.h"

namespace perceptory::project {

const tensor::NamedTensor* Model::tensor(const std::string& name) const {
    const auto found = std::ranges::find(tensors, name, &tensor::NamedTensor::name);
    return found == tensors.end() ? nullptr : &*found;
}

bool isModelFile(const std::string& path) {
    return base::RegularFile(path).head(static_cast<std::int64_t>(format::magic.size())) == format::magic;
}

}  // namespace perceptory::project
