// Rows that do not fit the memory they may take lie on the disk and read the same.

#include "engine/data/RowStore.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <numeric>

#include "tests/support/Folder.h"

using namespace perceptory;
using data::RowStore;

namespace {

std::vector<float> numbers(std::size_t count) {
    std::vector<float> values(count);
    std::iota(values.begin(), values.end(), 0.5f);
    return values;
}

}  // namespace

TEST_CASE("rows read alike from memory and from the disk, however they were appended") {
    const std::vector<float> all = numbers(40 * 7);
    for (const std::int64_t memory :
         {std::int64_t{0}, std::int64_t{100}, std::int64_t{28 * 5}, std::int64_t{1} << 20}) {
        RowStore store(7, RowStore::Number::Float, 1, memory);
        store.append(std::span(all).first(7));
        store.append(std::span(all).subspan(7, 7 * 30));
        store.append(std::span(all).subspan(7 * 31));
        CHECK(store.count() == 40);
        CHECK(store.memory() <= memory);
        CHECK(store.floats() == all);
        std::vector<float> scratch;
        for (std::size_t row : {39, 0, 5, 4, 6})
            CHECK(std::ranges::equal(store.row(row, scratch), std::span(all).subspan(7 * row, 7)));
        const std::vector<std::uint32_t> chosen{39, 2, 2, 20};
        const RowStore some = store.chosen(chosen);
        CHECK(some.count() == 4);
        CHECK(some.row(3, scratch)[6] == all[20 * 7 + 6]);
    }
}

TEST_CASE("bytes are divided as they are read, in memory and on the disk") {
    const std::vector<std::uint8_t> bytes{0, 51, 255, 102, 1, 254};
    for (const std::int64_t memory : {0, 3, 100}) {
        RowStore store(3, RowStore::Number::Byte, 255, memory);
        store.append(std::span(bytes));
        CHECK(store.floats() == std::vector<float>{0, 51 / 255.0f, 1, 102 / 255.0f, 1 / 255.0f, 254 / 255.0f});
        RowStore both(3);
        both.append(store);
        both.append(std::vector<float>{1, 2, 3});
        CHECK(both.floats()[1] == 51 / 255.0f);
        CHECK(both.count() == 3);
    }
}

TEST_CASE("a folder without room is named, with what to do") {
    const char* before = std::getenv("TMPDIR");
    const std::string kept = before ? before : "";
    setenv("TMPDIR", "/nowhere/at/all", 1);
    RowStore store(2, RowStore::Number::Float, 1, 0);
    CHECK_THROWS_WITH(store.append(std::vector<float>{1, 2}), doctest::Contains("/nowhere/at/all"));
    before ? setenv("TMPDIR", kept.c_str(), 1) : unsetenv("TMPDIR");
}

TEST_CASE("nothing is left of the file on the disk") {
    const support::Folder folder;
    const char* before = std::getenv("TMPDIR");
    const std::string kept = before ? before : "";
    setenv("TMPDIR", folder.path().c_str(), 1);
    {
        RowStore store(2, RowStore::Number::Float, 1, 0);
        store.append(numbers(1000));
        CHECK(folder.entries() == 0);
        CHECK(store.floats() == numbers(1000));
    }
    before ? setenv("TMPDIR", kept.c_str(), 1) : unsetenv("TMPDIR");
}
