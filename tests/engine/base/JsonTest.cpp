#include "engine/base/Json.h"

#include <doctest/doctest.h>

#include "engine/base/Error.h"

using namespace perceptory::base;

namespace {

std::string refusal(const std::string& text) {
    try {
        parseJson(text, "p.perceptory");
    } catch (const Error& error) {
        return error.sentence();
    }
    return "accepted";
}

}  // namespace

TEST_CASE("broken JSON is refused with file, line and remedy") {
    CHECK(refusal("{\n\"a\": 1,\n}") ==
          "p.perceptory, line 3: this is not valid JSON. Mend it there, or choose another file.");
    CHECK(refusal("") == "p.perceptory: the file is empty. Choose another file.");
    CHECK(refusal("{\"a\": 1, \"a\": 2}").find("stands twice") != std::string::npos);
    CHECK(refusal(std::string(1000000, '[')).find("deeper than 32") != std::string::npos);
    CHECK(refusal("{\"a\": 1e999}").find("out of range") != std::string::npos);
    CHECK(refusal("{\"a\": NaN}").find("not valid JSON") != std::string::npos);
    CHECK(refusal(std::string("{\"a\": \"\xff\"}")).find("not valid JSON") != std::string::npos);
}

TEST_CASE("an object of a million keys is refused at once") {
    std::string text = "{";
    for (int i = 0; i < 1000000; ++i) text += "\"" + std::to_string(i) + "\":0,";
    CHECK(refusal(text + "\"a\":0}").find("more than 10,000 keys") != std::string::npos);
}

TEST_CASE("seeds keep all 64 bits") {
    CHECK(readSeed(Json("18446744073709551615"), "seed") == 18446744073709551615ull);
    CHECK(readSeed(Json(42u), "seed") == 42);
    CHECK_THROWS_AS(readSeed(Json("-1"), "seed"), Error);
    CHECK_THROWS_AS(readSeed(Json(1.5), "seed"), Error);
}
