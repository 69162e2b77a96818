#include "engine/exchange/cpp/Formulas.h"

#include <algorithm>
#include <cctype>

#include "engine/exchange/cpp/Numbers.h"

namespace perceptory::exchange::cpp {

namespace {

// Whether `word` stands in the text by itself.
bool mentions(const std::string& text, char word) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto isPart = [&](std::size_t at) {
            return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) || text[at] == '_');
        };
        if (text[i] == word && !(i > 0 && isPart(i - 1)) && !isPart(i + 1)) return true;
    }
    return false;
}

// "V(0.5) * x" becomes "0.5f * x".
std::string withLiterals(const std::string& text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.compare(i, 2, "V(") != 0) {
            result += text[i];
            continue;
        }
        const std::size_t end = text.find(')', i);
        result += literal(static_cast<float>(std::stod(text.substr(i + 2, end - i - 2))));
        i = end;
    }
    return result;
}

}  // namespace

const activations::UnaryText& formulaOf(const std::string& id) {
    const auto& all = activations::formulas();
    const auto found = std::ranges::find(all, id, &activations::UnaryText::id);
    if (found == all.end()) throw base::Error(base::sentence("There is no formula called \"{0}\".", id));
    return *found;
}

std::string functionOfFormula(const activations::UnaryText& formula) {
    const std::string p = mentions(formula.text, 'p') ? "float p" : "float";
    return "inline float " + formula.id + "(float x, " + p + ") {\n    return " + withLiterals(formula.text) + ";\n}";
}

}  // namespace perceptory::exchange::cpp
