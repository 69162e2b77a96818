#include "engine/data/preprocessing/FittedNumbers.h"

#include <algorithm>
#include <cmath>

namespace perceptory::data {

void refuseFitted(const std::string& place, const std::string& reason) {
    throw base::Error(base::sentence("{0}: the fitted preprocessing is damaged: {1}. Train again.", place, reason));
}

namespace {

double finite(const base::Json& value, const char* key, const std::string& place) {
    if (!value.is_number() || !std::isfinite(value.get<double>()))
        refuseFitted(place, base::sentence("\"{0}\" holds something that is not a number", key));
    return value.get<double>();
}

const base::Json& entry(const Fitted& fitted, const char* key, const std::string& place) {
    if (!fitted.values.is_object() || !fitted.values.contains(key))
        refuseFitted(place, base::sentence("\"{0}\" is missing", key));
    return fitted.values[key];
}

}  // namespace

std::vector<double> readNumbers(const Fitted& fitted, const char* key, std::size_t count, const std::string& place) {
    const base::Json& list = entry(fitted, key, place);
    if (!list.is_array() || list.size() != count)
        refuseFitted(place,
                     base::sentence("\"{0}\" needs {1}", key,
                                    base::counted("{0} number", "{0} numbers", static_cast<std::int64_t>(count))));
    std::vector<double> result;
    for (const base::Json& value : list) result.push_back(finite(value, key, place));
    return result;
}

double readNumber(const Fitted& fitted, const char* key, const std::string& place) {
    return finite(entry(fitted, key, place), key, place);
}

const tensor::NamedTensor& readMatrix(const Fitted& fitted, const char* name, const std::string& place) {
    const tensor::NamedTensor* matrix = fitted.matrix(name);
    if (!matrix) refuseFitted(place, base::sentence("the matrix \"{0}\" is missing", name));
    const bool sound = matrix->shape.size() == 2 && matrix->shape[0] > 0 && matrix->shape[1] > 0 &&
                       matrix->values.precision() == tensor::Precision::Float32 &&
                       tensor::elementCount(matrix->shape) == matrix->values.size() &&
                       std::ranges::all_of(matrix->values.floats(), [](float value) { return std::isfinite(value); });
    if (!sound) refuseFitted(place, base::sentence("\"{0}\" is no matrix of numbers", name));
    return *matrix;
}

}  // namespace perceptory::data
