#pragma once
// The two halves of one_hot: choosing columns and their values, and the fitted step.

#include <optional>
#include <set>

#include "engine/data/preprocessing/Preprocessing.h"

namespace perceptory::data {

// For each column the values it may have, ascending; none: the column stays as it is.
using Categories = std::vector<std::vector<float>>;

class OneHotChoice {
public:
    explicit OneHotChoice(const FitRequest& request);

    // The columns that the user named. False after reporting one that is not there.
    bool readNames();
    void look(const float* row);
    // Nothing after reporting that a named column has too many values.
    std::optional<Categories> categories() const;

private:
    struct Column {
        bool chosen = true;
        std::set<float> values;
    };

    bool isFull(const Column& column) const { return column.values.size() > m_limit; }
    bool report(const std::string& sentence, const std::string& fix) const;

    const FitRequest& m_request;
    std::size_t m_limit;
    bool m_named = false;
    std::vector<Column> m_columns;
};

class OneHotColumns : public Preprocessor {
public:
    explicit OneHotColumns(Categories categories) : m_categories(std::move(categories)) {}

    PreparedShape outputs(const PreparedShape& in) const override;
    void apply(const ConstRows& from, const Rows& to) const override;
    // The value of the largest of its columns; the first where they are equal.
    void undo(const ConstRows& from, const Rows& to) const override;
    std::string onnx(ir::OnnxGraph& graph, const std::string& x, const PreparedShape& in) const override;
    ir::ValueId lower(ir::Graph& graph, ir::ValueId x, const PreparedShape& in) const override;
    Fitted fitted() const override;
    static std::shared_ptr<const Preprocessor> restore(const Fitted& fitted, const PreparedShape& in,
                                                       const std::string& place);

private:
    Categories m_categories;
};

}  // namespace perceptory::data
