#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace perceptory::data {

// Text as valid UTF-8, which JSON and the window need: what is not is taken for Latin-1.
std::string asUtf8(std::string_view text);

// Looks through a text, block by block, for what is no UTF-8.
class Utf8Watch {
public:
    void take(std::string_view block);
    // Of all blocks: the first line with such bytes, counted from 1; 0 where there is none. Lines end as in CsvScanner.
    std::size_t badLine() const;

private:
    std::string m_rest;  // the beginning of a character that the block before did not end
    std::size_t m_line = 1;
    bool m_afterReturn = false, m_isBad = false;
};

// Why a text with a zero byte is none, and what to do about it.
std::string zeroByteReason();

// The characters (code points) of valid UTF-8.
std::vector<std::string_view> utf8Characters(std::string_view text);

// Text of a file for a message: valid UTF-8 of one line and at most 40 characters, "…" for the rest, control characters
// as \x1b.
std::string quotable(std::string_view text);

}  // namespace perceptory::data
