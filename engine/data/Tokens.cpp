#include "engine/data/Tokens.h"

#include <algorithm>
#include <set>

#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

using base::Json;

Tokens::Tokens(std::span<const std::string> texts, std::size_t steps) {
    std::set<std::string, std::less<>> found;
    std::size_t longest = 1;
    for (const std::string& text : texts) {
        const std::vector<std::string_view> characters = utf8Characters(text);
        longest = std::max(longest, characters.size());
        for (const std::string_view character : characters)
            if (!found.contains(character)) found.emplace(character);
    }
    m_vocabulary.assign(found.begin(), found.end());
    m_steps = steps > 0 ? steps : longest;
}

bool Tokens::encode(std::string_view text, float* numbers) const {
    const std::vector<std::string_view> characters = utf8Characters(text);
    for (std::size_t i = 0; i < m_steps; ++i) {
        numbers[i] = 0;
        if (i >= characters.size()) continue;
        const auto place = std::ranges::lower_bound(m_vocabulary, characters[i]);
        const bool known = place != m_vocabulary.end() && *place == characters[i];
        numbers[i] = known ? static_cast<float>(place - m_vocabulary.begin() + 2) : 1.0f;
    }
    return characters.size() > m_steps;
}

Json Tokens::toJson() const { return {{"vocabulary", m_vocabulary}, {"steps", m_steps}}; }

std::optional<Tokens> Tokens::fromJson(const Json& json) try {
    Tokens tokens;
    tokens.m_vocabulary = json.at("vocabulary").get<std::vector<std::string>>();
    tokens.m_steps = json.at("steps").get<std::size_t>();
    const bool sound = tokens.m_steps > 0 && std::ranges::is_sorted(tokens.m_vocabulary);
    return sound ? std::optional(tokens) : std::nullopt;
} catch (const Json::exception&) {
    return {};
}

}  // namespace perceptory::data
