#include "engine/data/preprocessing/Preprocessing.h"

#include <cmath>

namespace perceptory::data {

const base::Shelf<PreprocessingType>& preprocessing() {
    static const base::Shelf<PreprocessingType> shelf("preprocessing", {
#define PREPROCESSING(Member) &preprocessing_members::Member,
#include "engine/base/Text.h"
#include "engine/data/preprocessing/preprocessing.def"
#undef PREPROCESSING
                                                                       });
    return shelf;
}

ShiftAndScale::ShiftAndScale(std::vector<double> shift, std::vector<double> scale)
    : m_shift(std::move(shift)), m_scale(std::move(scale)) {}

void ShiftAndScale::apply(const Rows& rows) const {
    for (std::size_t row = 0; row < rows.count; ++row)
        for (std::size_t column = 0; column < rows.width; ++column) {
            float& x = rows[row][column];
            x = static_cast<float>((static_cast<double>(x) - m_shift[column]) / m_scale[column]);
        }
}

base::Json ShiftAndScale::toJson() const { return {{"shift", m_shift}, {"scale", m_scale}}; }

namespace {

std::vector<double> readColumn(const base::Json& json, const char* key, std::size_t width, const std::string& place) {
    const auto found = json.find(key);
    if (found == json.end() || !found->is_array() || found->size() != width)
        throw base::Error(base::sentence(
            "{0}: the fitted preprocessing needs {1} numbers in \"{2}\". The file is damaged; train again.", place,
            width, key));
    std::vector<double> result;
    for (const base::Json& value : *found) {
        if (!value.is_number() || !std::isfinite(value.get<double>()))
            throw base::Error(
                base::sentence("{0}: \"{1}\" holds something that is not a number. Train again.", place, key));
        result.push_back(value.get<double>());
    }
    return result;
}

}  // namespace

std::shared_ptr<const Preprocessor> ShiftAndScale::restore(const base::Json& json, std::size_t width,
                                                           const std::string& place) {
    if (!json.is_object())
        throw base::Error(base::sentence("{0}: the fitted preprocessing is missing. Train again.", place));
    auto scale = readColumn(json, "scale", width, place);
    for (const double value : scale)
        if (value == 0)
            throw base::Error(base::sentence("{0}: a fitted scale is 0. The file is damaged; train again.", place));
    return std::make_shared<ShiftAndScale>(readColumn(json, "shift", width, place), std::move(scale));
}

}  // namespace perceptory::data
