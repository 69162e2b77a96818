#include "tests/architecture/Tree.h"

#include <doctest/doctest.h>

#include <string>

using namespace perceptory::architecture;

namespace {

std::string joined(const std::vector<std::string>& findings) {
    std::string text;
    for (const std::string& finding : findings) text += "\n" + finding;
    return text;
}

const Tree& house() {
    static const Tree tree = readTree(PERCEPTORY_SOURCE_DIR);
    return tree;
}

}  // namespace

TEST_CASE("a planted breach is found with file and line") {
    Tree tree;
    tree.files["engine/layers/Dense.cpp"] = {310, true, {{4, "engine/training/Trainer.h", true}}};
    tree.files["ui/views/LossView.cpp"] = {50, false, {{7, "engine/training/Trainer.h", true}}};
    tree.files["engine/training/Trainer.h"] = {50, false, {{3, "engine/training/Inner.h", true}}};
    tree.files["engine/training/Inner.h"] = {50, false, {{3, "Eigen/Core", false}}};
    tree.folders = {"engine/utils"};
    tree.topLevel = {"scripts"};

    REQUIRE(brokenWalls(tree).size() == 1);
    CHECK(brokenWalls(tree)[0].starts_with("engine/layers/Dense.cpp:4: includes engine/training/Trainer.h"));
    REQUIRE(smuggledLibraries(tree).size() == 1);
    CHECK(smuggledLibraries(tree)[0].starts_with("ui/views/LossView.cpp:7: "));
    CHECK(smuggledLibraries(tree)[0].ends_with("engine/training/Inner.h includes Eigen/Core"));
    CHECK(brokenBudgets(tree).size() == 3);
}

TEST_CASE("the house was read") {
    CHECK(house().files.contains("engine/base/Error.h"));
    CHECK(house().files.contains("packaging/prepare"));
}

TEST_CASE("no wall of the house is broken") {
    CHECK_MESSAGE(brokenWalls(house()).empty(), joined(brokenWalls(house())));
    CHECK_MESSAGE(smuggledLibraries(house()).empty(), joined(smuggledLibraries(house())));
}

TEST_CASE("no budget of the house is overdrawn") {
    CHECK_MESSAGE(brokenBudgets(house()).empty(), joined(brokenBudgets(house())));
}
