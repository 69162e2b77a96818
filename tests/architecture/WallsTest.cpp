#include "tests/architecture/Walls.h"

#include <doctest/doctest.h>

using namespace perceptory::architecture;

namespace {

std::string ours(const char* file, const char* path) { return breach(file, {1, path, true}); }
std::string theirs(const char* file, const char* path) { return breach(file, {1, path, false}); }

}  // namespace

TEST_CASE("include lines are read with their numbers, comments are not") {
    const auto includes = includesOf(
        "// #include \"engine/a.h\"\n"
        "/* #include <b>\n   #include <c> */ #include <d>\n"
        "  #  include \"engine/base/Error.h\"  // why\n"
        "const char* text = \"/*\";\n"
        "#include MACRO\n"
        "#include <vector>");
    REQUIRE(includes.size() == 3);
    CHECK(includes[0].path == "d");
    CHECK(includes[0].line == 3);
    CHECK(includes[1].path == "engine/base/Error.h");
    CHECK(includes[1].line == 4);
    CHECK(includes[1].quoted);
    CHECK(includes[2].path == "vector");
    CHECK(includes[2].line == 7);
    CHECK_FALSE(includes[2].quoted);
}

TEST_CASE("what only the instruction-set libraries include is told apart") {
    const auto includes = includesOf(
        "#ifdef PERCEPTORY_KERNELS\n#    include <Eigen/Core>\n"
        "#    if 1\n#include <a>\n#    endif\n#else\n#include <b>\n#endif\n"
        "#ifndef PERCEPTORY_KERNELS\n#include <c>\n#endif\n#include <d>\n");
    REQUIRE(includes.size() == 5);
    CHECK(includes[0].kernelsOnly);
    CHECK(includes[1].kernelsOnly);
    for (int i : {2, 3, 4}) CHECK_FALSE(includes[static_cast<std::size_t>(i)].kernelsOnly);
}

TEST_CASE("a room is a box and its first folder") {
    CHECK(roomOf("engine/data/generators/Circle.cpp") == "engine/data");
    CHECK(roomOf("ui/views/LossView.h") == "ui/views");
    CHECK(roomOf("tests/support/main.cpp") == "tests/support");
    CHECK(roomOf("README.md").empty());
}

TEST_CASE("the engine has no Qt and does not know the window") {
    CHECK_FALSE(theirs("engine/base/Error.h", "QString").empty());
    CHECK_FALSE(theirs("engine/base/Error.h", "QtCore/QString").empty());
    CHECK_FALSE(theirs("engine/training/Session.cpp", "qglobal.h").empty());
    CHECK_FALSE(theirs("app/cli/main.cpp", "QCoreApplication").empty());
    CHECK_FALSE(ours("engine/training/Session.h", "ui/document/Document.h").empty());
    CHECK_FALSE(ours("engine/base/Error.h", "tests/support/Close.h").empty());
    CHECK(theirs("engine/base/Error.h", "string").empty());
    CHECK(theirs("engine/backends/cpu/Product.cpp", "Eigen/Core").empty());
}

TEST_CASE("the window sees the engine's headers, not its libraries") {
    CHECK(theirs("ui/views/LossView.cpp", "QtCharts/QChart").empty());
    CHECK(ours("ui/views/LossView.cpp", "engine/training/Snapshot.h").empty());
    for (const char* header : {"Eigen/Core", "CL/cl.h", "clblast.h", "boost/serialization/vector.hpp"})
        CHECK_FALSE(theirs("ui/views/LossView.cpp", header).empty());
    CHECK_FALSE(ours("ui/widgets/Slider.cpp", "engine/base/Params.h").empty());
    CHECK_FALSE(ours("ui/window/MainWindow.cpp", "app/gui/Start.h").empty());
}

TEST_CASE("engine rooms include lower levels only") {
    CHECK(ours("engine/training/Trainer.cpp", "engine/network/Network.h").empty());
    CHECK(ours("engine/layers/Dense.cpp", "engine/activations/ActivationType.h").empty());
    CHECK(ours("engine/data/Dataset.cpp", "engine/data/generators/Circle.h").empty());
    CHECK_FALSE(ours("engine/base/Json.cpp", "engine/tensor/Tensor.h").empty());
    CHECK_FALSE(ours("engine/network/Network.cpp", "engine/training/Trainer.h").empty());
}

TEST_CASE("rooms of one level do not know each other") {
    CHECK_FALSE(ours("engine/losses/Hinge.cpp", "engine/activations/Tanh.h").empty());
    CHECK_FALSE(ours("engine/backends/cpu/Kernels.cpp", "engine/activations/Tanh.h").empty());
    CHECK_FALSE(ours("engine/layers/Input.cpp", "engine/data/Dataset.h").empty());
}

TEST_CASE("kernels made from formulas lie below the shelves, the runners of plans do not") {
    CHECK(ours("engine/activations/Tanh.cpp", "engine/backends/isa/ShelfKernels.h").empty());
    CHECK(ours("engine/backends/isa/Elementwise.h", "engine/backends/Kernels.h").empty());
    CHECK(ours("engine/backends/cpu/Executable.cpp", "engine/backends/isa/Tables.h").empty());
    CHECK_FALSE(ours("engine/activations/Tanh.cpp", "engine/backends/cpu/Executable.h").empty());
    CHECK_FALSE(ours("engine/backends/isa/Tiny.cpp", "engine/activations/Activation.h").empty());
    CHECK_FALSE(ours("engine/backends/isa/Tiny.cpp", "engine/backends/KernelLibrary.h").empty());
}

TEST_CASE("canvas, forms, session and views are strangers") {
    CHECK_FALSE(ours("ui/views/LossView.cpp", "ui/session/SessionController.h").empty());
    CHECK_FALSE(ours("ui/canvas/Node.cpp", "ui/views/LossView.h").empty());
    CHECK_FALSE(ours("ui/forms/FormBuilder.cpp", "ui/canvas/Node.h").empty());
    CHECK(ours("ui/views/LossView.cpp", "ui/document/Document.h").empty());
    CHECK(ours("ui/window/MainWindow.cpp", "ui/views/LossView.h").empty());
    CHECK_FALSE(ours("ui/document/Document.cpp", "ui/window/MainWindow.h").empty());
}

TEST_CASE("a room that nobody gave a level is named") {
    CHECK(ours("engine/magic/Wand.h", "engine/base/Error.h").find("engine/magic has no level") == 0);
}

TEST_CASE("the programs stay apart, and the command line stays without a window") {
    CHECK(ours("app/cli/main.cpp", "engine/project/Project.h").empty());
    CHECK(ours("app/gui/main.cpp", "ui/window/MainWindow.h").empty());
    CHECK_FALSE(ours("app/cli/main.cpp", "ui/window/MainWindow.h").empty());
    CHECK_FALSE(ours("app/gui/main.cpp", "app/cli/Train.h").empty());
}

TEST_CASE("our files are named by their full path") {
    CHECK_FALSE(ours("engine/base/Json.cpp", "Json.h").empty());
    CHECK_FALSE(ours("engine/base/Json.cpp", "../tensor/Shape.h").empty());
    CHECK(ours("ui/window/MainWindow.cpp", "MainWindow.moc").empty());
}
