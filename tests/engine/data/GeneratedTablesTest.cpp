// Tables that generators make for networks that paint, and for networks that read.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "engine/data/generators/Generator.h"

using namespace perceptory;
using namespace perceptory::data;

namespace {

Table makeTable(const std::string& id, const base::Json& parameters, std::uint64_t seed = 1) {
    return generateTable(generators().get(id, "id"), parameters, seed);
}

}  // namespace

TEST_CASE("shapes_pictures: without noise and bars a picture is to be painted as it is, else as it was before them") {
    for (const char* colour : {"grey", "rgb"}) {
        const Table same = makeTable("shapes_pictures", {{"samples", 20}, {"size", 16}, {"colour", colour}});
        CHECK(same.targetShape == same.shape);
        std::vector<float> picture(same.values.width());
        for (std::size_t row = 0; row < same.count; ++row) {
            same.values.read(row, picture.data());
            for (std::size_t i = 0; i < picture.size(); ++i)
                CHECK(std::abs(picture[i] - same.targets[row * picture.size() + i]) <= 0.5f / 255 + 1e-6f);
        }
    }
    const base::Json spoiled{{"samples", 20}, {"size", 16}, {"noise", 0.3}, {"occlusion", 0.5}};
    const Table table = makeTable("shapes_pictures", spoiled);
    // A background and a shape alone, and what lies between them at the edge.
    const auto first = table.targets.begin(), last = first + std::ssize(table.columns);
    std::map<float, int> brightness;
    for (auto value = first; value != last; ++value) ++brightness[*value];
    std::vector<int> counts;
    for (const auto& [value, count] : brightness) counts.push_back(count);
    std::ranges::sort(counts, std::greater());
    CHECK(counts[0] + counts[1] > 200);
    CHECK(std::ranges::all_of(table.targets, [](float value) { return value >= 0 && value <= 1; }));
}

TEST_CASE("words: letters of the language alone, the same languages whatever the seed, any letter with noise") {
    const auto lettersOf = [](const base::Json& parameters, std::uint64_t seed) {
        const Table table = makeTable("words", parameters, seed);
        CHECK(table.tokens->entries() == 28);
        std::vector<std::set<float>> letters(table.classes());
        std::vector<float> row(table.values.width());
        for (std::size_t i = 0; i < table.count; ++i) {
            table.values.read(i, row.data());
            CHECK(row[3] >= 2);  // two syllables of two letters at least
            const auto end = std::ranges::find(row, 0.0f);
            CHECK(std::all_of(end, row.end(), [](float x) { return x == 0; }));
            letters[static_cast<std::size_t>(table.labels[i])].insert(row.begin(), end);
        }
        return letters;
    };
    const auto letters = lettersOf({{"samples", 2000}, {"languages", 8}}, 1);
    for (std::size_t i = 0; i < letters.size(); ++i) {
        CHECK(letters[i].size() <= 9 + 3 + 4);
        for (std::size_t k = 0; k < i; ++k) CHECK(letters[i] != letters[k]);
    }
    CHECK(lettersOf({{"samples", 2000}, {"languages", 8}}, 2) == letters);
    CHECK(lettersOf({{"samples", 2000}, {"noise", 0.2}}, 1)[0].size() == 26);
}
