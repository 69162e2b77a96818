#include "engine/project/RunStateArchive.h"

#include <doctest/doctest.h>

#include <cstring>
#include <random>

#include "engine/base/Error.h"

using namespace perceptory;
using project::archived;
using project::RunState;
using project::runStateOf;

namespace {

const RunState full{
    12.5, (1ll << 53) + 1, "v3", {"setosa", "", "ä"}, R"({"task":"classification"})", R"({"mean":[0.5]})", "null"};

std::string refusalOf(const std::string& bytes) {
    try {
        runStateOf(bytes);
    } catch (const base::Error& error) {
        return error.sentence();
    }
    return "read";
}

}  // namespace

TEST_CASE("a state comes back as it was") {
    CHECK(runStateOf(archived(full)) == full);
    CHECK(runStateOf(archived({})) == RunState{});
}

TEST_CASE("the bytes are the same on every machine") {
    const std::string bytes = archived({1.5, 2, "v3", {"a"}, "t", "p", "c"});
    using namespace std::string_literals;
    const std::string expected = "\0\0\0\0\0\0\xf8\x3f"s + "\2\0\0\0\0\0\0\0"s + "\2\0\0\0\0\0\0\0v3"s +
                                 "\1\0\0\0\0\0\0\0"s + "\1\0\0\0\0\0\0\0a"s + "\1\0\0\0\0\0\0\0t"s +
                                 "\1\0\0\0\0\0\0\0p"s + "\1\0\0\0\0\0\0\0c"s;
    CHECK(bytes == expected);
}

TEST_CASE("a state that was cut off, or goes on, is refused") {
    const std::string bytes = archived(full);
    for (std::size_t size = 0; size < bytes.size(); ++size) REQUIRE(refusalOf(bytes.substr(0, size)) != "read");
    CHECK(refusalOf(bytes + "x") == "it goes on behind its end");
}

TEST_CASE("lengths that lie take no memory") {
    const std::string bytes = archived(full);
    for (const std::uint64_t value : {1ull << 20, 1ull << 32, 1ull << 61, ~0ull >> 1, ~0ull})
        for (std::size_t at = 16; at + 8 <= bytes.size(); ++at) {
            std::string changed = bytes;
            std::memcpy(changed.data() + at, &value, 8);
            const std::string said = refusalOf(changed);
            REQUIRE((said == "read" || said == "it was cut off" || said == "a length in it is impossible" ||
                     said == "it goes on behind its end"));
        }
    std::string changed = bytes;
    std::memset(changed.data() + 16, 0x7f, 8);
    CHECK(refusalOf(changed) == "a length in it is impossible");
}

TEST_CASE("25,000 mutants are read or refused") {
    const std::string bytes = archived(full);
    std::mt19937 random(1);
    int read = 0;
    for (int i = 0; i < 25'000; ++i) {
        std::string mutant = bytes;
        for (unsigned k = random() % 4 + 1; k > 0; --k) mutant[random() % mutant.size()] = static_cast<char>(random());
        if (random() % 4 == 0) mutant.resize(random() % mutant.size());
        read += refusalOf(mutant) == "read";
    }
    // Those with other numbers and letters, which the sum of the file would tell.
    CHECK(read > 0);
    CHECK(read < 25'000);
}
