#include <doctest/doctest.h>

#include "tests/app/Projects.h"

using namespace perceptory;
using test::Outcome;

TEST_CASE("help stands on stdout with an example, for the program and each command") {
    CHECK(test::run({"--help"}).code == 0);
    CHECK(test::run({"--help"}).out.find("Example") != std::string::npos);
    for (const char* command :
         {"describe", "check", "train", "evaluate", "predict", "probe", "export", "import", "benchmark"}) {
        CAPTURE(command);
        const Outcome outcome = test::run({command, "--help"});
        CHECK(outcome.code == 0);
        CHECK(outcome.out.find(std::string("perceptory-cli ") + command) != std::string::npos);
        CHECK(outcome.err.empty());
    }
}

TEST_CASE("wrong usage ends with exit code 2, words on stderr and nothing on stdout") {
    const support::Folder folder;
    const std::string project = test::put(folder, test::circleProject());
    const std::vector<std::vector<std::string>> wrong{
        {},
        {"fly"},
        {"train"},
        {"train", project, "--epochs", "many"},
        {"train", project, "--steps", "-3"},
        {"train", project, "--steps", "18446744073709551616"},
        {"train", project, "--seed", "99999999999999999999999"},
        {"train", project, "--threads", "0"},
        {"train", project, "--device", "abacus"},
        {"train", project, "--kernels", "quick"},
        {"train", project, "--isa", "v9"},
        {"train", project, "--set", "training.batchsize=3"},
        {"train", project, "--set", "network.nodes.h9.parameters.units=3"},
        {"train", project, "--set", "network.nodes.h1.parameters.unts=3"},
        {"train", project, "--set", "training.optimizer.parameters.beta1=3"},
        {"train", project, "--set", "nonsense"},
        {"describe", "nothing"},
        {"describe", "layers", "nothing"},
        {"evaluate", project, "--split", "half"},
        {"predict", project, "--input", "a.csv", "--output", "b.txt"},
    };
    for (const auto& arguments : wrong) {
        const Outcome outcome = test::run(arguments);
        CAPTURE(outcome.err);
        CHECK(outcome.code == 2);
        CHECK(outcome.out.empty());
        CHECK(!outcome.err.empty());
    }
}

TEST_CASE("an unknown command is named, with the nearest known one") {
    CHECK(test::run({"trian"}).says("There is no command \"trian\". Did you mean \"train\"?"));
    CHECK(
        test::run({"--isa", "base", "xyzzy", "p"}).says("There is no command \"xyzzy\". The commands are describe, "));
    const support::Folder folder;
    CHECK(test::run({"train", test::put(folder, test::circleProject()), "--quiet", "--seed", "18446744073709551615",
                     "--steps", "1"})
              .code == 0);
}

TEST_CASE("a device this version does not have is no wrong usage, but refused") {
    const support::Folder folder;
    const Outcome outcome = test::run({"train", test::put(folder, test::circleProject()), "--device", "opencl:0"});
    CHECK(outcome.code == 1);
    CHECK(outcome.says("--device cpu"));
}

TEST_CASE("the base kernels run everywhere, and global options stand before or behind the command") {
    const support::Folder folder;
    const std::string project = test::put(folder, test::circleProject());
    CHECK(test::run({"--isa", "base", "train", project, "--epochs", "1"}).code == 0);
    CHECK(test::run({"train", project, "--epochs", "1", "--isa", "base"}).code == 0);
}

TEST_CASE("results that cannot be written end with exit code 4") {
    const support::Folder folder;
    const std::string project = test::put(folder, test::circleProject());
    CHECK(test::run({"train", project, "--model", folder / "no/such/folder/m"}).code == 4);
    CHECK(test::run({"train", project, "--epochs", "1", "--history", folder / "no/such/h.csv"}).code == 4);
    CHECK(test::run({"train", project, "--epochs", "1", "--history", "/dev/full"}).code == 4);
}
