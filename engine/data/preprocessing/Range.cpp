#include "engine/data/preprocessing/Range.h"

#include "engine/base/Text.h"

namespace perceptory::data {

bool isRange(const FitRequest& request, double low, double high) {
    if (low < high) return true;
    request.problems.push_back({request.where + ".low", base::Severity::Error,
                                base::sentence("Low is not below high, so that all values would become equal."),
                                base::sentence("Choose a smaller low, or a larger high.")});
    return false;
}

}  // namespace perceptory::data
