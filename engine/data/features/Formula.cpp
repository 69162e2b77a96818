#include "engine/data/features/Formula.h"

#include "engine/base/Text.h"

#include <muParserBase.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace perceptory::data {

namespace {

constexpr std::size_t longestFormula = 1000;
constexpr const char* allowedCharacters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.+-*/^(), \t";
const std::vector<std::string> functionNames{"sin", "cos", "tanh", "exp", "log", "sqrt", "abs", "min", "max"};

// A parser that knows nothing but our functions. The library's own number reader depends on a process-wide locale that
// any user of the library can change, so numbers are read here.
class RestrictedParser : public mu::ParserBase {
public:
    RestrictedParser() {
        AddValIdent(readNumber);
        InitCharSets();
        InitFun();
        InitOprt();
    }

protected:
    void InitCharSets() override {
        DefineNameChars("0123456789_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
        DefineOprtChars("+-*/^");
        DefineInfixOprtChars("+-");
    }
    void InitFun() override {
        DefineFun(
            "sin", +[](double x) { return std::sin(x); });
        DefineFun(
            "cos", +[](double x) { return std::cos(x); });
        DefineFun(
            "tanh", +[](double x) { return std::tanh(x); });
        DefineFun(
            "exp", +[](double x) { return std::exp(x); });
        DefineFun(
            "log", +[](double x) { return std::log(x); });
        DefineFun(
            "sqrt", +[](double x) { return std::sqrt(x); });
        DefineFun(
            "abs", +[](double x) { return std::abs(x); });
        DefineFun(
            "min", +[](double x, double y) { return std::min(x, y); });
        DefineFun(
            "max", +[](double x, double y) { return std::max(x, y); });
    }
    void InitConst() override {}
    void InitOprt() override {
        DefineInfixOprt(
            "-", +[](double x) { return -x; });
        DefineInfixOprt(
            "+", +[](double x) { return x; });
    }

private:
    static int readNumber(const char* text, int* position, double* value) {
        if (*text != '.' && (*text < '0' || *text > '9')) return 0;
        const auto [end, error] = std::from_chars(text, text + std::strlen(text), *value);
        if (error != std::errc()) return 0;
        *position += static_cast<int>(end - text);
        return 1;
    }
};

// A parser with its variables; the addresses of `values` are inside the parser.
struct Compiled {
    RestrictedParser parser;
    std::vector<double> values;

