#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace perceptory::data {

// The words of valid UTF-8 in small letters: letters and digits in a row, with apostrophes between them. The same in
// every locale.
std::vector<std::string> wordsOf(std::string_view text);

}  // namespace perceptory::data
