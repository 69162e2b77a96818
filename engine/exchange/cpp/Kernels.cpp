#include <algorithm>
#include <cctype>
#include <set>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/exchange/cpp/Formulas.h"
#include "engine/exchange/cpp/Kernel.h"
#include "engine/exchange/cpp/Texts.h"

namespace perceptory::exchange::cpp {

namespace {

const std::vector<const Kernel*>& kernels() {
    static const std::vector<const Kernel*> all{
#define CPP_KERNEL(Member) &Member##Kernel,
#include "engine/exchange/cpp/kernels.def"
#undef CPP_KERNEL
    };
    return all;
}

// A function or struct of the texts between the marks.
struct Piece {
    std::string name, text;
};

bool isWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// What stands before the first bracket, behind the comment: a function's name before "(", a struct's before " {".
std::string nameOf(const std::string& text) {
    std::size_t first = 0;
    while (text.compare(first, 2, "//") == 0) first = text.find('\n', first) + 1;
    if (text.compare(first, 8, "template") == 0) first = text.find('\n', first) + 1;
    std::size_t end = text.find_first_of("({", first);
    while (!isWord(text[end - 1])) --end;
    std::size_t begin = end;
    while (isWord(text[begin - 1])) --begin;
    return text.substr(begin, end - begin);
}

const std::vector<Piece>& pieces() {
    static const std::vector<Piece> all = [] {
        std::vector<Piece> result;
        const std::string text = texts;
        for (std::size_t begin = 0; begin < text.size();) {
            const std::size_t end = std::min(text.find("\n\n", begin), text.size());
            std::string piece = text.substr(begin, end - begin);
            result.push_back({nameOf(piece), std::move(piece)});
            begin = end + 2;
        }
        return result;
    }();
    return all;
}

// The words of the text that are not behind "::" or "." and in no comment.
std::set<std::string> wordsOf(const std::string& text) {
    std::set<std::string> words;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.compare(i, 2, "//") == 0) i = std::min(text.find('\n', i), text.size() - 1);
        if (!isWord(text[i])) continue;
        std::size_t end = i;
        while (end < text.size() && isWord(text[end])) ++end;
        if (i == 0 || (text[i - 1] != ':' && text[i - 1] != '.')) words.insert(text.substr(i, end - i));
        i = end;
    }
    return words;
}

// Functions and what they mention, and what that mentions.
std::set<std::string> closure(std::set<std::string> wanted) {
    for (std::size_t before = 0; before != wanted.size();) {
        before = wanted.size();
        for (const Piece& piece : pieces())
            if (wanted.contains(piece.name))
                for (const std::string& word : wordsOf(piece.text))
                    if (std::ranges::find(pieces(), word, &Piece::name) != pieces().end()) wanted.insert(word);
    }
    return wanted;
}

}  // namespace

const Kernel* kernelOf(const std::string& primitive) {
    const auto found = std::ranges::find(kernels(), primitive, [](const Kernel* kernel) { return kernel->primitive; });
    return found == kernels().end() ? nullptr : *found;
}

const Function& functionOf(const std::string& name) {
    for (const Kernel* kernel : kernels())
        for (const Function& function : kernel->functions)
            if (name == function.name) return function;
    throw base::Error(base::sentence("There is no function called \"{0}\".", name));
}

std::vector<std::string> functionNames() {
    std::vector<std::string> names;
    for (const Kernel* kernel : kernels())
        for (const Function& function : kernel->functions) names.push_back(function.name);
    return names;
}

WindowNumbers Source::window() const {
    const tensor::Window& w = operation().window;
    WindowNumbers numbers;
    for (const std::int64_t number :
         {w.height, w.width, w.channels, w.mapHeight, w.mapWidth, w.mapChannels, w.kernelHeight, w.kernelWidth,
          w.strideY, w.strideX, w.padTop, w.padLeft, w.dilationY, w.dilationX, w.groups})
        numbers.push_back(static_cast<int>(number));
    return numbers;
}

std::string textOf(const std::vector<Call>& calls) {
    std::set<std::string> wanted, formulas;
    std::string formulaTexts;
    for (const Call& call : calls) {
        wanted.insert(call.function);
        if (call.formula.empty() || !formulas.insert(call.formula).second) continue;
        formulaTexts += functionOfFormula(formulaOf(call.formula)) + "\n\n";
    }
    for (const std::string& word : wordsOf(formulaTexts))
        if (word.ends_with('_')) wanted.insert(word);
    wanted = closure(std::move(wanted));
    std::string text;
    for (const Piece& piece : pieces())
        if (wanted.contains(piece.name)) text += piece.text + "\n\n";
    return text + formulaTexts;
}

}  // namespace perceptory::exchange::cpp
