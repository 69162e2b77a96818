#pragma once
// Names that C++ accepts, each once.

#include <set>
#include <string>

namespace perceptory::exchange::cpp {

// Letters, digits and underscores of the text, the others as one underscore; never empty, never begins with a digit.
std::string wordOf(const std::string& text);

// As a comment holds it: one line that ends in no backslash.
std::string inComment(std::string text);

class Names {
public:
    // C++'s own words and those of every header are taken.
    Names();

    // `text` as a word that was not given before.
    std::string take(const std::string& text);

private:
    std::set<std::string> m_taken;
};

}  // namespace perceptory::exchange::cpp
