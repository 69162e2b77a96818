#pragma once
// Text as whole numbers: 0 is the padding behind a short text, 1 a token that the coding does not know, and i + 2 the
// token i of its vocabulary. Tokens are characters, or words (readers/TextWords.h).

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/Json.h"

namespace perceptory::data {

class TokenCounter;

class Tokens {
public:
    enum class Unit { Character, Word };
    static constexpr std::size_t mostSteps = 10'000;

    // What is asked for; see the constructor.
    struct Choice {
        Unit unit = Unit::Character;
        std::size_t steps = 0;
        std::size_t vocabulary = 0;
        std::size_t minimumCount = 1;
    };

    Tokens() = default;
    // As many steps as the longest text has tokens, mostSteps at most; `steps` > 0: that many. Tokens that are found
    // `minimumCount` times at least, of them the most frequent ones if `vocabulary` > 0 and there are more; equally
    // frequent ones in the order of their UTF-8 bytes. `counter`: of all texts, of the unit chosen.
    Tokens(const TokenCounter& counter, const Choice& choice);

    Unit unit() const { return m_unit; }
    std::size_t steps() const { return m_steps; }
    // How many different numbers there are, padding and the unknown included: the entries of an embedding.
    std::size_t entries() const { return m_vocabulary.size() + 2; }

    // Writes steps() numbers; a longer text is cut off. Returns whether it was.
    bool encode(std::string_view text, float* numbers) const;

    base::Json toJson() const;
    // Nothing when toJson would not write it.
    static std::optional<Tokens> fromJson(const base::Json& json);

private:
    Unit m_unit = Unit::Character;
    std::vector<std::string> m_vocabulary;  // ascending
    std::size_t m_steps = 0;
};

// Which tokens there are, and how many the longest text has. Memory: the different tokens.
class TokenCounter {
public:
    explicit TokenCounter(Tokens::Unit unit) : m_unit(unit) {}

    // UTF-8. Gives how many tokens it has.
    std::size_t add(std::string_view text);

    Tokens::Unit unit() const { return m_unit; }
    std::size_t longest() const { return m_longest; }  // 1 at least
    const std::map<std::string, std::size_t>& counts() const { return m_counts; }
    std::int64_t bytes() const { return m_bytes; }  // that the different tokens need, about

private:
    Tokens::Unit m_unit;
    std::map<std::string, std::size_t> m_counts;
    std::size_t m_longest = 1;
    std::int64_t m_bytes = 0;
};

}  // namespace perceptory::data
