#include "engine/data/preprocessing/OneHotColumns.h"

namespace perceptory::data {

namespace {

base::ParamType columnsParam() {
    base::ParamType type;
    type.id = "columns";
    type.label = "Columns";
    type.help =
        "Names of columns, with commas between them. Empty: every column of whole numbers that has more than two "
        "different values, and not more than the limit.";
    type.kind = base::ParamKind::Text;
    type.fallback = "";
    return type;
}

std::shared_ptr<const Preprocessor> fit(const FitRequest& request) {
    OneHotChoice choice(request);
    if (!choice.readNames()) return nullptr;
    request.rows.each([&](const float* row) { choice.look(row); }, request.progress);
    auto categories = choice.categories();
    return categories ? std::make_shared<OneHotColumns>(std::move(*categories)) : nullptr;
}

}  // namespace

const PreprocessingType preprocessing_members::OneHot{
    {"one_hot",
     "One column per value",
     "A column of a few different numbers becomes one column for each value that stands in the training part: 1 where "
     "the row has that value, else 0. A value that was never met gives 0 everywhere. The result is a plain row of "
     "values.",
     {columnsParam(), base::integerParam("limit", "Limit", "Most different values of one column.", 20, 2, 1000)}},
    fit,
    OneHotColumns::restore};

}  // namespace perceptory::data
