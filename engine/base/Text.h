#pragma once
// What the engine says to people, in their language. Every sentence is a pattern that stands in the source in one
// piece, so that it can be translated as one: sentence("The file {0} has {1} lines.", path, lines). Any thread.

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace perceptory::base {

// Gives `pattern` in the user's language, or as it is; `count` is what decides about singular and plural, −1 for
// patterns that count nothing. Must be safe to call from any thread.
using Translator = std::string (*)(const char* pattern, int count);

// Once, at the start of the program, before other threads run. Without one everything stays as it is written.
void setTranslator(Translator translator);

// The text of a pattern with the places {0} to {9}. It compiles only with exactly as many places as arguments; each may
// stand more than once. Other braces are plain text.
template <std::size_t Arguments>
class Pattern {
public:
    consteval Pattern(const char* text) : m_text(text) {
        static_assert(Arguments <= 10, "a pattern has places for ten arguments");
        std::array<bool, 10> named{};
        for (const char* c = text; *c; ++c)
            if (c[0] == '{' && c[1] >= '0' && c[1] <= '9' && c[2] == '}')
                named[static_cast<std::size_t>(c[1] - '0')] = true;
        for (std::size_t i = 0; i < named.size(); ++i)
            if (named[i] != (i < Arguments)) throw "the pattern does not name each of its arguments";
    }

    const char* text() const { return m_text; }

private:
    const char* m_text;
};

// Translated, with the arguments in their places; a place of a translation that has no argument stays as it is.
std::string filledIn(const char* pattern, int count, std::initializer_list<std::string> arguments);

inline std::string wordOf(std::string_view word) { return std::string(word); }
inline std::string wordOf(char letter) { return std::string(1, letter); }
inline std::string wordOf(std::integral auto number) { return std::to_string(number); }
std::string wordOf(double number);  // the shortest that reads back, with a point

template <class... Arguments>
std::string sentence(Pattern<sizeof...(Arguments)> pattern, const Arguments&... arguments) {
    return filledIn(pattern.text(), -1, {wordOf(arguments)...});
}

// A word that a table holds: a label of a shelf member, what a shelf is called.
std::string translated(const std::string& word);

// One of two patterns with the single place {0} for the count: counted("{0} unit", "{0} units", 3).
std::string counted(Pattern<1> one, Pattern<1> many, std::int64_t count);

}  // namespace perceptory::base
