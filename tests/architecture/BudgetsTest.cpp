#include "tests/architecture/Budgets.h"

#include <doctest/doctest.h>

using namespace perceptory::architecture;

TEST_CASE("the members of a shelf are read from its list") {
    const auto members = membersOf("// what layers there are\nLAYER(Dense)\n LAYER(Ignored)\nLAYER(MaxPool)  // 2-D\n");
    CHECK(members == std::set<std::string>{"Dense", "MaxPool"});
}

TEST_CASE("members of shelves and known places of growth have less room") {
    CHECK(lineLimit("engine/layers/Dense.cpp", true) == 300);
    CHECK(lineLimit("engine/backends/cpu/Kernels.cpp", false) == 400);
    CHECK(lineLimit("ui/window/MainWindow.cpp", false) == 400);
    CHECK(lineLimit("engine/ir/Graph.cpp", false) == 600);
}

TEST_CASE("only known entries and what git ignores lie at the top") {
    const char* ignored = "/build/\n/loss.csv\n*.swp\n";
    CHECK(belongsAtTop("engine", ignored));
    CHECK(belongsAtTop(".clang-format", ignored));
    CHECK(belongsAtTop("build", ignored));
    CHECK(belongsAtTop("loss.csv", ignored));
    CHECK_FALSE(belongsAtTop("scripts", ignored));
    CHECK_FALSE(belongsAtTop("uild", ignored));
}

TEST_CASE("folders say what is inside") {
    CHECK(isEmptyName("utils"));
    CHECK(isEmptyName("src"));
    CHECK_FALSE(isEmptyName("support"));
}
