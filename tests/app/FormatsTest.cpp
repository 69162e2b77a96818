// Files of every format there has been are read for ever: tests/golden/formatN, made by the versions that wrote it.
#include <doctest/doctest.h>

#include <filesystem>

#include "tests/app/CliProcess.h"
#include "tests/support/Folder.h"

using namespace perceptory;

namespace {

const std::string golden = PERCEPTORY_SOURCE_DIR "/tests/golden/";

std::vector<std::vector<std::string>> cellsOf(const std::string& csv) {
    std::vector<std::vector<std::string>> rows(1);
    rows.back().emplace_back();
    for (const char c : csv) {
        if (c == '\n')
            rows.push_back({""});
        else if (c == ',')
            rows.back().emplace_back();
        else
            rows.back().back() += c;
    }
    return rows;
}

void compare(const std::string& now, const std::string& then) {
    const auto cells = cellsOf(now), expected = cellsOf(then);
    REQUIRE(cells.size() == expected.size());
    for (std::size_t row = 0; row < cells.size(); ++row) {
        REQUIRE(cells[row].size() == expected[row].size());
        for (std::size_t i = 0; i < cells[row].size(); ++i) {
            char* end = nullptr;
            const double number = std::strtod(expected[row][i].c_str(), &end);
            const bool isNumber = end != expected[row][i].c_str();
            if (isNumber)
                CHECK(std::stod(cells[row][i]) == doctest::Approx(number).epsilon(1e-5));
            else
                CHECK(cells[row][i] == expected[row][i]);
        }
    }
}

}  // namespace

TEST_CASE("models of every format answer as they did, and train on") {
    int formats = 0;
    for (int format = 1; std::filesystem::exists(golden + "format" + std::to_string(format)); ++format, ++formats) {
        const std::string folder = golden + "format" + std::to_string(format) + "/";
        const support::Folder own;
        const auto predicted = test::run({"predict", folder + "iris.perceptory-model", "--input", folder + "rows.csv"});
        REQUIRE(predicted.code == 0);
        compare(predicted.out, support::contentOf(folder + "predicted.csv"));
        const auto trained = test::run({"train", folder + "iris.perceptory", "--resume",
                                        folder + "iris.perceptory-model", "--steps", "40", "--model", own / "m"});
        CHECK(trained.code == 0);
        CHECK(trained.out.find("steps: 40") != std::string::npos);
    }
    CHECK(formats == 2);
}
