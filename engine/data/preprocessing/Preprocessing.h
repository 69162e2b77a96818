#pragma once
// The contract of preprocessing: a step is fitted once, on the training rows only, and then applied to every row alike:
// training, test, decision grid, and rows met after the model was stored.

#include <memory>
#include <span>

#include "engine/base/Shelf.h"

namespace perceptory::data {

// Rows of numbers, [count][width], each `stride` behind the one before.
struct Rows {
    float* values = nullptr;
    std::size_t count = 0;
    std::size_t width = 0;
    std::size_t stride = 0;  // 0: width

    float* operator[](std::size_t row) const { return values + row * (stride ? stride : width); }
};

// A fitted step. Immutable; any thread may apply it.
class Preprocessor {
public:
    virtual ~Preprocessor() = default;
    virtual void apply(const Rows& rows) const = 0;
    // What was fitted, for the model file; the shelf's restore reads it.
    virtual base::Json toJson() const = 0;
};

struct PreprocessingType : base::KindType {
    // `training` are the row numbers to learn from; never empty.
    std::shared_ptr<const Preprocessor> (*fit)(const base::ParamValues&, const Rows& rows,
                                               std::span<const std::uint32_t> training) = nullptr;
    // Throws Error naming `place` when the JSON is not what toJson wrote for `width` columns.
    std::shared_ptr<const Preprocessor> (*restore)(const base::Json&, std::size_t width,
                                                   const std::string& place) = nullptr;
};

const base::Shelf<PreprocessingType>& preprocessing();

// y = (x - shift) / scale per column: what standardize and min_max become once fitted.
class ShiftAndScale : public Preprocessor {
public:
    ShiftAndScale(std::vector<double> shift, std::vector<double> scale);

    void apply(const Rows& rows) const override;
    base::Json toJson() const override;
    static std::shared_ptr<const Preprocessor> restore(const base::Json& json, std::size_t width,
                                                       const std::string& place);

private:
    std::vector<double> m_shift, m_scale;
};

namespace preprocessing_members {
#define PREPROCESSING(Member) extern const PreprocessingType Member;
#include "engine/data/preprocessing/preprocessing.def"
#undef PREPROCESSING
}  // namespace preprocessing_members

}  // namespace perceptory::data
