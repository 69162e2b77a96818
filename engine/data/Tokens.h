#pragma once
// Text as whole numbers: 0 is the padding behind a short text, 1 a character that the coding does not know, and i + 2
// the character i of its vocabulary.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/Json.h"

namespace perceptory::data {

class Tokens {
public:
    Tokens() = default;
    // All characters of the texts, in the order of their UTF-8 bytes, and as many steps as the longest text has;
    // `steps` > 0: that many. The texts must be UTF-8.
    Tokens(std::span<const std::string> texts, std::size_t steps);

    std::size_t steps() const { return m_steps; }
    // How many different numbers there are, padding and the unknown included: the entries of an embedding.
    std::size_t entries() const { return m_vocabulary.size() + 2; }

    // Writes steps() numbers; a longer text is cut off. Returns whether it was.
    bool encode(std::string_view text, float* numbers) const;

    base::Json toJson() const;
    // Nothing when toJson would not write it.
    static std::optional<Tokens> fromJson(const base::Json& json);

private:
    std::vector<std::string> m_vocabulary;  // ascending
    std::size_t m_steps = 0;
};

}  // namespace perceptory::data
