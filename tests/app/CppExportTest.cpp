// export --format cpp: what it says, writes and refuses, and that its program prints what `predict` prints.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "tests/app/Projects.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using base::Json;
using test::Outcome;

namespace {

Outcome exported(const std::string& model, const std::string& output, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"export", model, "--format", "cpp", "--output", output};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return test::run(arguments);
}

std::vector<std::vector<std::string>> cellsOf(const std::string& text) {
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines(text);
    for (std::string line, cell; std::getline(lines, line);) {
        rows.emplace_back();
        for (std::istringstream cells(line); std::getline(cells, cell, ',');) rows.back().push_back(cell);
    }
    return rows;
}

}  // namespace

TEST_CASE("a C++ export is a folder that says how its own check came out") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::irisProject(), 1), path = folder / "my iris";
    const Outcome outcome = exported(model, path);
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    for (const char* word : {"my_iris.h and main.cpp, 79 weights", "read back bit for bit", "run on 10 samples",
                             "largest difference", "with preprocessing"})
        CHECK_MESSAGE(outcome.out.find(word) != std::string::npos, word);
    const std::string header = support::contentOf(path + "/my_iris.h");
    for (const char* word : {"petal length (cm)", "\"setosa\"", "h1_weight", "scaleShift", "noexcept"})
        CHECK_MESSAGE(header.find(word) != std::string::npos, word);
    CHECK(std::filesystem::exists(path + "/samples.csv"));
    CHECK(!std::filesystem::exists(path + "/my_iris_weights.bin"));

    REQUIRE(
        exported(model, path, {"--set", "preprocessing=false", "--set", "names=false", "--set", "weights=file"}).code ==
        0);
    const std::string bare = support::contentOf(path + "/my_iris.h");
    for (const char* word : {"scaleShift", "setosa", "petal length (cm)", "inline const float"})
        CHECK_MESSAGE(bare.find(word) == std::string::npos, word);
    CHECK(std::filesystem::file_size(path + "/my_iris_weights.bin") == 67 * 4);
    REQUIRE(exported(model, path).code == 0);
    CHECK(support::contentOf(path + "/my_iris.h") == header);
    CHECK(!std::filesystem::exists(path + "/my_iris_weights.bin"));
}

TEST_CASE("the exported program prints what predict prints") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::irisProject(), 2), path = folder / "iris";
    REQUIRE(exported(model, path).code == 0);
    std::istringstream table(support::contentOf(folder / "iris.csv"));
    std::string rows, line;
    for (int i = 0; i < 150 && std::getline(table, line); ++i)
        if (i % 10 == 0) rows += line.substr(0, line.rfind(',')) + "\n";
    support::writeContent(folder / "rows.csv", rows);
    const std::string compile = PERCEPTORY_COMPILER " -std=c++17 -O2 -Wall -Wextra -Werror main.cpp -o iris";
    REQUIRE(std::system(("cd " + path + " && " + compile).c_str()) == 0);
    REQUIRE(std::system(
                ("cd " + path + " && ./iris ../rows.csv > ../ours.csv && ./iris --check > ../check.txt").c_str()) == 0);
    CHECK(support::contentOf(folder / "check.txt").find("10 samples") != std::string::npos);
    const Outcome predicted = test::run({"predict", model, "--input", folder / "rows.csv"});
    REQUIRE_MESSAGE(predicted.code == 0, predicted.err);
    const auto ours = cellsOf(support::contentOf(folder / "ours.csv")), theirs = cellsOf(predicted.out);
    REQUIRE(ours.size() == theirs.size());
    REQUIRE(ours.size() == 15);
    CHECK(ours[0] == theirs[0]);
    for (std::size_t i = 1; i < ours.size(); ++i) {
        REQUIRE(ours[i].size() == theirs[i].size());
        CHECK(ours[i].back() == theirs[i].back());
        for (std::size_t k = 0; k + 1 < ours[i].size(); ++k)
            CHECK(std::stod(ours[i][k]) == doctest::Approx(std::stod(theirs[i][k])).epsilon(1e-5));
    }
}

TEST_CASE("a folder with other things is not written into") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::circleProject(), 1), path = folder / "net";
    std::filesystem::create_directory(path);
    support::writeContent(path + "/letter.txt", "mine");
    const Outcome outcome = exported(model, path);
    CHECK(outcome.code == 4);
    CHECK(outcome.says("letter.txt"));
    CHECK(!std::filesystem::exists(path + "/main.cpp"));
    CHECK(exported(model, folder / "nowhere/net").code == 4);
    CHECK(exported(model, path, {"--set", "weights=paper"}).code == 2);
}
