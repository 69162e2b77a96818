#include "engine/base/Text.h"

#include <doctest/doctest.h>

using namespace perceptory::base;

namespace {

// Words turned round, with a place for an argument that does not exist.
std::string foreign(const char* pattern, int count) {
    if (std::string(pattern) == "{0} of {1}") return "<{1}/{0}{2}>";
    return "<" + std::string(pattern) + (count < 0 ? "" : " #" + std::to_string(count)) + ">";
}

// A pattern as a template argument, to ask the compiler whether it would take it.
struct Words {
    template <std::size_t Size>
    consteval Words(const char (&literal)[Size]) {
        for (std::size_t i = 0; i < Size; ++i) text[i] = literal[i];
    }
    char text[64] = {};
};

template <Words pattern, std::size_t arguments>
concept Compiles = requires {
    typename std::bool_constant<(Pattern<arguments>(pattern.text), true)>;
};

struct Foreign {
    Foreign() { setTranslator(foreign); }
    ~Foreign() { setTranslator(nullptr); }
};

}  // namespace

TEST_CASE("a sentence fills in its arguments, each value as it is") {
    CHECK(sentence("Nothing here.") == "Nothing here.");
    CHECK(sentence("The file {0} has {1} lines.", std::string("a{1}.csv"), 3) == "The file a{1}.csv has 3 lines.");
    CHECK(sentence("the sign {0}", '^') == "the sign ^");
    CHECK(sentence("from {0} to {1}", 3.0, -1.5f) == "from 3 to -1.5");
    CHECK(sentence("{0} or {0}, never {1}", "a", "b") == "a or a, never b");
    CHECK(sentence("Write {\"nodes\": [{0}]} or {}.", std::string_view("1")) == "Write {\"nodes\": [1]} or {}.");
}

TEST_CASE("a pattern with a wrong number of places does not compile") {
    CHECK(Compiles<"Nothing here.", 0>);
    CHECK(Compiles<"{0} of {1}, {0}", 2>);
    CHECK_FALSE(Compiles<"Nothing here.", 1>);
    CHECK_FALSE(Compiles<"{0} of {1}", 1>);
    CHECK_FALSE(Compiles<"{0} of {2}", 2>);
    CHECK_FALSE(Compiles<"{0} of {1}", 3>);
}

TEST_CASE("counted things take the singular or the plural") {
    CHECK(counted("{0} unit", "{0} units", 1) == "1 unit");
    CHECK(counted("{0} unit", "{0} units", 0) == "0 units");
    CHECK(counted("{0} unit", "{0} units", 5'000'000'000) == "5000000000 units");
}

TEST_CASE("with a translator every pattern is translated before it is filled in") {
    const Foreign language;
    CHECK(sentence("Nothing here.") == "<Nothing here.>");
    CHECK(sentence("{0} of {1}", 1, 2) == "<2/1{2}>");
    CHECK(counted("{0} unit", "{0} units", 1) == "<1 unit #1>");
    CHECK(counted("{0} unit", "{0} units", 7) == "<7 units #7>");
}
