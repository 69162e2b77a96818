#include "engine/data/Tokens.h"

#include <algorithm>
#include <functional>

#include "engine/data/readers/TextWords.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

using base::Json;

namespace {

std::vector<std::string> tokensOf(std::string_view text, Tokens::Unit unit) {
    if (unit == Tokens::Unit::Word) return wordsOf(text);
    const std::vector<std::string_view> characters = utf8Characters(text);
    return {characters.begin(), characters.end()};
}

}  // namespace

std::size_t TokenCounter::add(std::string_view text) {
    constexpr std::int64_t node = 96;  // of the map, beside the text
    const std::vector<std::string> tokens = tokensOf(text, m_unit);
    m_longest = std::max(m_longest, tokens.size());
    for (const std::string& token : tokens)
        if (++m_counts[token] == 1) m_bytes += node + static_cast<std::int64_t>(token.size());
    return tokens.size();
}

Tokens::Tokens(const TokenCounter& counter, const Choice& choice) : m_unit(counter.unit()) {
    m_steps = choice.steps > 0 ? choice.steps : std::min(counter.longest(), mostSteps);
    for (const auto& [token, count] : counter.counts())
        if (count >= choice.minimumCount) m_vocabulary.push_back(token);
    if (choice.vocabulary == 0 || m_vocabulary.size() <= choice.vocabulary) return;
    std::ranges::stable_sort(m_vocabulary, std::greater(),
                             [&](const std::string& token) { return counter.counts().at(token); });
    m_vocabulary.resize(choice.vocabulary);
    std::ranges::sort(m_vocabulary);
}

bool Tokens::encode(std::string_view text, float* numbers) const {
    const std::vector<std::string> tokens = tokensOf(text, m_unit);
    for (std::size_t i = 0; i < m_steps; ++i) {
        numbers[i] = 0;
        if (i >= tokens.size()) continue;
        const auto place = std::ranges::lower_bound(m_vocabulary, tokens[i]);
        const bool known = place != m_vocabulary.end() && *place == tokens[i];
        numbers[i] = known ? static_cast<float>(place - m_vocabulary.begin() + 2) : 1.0f;
    }
    return tokens.size() > m_steps;
}

// Models from before there were words have no unit.
Json Tokens::toJson() const {
    Json json{{"vocabulary", m_vocabulary}, {"steps", m_steps}};
    if (m_unit == Unit::Word) json["unit"] = "word";
    return json;
}

std::optional<Tokens> Tokens::fromJson(const Json& json) try {
    Tokens tokens;
    tokens.m_vocabulary = json.at("vocabulary").get<std::vector<std::string>>();
    tokens.m_steps = json.at("steps").get<std::size_t>();
    const Json unit = json.value("unit", Json("character"));
    tokens.m_unit = unit == "word" ? Unit::Word : Unit::Character;
    const bool sound =
        tokens.m_steps > 0 && std::ranges::is_sorted(tokens.m_vocabulary) && (unit == "word" || unit == "character");
    return sound ? std::optional(tokens) : std::nullopt;
} catch (const Json::exception&) {
    return {};
}

}  // namespace perceptory::data
