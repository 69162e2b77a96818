// What the members of a network and of its training tell of themselves.

#include "engine/project/Shelves.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

using namespace perceptory;

namespace {

const std::vector<std::string> kinds{"layers",  "activations", "initializers", "regularizers", "losses",
                                     "metrics", "optimizers",  "schedules",    "stopping"};

bool tellsFormula(const std::string& help) {
    return std::ranges::any_of(std::vector{"=", "←", "→", "≥", "≤", "Σ", "·"},
                               [&](const char* sign) { return help.find(sign) != help.npos; });
}

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }

// A name and a year: "Bishop 2006", "He et al. 2015".
bool tellsSource(const std::string& help) {
    std::istringstream words(help);
    for (std::string word, before; words >> word; before = word) {
        const std::string number = word.substr(0, word.find_first_not_of("0123456789"));
        const bool year = number.size() == 4 && number > "1700" && number < "2100";
        const std::string name = before.substr(before.starts_with('(') ? 1 : 0);
        if (year && (name == "al." || (!name.empty() && isUpper(name[0])))) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("a formula and a source are known from other text") {
    CHECK(tellsFormula("y = x"));
    CHECK(tellsFormula("w ← w − g"));
    CHECK_FALSE(tellsFormula("Ends the run when it has trained for so long (−1: never)."));
    CHECK(tellsSource("(Bishop 2006, section 1.1)"));
    CHECK(tellsSource("(Manning, Raghavan, Schütze 2008)"));
    CHECK(tellsSource("(Liu et al. 2018)"));
    CHECK_FALSE(tellsSource("Holds 1000 entries, such as 2000 words."));
    CHECK_FALSE(tellsSource("As PyTorch has it."));
}

TEST_CASE("every member of a network and its training tells formula, source and what becomes of it elsewhere") {
    std::size_t shelves = 0;
    for (const project::ShelfListing& shelf : project::shelves()) {
        if (std::ranges::count(kinds, shelf.kind) == 0) continue;
        ++shelves;
        CHECK_FALSE(shelf.members.empty());
        for (const base::KindType* member : shelf.members) {
            CAPTURE(shelf.kind);
            CAPTURE(member->id);
            CAPTURE(member->help);
            CHECK(tellsFormula(member->help));
            CHECK(tellsSource(member->help));
            CHECK_FALSE(member->exports.empty());
        }
    }
    CHECK(shelves == kinds.size());
}
