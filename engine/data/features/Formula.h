#pragma once
// Features typed by the user: + - * / ^ ( ) sin cos tanh exp log sqrt abs min max, numbers with a point, and the
// columns by name. Small enough that every exporter can translate it. -x^2 is -(x^2); log is natural; min and max take
// two.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/Problem.h"

namespace perceptory::data {

// How formulas may call the columns: each by its name with everything but letters and digits turned to '_', and as
// x1, x2 where there are just two. Names a function already has get a '_' behind.
class FormulaVariables {
public:
    explicit FormulaVariables(const std::vector<std::string>& columns);

    struct Variable {
        std::string name;
        std::size_t column;
    };
    const std::vector<Variable>& all() const { return m_variables; }
    // For messages: the first few names.
    std::string list() const;

private:
    bool has(const std::string& name) const;
    std::vector<Variable> m_variables;
};

// Immutable; any thread may evaluate, also several at once.
class Formula {
public:
    // Reports what is wrong, and at which character, at `where`.
    static std::optional<Formula> parse(const std::string& text, const std::vector<std::string>& columns,
                                        const std::string& where, base::Problems& problems);

    const std::string& text() const { return m_text; }
    // Columns the formula reads, ascending.
    const std::vector<std::size_t>& columns() const { return m_used; }

    // rows [count][columns], results every `stride` floats from `out`. Values outside a function's domain give NaN.
    void evaluate(std::span<const float> rows, std::size_t count, float* out, std::size_t stride) const;

private:
    Formula(std::string text, FormulaVariables variables, std::size_t width)
        : m_text(std::move(text)), m_variables(std::move(variables)), m_width(width) {}

    std::string m_text;
    FormulaVariables m_variables;
    std::size_t m_width;
    std::vector<std::size_t> m_used;
};

}  // namespace perceptory::data
