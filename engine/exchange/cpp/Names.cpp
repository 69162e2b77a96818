#include "engine/exchange/cpp/Names.h"

namespace perceptory::exchange::cpp {

std::string wordOf(const std::string& text) {
    std::string word;
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool digit = c >= '0' && c <= '9';
        if (digit && word.empty()) word = "n";
        if (letter || digit)
            word += c;
        else if (!word.ends_with('_') && !word.empty())
            word += '_';
    }
    while (word.ends_with('_')) word.pop_back();
    return word.empty() ? "n" : word;
}

std::string inComment(std::string text) {
    for (char& c : text)
        if (static_cast<unsigned char>(c) < ' ' || c == '\\') c = ' ';
    return text;
}

Names::Names()
    : m_taken{"alignas",     "alignof",  "and",       "and_eq",    "asm",       "auto",         "bitand",
              "bitor",       "bool",     "break",     "case",      "catch",     "char",         "char16_t",
              "char32_t",    "char8_t",  "class",     "co_await",  "co_return", "co_yield",     "compl",
              "concept",     "const",    "consteval", "constexpr", "constinit", "const_cast",   "continue",
              "decltype",    "default",  "delete",    "do",        "double",    "dynamic_cast", "else",
              "enum",        "explicit", "export",    "extern",    "false",     "float",        "for",
              "friend",      "goto",     "if",        "inline",    "int",       "long",         "mutable",
              "namespace",   "new",      "noexcept",  "not",       "not_eq",    "nullptr",      "operator",
              "or",          "or_eq",    "private",   "protected", "public",    "register",     "reinterpret_cast",
              "requires",    "return",   "short",     "signed",    "sizeof",    "static",       "static_assert",
              "static_cast", "struct",   "switch",    "template",  "this",      "thread_local", "throw",
              "true",        "try",      "typedef",   "typeid",    "typename",  "union",        "unsigned",
              "using",       "virtual",  "void",      "volatile",  "wchar_t",   "while",        "xor",
              "xor_eq",      "std",      "detail",    "weights",   "Network",   "size",         "classes",
              "main",        "predict",  "ready",     "linux",     "unix"} {}

std::string Names::take(const std::string& text) {
    const std::string word = wordOf(text);
    std::string name = word;
    for (int i = 2; !m_taken.insert(name).second; ++i) name = word + "_" + std::to_string(i);
    return name;
}

}  // namespace perceptory::exchange::cpp
