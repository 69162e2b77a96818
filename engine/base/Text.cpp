#include "engine/base/Text.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <limits>

namespace perceptory::base {

namespace {

std::atomic<Translator> translator = nullptr;

bool isPlace(std::string_view text) {
    return text.size() > 2 && text[0] == '{' && text[1] >= '0' && text[1] <= '9' && text[2] == '}';
}

}  // namespace

void setTranslator(Translator wanted) { translator = wanted; }

std::string filledIn(const char* pattern, int count, std::initializer_list<std::string> arguments) {
    const Translator translate = translator;
    const std::string text = translate ? translate(pattern, count) : pattern;
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool place = isPlace(std::string_view(text).substr(i));
        const std::size_t index = place ? static_cast<std::size_t>(text[i + 1] - '0') : 0;
        if (!place || index >= arguments.size()) {
            result += text[i];
            continue;
        }
        result += arguments.begin()[index];
        i += 2;
    }
    return result;
}

std::string wordOf(double number) {
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, number).ptr};
}

std::string translated(const std::string& word) { return filledIn(word.c_str(), -1, {}); }

std::string counted(Pattern<1> one, Pattern<1> many, std::int64_t count) {
    const auto known = std::clamp<std::int64_t>(count, 0, std::numeric_limits<int>::max());
    return filledIn(count == 1 ? one.text() : many.text(), static_cast<int>(known), {std::to_string(count)});
}

}  // namespace perceptory::base
