#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace perceptory::data {

// Text as valid UTF-8, which JSON and the window need: what is not is taken for Latin-1.
std::string asUtf8(std::string_view text);

// The characters (code points) of valid UTF-8.
std::vector<std::string_view> utf8Characters(std::string_view text);

// Text of a file for a message: valid UTF-8 of one line and at most 40 characters, "…" for the rest, control characters
// as \x1b.
std::string quotable(std::string_view text);

}  // namespace perceptory::data