    Compiled(const std::string& text, const FormulaVariables& variables) : values(variables.all().size()) {
        for (std::size_t i = 0; i < values.size(); ++i) parser.DefineVar(variables.all()[i].name, &values[i]);
        parser.SetExpr(text);
    }
};

std::string reason(const mu::ParserError& error, const FormulaVariables& variables) {
    const std::string token = error.GetToken();
    switch (error.GetCode()) {
        case mu::ecUNASSIGNABLE_TOKEN:
            return base::sentence("there is nothing called \"{0}\" here. Known are {1}.", token, variables.list());
        case mu::ecUNEXPECTED_EOF:
            return base::sentence("the formula ends where something must follow.");
        case mu::ecUNEXPECTED_OPERATOR:
            return base::sentence("\"{0}\" stands where a value must be.", token);
        case mu::ecMISSING_PARENS:
            return base::sentence("a closing parenthesis is missing.");
        case mu::ecUNEXPECTED_PARENS:
            return base::sentence("this parenthesis does not belong here.");
        case mu::ecTOO_FEW_PARAMS:
            return base::sentence("the function gets too few values.");
        case mu::ecTOO_MANY_PARAMS:
            return base::sentence("the function gets too many values.");
        case mu::ecUNEXPECTED_ARG_SEP:
            return base::sentence("this comma does not belong here. Decimals are written with a point.");
        default:
            return base::sentence("\"{0}\" does not fit here; perhaps a * is missing before it.", token);
    }
}

base::Problem problemAt(const std::string& where, std::size_t index, const std::string& sentence) {
    return {
        where, base::Severity::Error, base::sentence("Formula, character {0}: {1}", index + 1, sentence),
        base::sentence("Allowed are + - * / ^ ( ) sin cos tanh exp log sqrt abs min max, numbers and column names.")};
}

bool checkCharacters(const std::string& text, const std::string& where, base::Problems& problems) {
    if (text.find_first_not_of(" \t") == std::string::npos) {
        problems.push_back(problemAt(where, 0, base::sentence("the formula is empty.")));
        return false;
    }
    if (text.size() > longestFormula) {
        problems.push_back(
            problemAt(where, longestFormula, base::sentence("the formula is longer than 1000 characters.")));
        return false;
    }
    const std::size_t bad = text.find_first_not_of(allowedCharacters);
    if (bad == std::string::npos) return true;
    const bool ascii = static_cast<unsigned char>(text[bad]) > 32 && static_cast<unsigned char>(text[bad]) < 127;
    problems.push_back(problemAt(where, bad,
                                 ascii ? base::sentence("\"{0}\" is not allowed in a formula.", text[bad])
                                       : base::sentence("this character is not allowed in a formula.")));
    return false;
}

}  // namespace

FormulaVariables::FormulaVariables(const std::vector<std::string>& columns) {
    for (std::size_t column = 0; column < columns.size(); ++column) {
        std::string name;
        for (const char c : columns[column]) {
            const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            name += plain ? c : '_';
        }
        if (name.empty() || (name[0] >= '0' && name[0] <= '9')) name.insert(0, "_");
        while (has(name) || std::ranges::count(functionNames, name)) name += "_";
        m_variables.push_back({name, column});
    }
    // In a larger table the positions would change with the choice of columns.
    for (std::size_t column = 0; column < columns.size() && columns.size() == 2; ++column) {
        const std::string name = "x" + std::to_string(column + 1);
        if (!has(name)) m_variables.push_back({name, column});
    }
}

bool FormulaVariables::has(const std::string& name) const {
    return std::ranges::any_of(m_variables, [&](const Variable& variable) { return variable.name == name; });
}

std::string FormulaVariables::list() const {
    constexpr std::size_t shown = 6;
    std::string text;
    for (std::size_t i = 0; i < std::min(shown, m_variables.size()); ++i) text += (i ? ", " : "") + m_variables[i].name;
    return m_variables.size() > shown ? text + " …" : text;
}

std::optional<Formula> Formula::parse(const std::string& text, const std::vector<std::string>& columns,
                                      const std::string& where, base::Problems& problems) {
    if (!checkCharacters(text, where, problems)) return {};
    Formula formula(text, FormulaVariables(columns), columns.size());
    try {
        Compiled compiled(text, formula.m_variables);
        compiled.parser.Eval();
        if (compiled.parser.GetNumResults() != 1) {
            problems.push_back(
                problemAt(where, text.find(','),
                          base::sentence("this comma does not belong here. Decimals are written with a point.")));
            return {};
        }
        for (const auto& variable : formula.m_variables.all())
            if (compiled.parser.GetUsedVar().contains(variable.name)) formula.m_used.push_back(variable.column);
    } catch (const mu::ParserError& error) {
        const std::size_t position = std::min(static_cast<std::size_t>(std::max(0, error.GetPos())), text.size());
        problems.push_back(problemAt(where, position, reason(error, formula.m_variables)));
        return {};
    }
    std::ranges::sort(formula.m_used);
    const auto [first, last] = std::ranges::unique(formula.m_used);
    formula.m_used.erase(first, last);
    return formula;
}

void Formula::evaluate(std::span<const float> rows, std::size_t count, float* out, std::size_t stride) const {
    Compiled compiled(m_text, m_variables);
    const auto& variables = m_variables.all();
    for (std::size_t row = 0; row < count; ++row) {
        for (std::size_t i = 0; i < variables.size(); ++i)
            compiled.values[i] = static_cast<double>(rows[row * m_width + variables[i].column]);
        out[row * stride] = static_cast<float>(compiled.parser.Eval());
    }
}

}  // namespace perceptory::data
