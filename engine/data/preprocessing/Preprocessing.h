#pragma once
// The contract of preprocessing: a step is fitted once, on the training rows only, and then applied to every row alike:
// training, test, decision grid, and rows met after the model was stored. It may change how many values a row has.

#include <memory>
#include <span>

#include "engine/base/Shelf.h"
#include "engine/data/preprocessing/TrainingRows.h"
#include "engine/ir/Graph.h"
#include "engine/ir/OnnxGraph.h"
#include "engine/tensor/NamedTensor.h"

namespace perceptory::data {

// Rows of numbers, [count][width], each `stride` behind the one before.
template <class Number>
struct RowsOf {
    Number* values = nullptr;
    std::size_t count = 0;
    std::size_t width = 0;
    std::size_t stride = 0;  // 0: width

    Number* operator[](std::size_t row) const { return values + row * (stride ? stride : width); }
    operator RowsOf<const Number>() const { return {values, count, width, stride}; }
};
using Rows = RowsOf<float>;
using ConstRows = RowsOf<const float>;

// One row as a step sees it: a name for each value, and the shape {F}, {T} or {H, W, C} they stand in.
struct PreparedShape {
    std::vector<std::int64_t> shape;
    std::vector<std::string> names;

    std::size_t width() const { return names.size(); }
    bool operator==(const PreparedShape&) const = default;
};

// What a model file keeps of a step: a few numbers as JSON, and matrices beside it, too large for JSON.
struct Fitted {
    base::Json values = base::Json::object();
    tensor::NamedTensors matrices;

    const tensor::NamedTensor* matrix(const std::string& name) const;
};

// A fitted step. Immutable; any thread may use it, several at once.
class Preprocessor {
public:
    virtual ~Preprocessor() = default;

    // What comes out of rows like `in`.
    virtual PreparedShape outputs(const PreparedShape& in) const { return in; }
    // `from` and `to` have equally many rows; they may be the same memory where a row keeps its width. What becomes of
    // a row does not depend on the rows beside it.
    virtual void apply(const ConstRows& from, const Rows& to) const = 0;
    // From prepared values back to the units before, for display: exact where nothing was lost, else the nearest.
    virtual void undo(const ConstRows& from, const Rows& to) const = 0;
    // The step in ONNX's operators: x holds rows like `in`, images as [N, H, W, C], and so does the result. Empty: it
    // cannot be expressed.
    virtual std::string onnx(ir::OnnxGraph&, const std::string& /*x*/, const PreparedShape& /*in*/) const { return {}; }
    // For the model file; the shelf's restore reads it.
    virtual Fitted fitted() const = 0;
    // The step in primitive operations: x holds rows like `in`, and the result what outputs() says.
    virtual ir::ValueId lower(ir::Graph&, ir::ValueId x, const PreparedShape& in) const = 0;
};

struct FitRequest {
    const base::ParamValues& values;
    const PreparedShape& shape;  // of the rows
    const TrainingRows& rows;    // as the steps before left them; never empty
    const std::string& where;    // of the step in the project
    base::Problems& problems;
    const base::Progress& progress;  // told while the step is fitted; may call it off
};

struct PreprocessingType : base::KindType {
    // Null after reporting an error. Throws Cancelled.
    std::shared_ptr<const Preprocessor> (*fit)(const FitRequest&) = nullptr;
    // Throws Error naming `place` for anything that fitted() would not give for rows like `in`.
    std::shared_ptr<const Preprocessor> (*restore)(const Fitted&, const PreparedShape& in,
                                                   const std::string& place) = nullptr;
};

const base::Shelf<PreprocessingType>& preprocessing();

namespace preprocessing_members {
#define PREPROCESSING(Member) extern const PreprocessingType Member;
#include "engine/data/preprocessing/preprocessing.def"
#undef PREPROCESSING
}  // namespace preprocessing_members

}  // namespace perceptory::data
