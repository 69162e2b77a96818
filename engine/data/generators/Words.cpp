// Words of languages that do not exist: each language has a few consonants that begin a syllable, vowels, and
// consonants that may end it, drawn once for all; a word is two to four such syllables.

#include <algorithm>
#include <set>

#include "engine/data/generators/Generator.h"

namespace perceptory::data {

namespace {

constexpr std::size_t longest = 12;
constexpr int languagesThere = 8;
const std::string letters = "abcdefghijklmnopqrstuvwxyz";
const std::vector<std::string> languages{"Arvo", "Belin", "Cosh", "Dumi", "Ekka", "Farn", "Gilu", "Hest"};

struct Language {
    std::string beginnings, vowels, endings;
    double closed = 0;  // the share of syllables that have an ending
};

std::string someOf(const std::string& from, std::size_t count, base::RandomStream& random) {
    std::vector<char> mixed(from.begin(), from.end());
    random.shuffle(mixed);
    return {mixed.begin(), mixed.begin() + static_cast<std::ptrdiff_t>(count)};
}

// The same whatever the seed of the data: a model of one sample of words meets the same languages in another.
Language languageOf(std::int32_t number) {
    base::RandomStream random(static_cast<std::uint64_t>(number), base::stableHash("generator.words.language"));
    const std::string consonants = "bcdfghjklmnpqrstvwxyz";
    Language language{someOf(consonants, 9, random), someOf("aeiou", 3, random), someOf(consonants, 4, random)};
    language.closed = random.uniform(0.1, 0.7);
    return language;
}

char oneOf(const std::string& from, base::RandomStream& random) {
    return from[random.below(static_cast<std::uint32_t>(from.size()))];
}

std::string word(const Language& language, double noise, base::RandomStream& random) {
    std::string text;
    for (std::uint32_t syllables = 2 + random.below(3); syllables > 0; --syllables) {
        text += oneOf(language.beginnings, random);
        text += oneOf(language.vowels, random);
        if (random.uniform() < language.closed) text += oneOf(language.endings, random);
    }
    for (char& letter : text)
        if (random.uniform() < noise) letter = oneOf(letters, random);
    return text;
}

// All letters are told apart, whether they occur or not.
Tokens alphabet() {
    TokenCounter counter(Tokens::Unit::Character);
    counter.add(letters);
    return {counter, {.unit = Tokens::Unit::Character, .steps = longest}};
}

std::int64_t classes(const base::ParamValues& values) { return values.integer("languages"); }

Table make(const base::ParamValues& values, base::RandomStream& random) {
    Table table;
    table.tokens = alphabet();
    table.values = RowStore(longest);
    for (std::size_t i = 1; i <= longest; ++i) table.columns.push_back("character_" + std::to_string(i));
    const auto count = static_cast<std::size_t>(classes(values));
    std::vector<Language> spoken;
    for (std::size_t i = 0; i < count; ++i) {
        spoken.push_back(languageOf(static_cast<std::int32_t>(i)));
        table.classNames.push_back(languages[i]);
    }
    table.labels = generators_detail::mixedClasses(values.integer("samples"), classes(values), random);
    table.count = table.labels.size();
    std::vector<float> row(longest);
    std::set<std::string> known;
    for (const std::int32_t label : table.labels) {
        std::string text;
        // Each word once, so that no test asks for what was learned; as long as there are enough of them.
        for (int tries = 0; tries < 50 && (text.empty() || known.contains(text)); ++tries)
            text = word(spoken[static_cast<std::size_t>(label)], values.number("noise"), random);
        known.insert(text);
        table.tokens->encode(text, row.data());
        table.values.append(row);
    }
    return table;
}

}  // namespace

const GeneratorType generator_members::Words{
    {"words", "Invented words",
     "Words of languages that do not exist, letter by letter; the class is the language. Each language has its own few "
     "letters that begin and end a syllable. An embedding of them needs 28 entries: 26 letters, the blank behind a "
     "short word, and the unknown.",
     generators_detail::parameters(
         2000, "The share of letters that are any other letter.",
         {base::integerParam("languages", "Languages", "How many there are to tell apart.", 4, 2, languagesThere)})},
    Task::Classification,
    classes,
    nullptr,
    make};

}  // namespace perceptory::data
