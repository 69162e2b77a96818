#include "engine/project/Project.h"

#include <doctest/doctest.h>

#include <clocale>
#include <cstdlib>

#include "engine/base/Error.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using namespace std::string_literals;
using base::Json;
using support::contentOf;
using support::Folder;
using support::writeContent;

namespace {

constexpr const char* small = R"({
  "format": "perceptory-project",
  "format_version": 1,
  "zebra": {"kept": [1, 2.5, null, "ä"]},
  "data": {
    "source": "file",
    "path": "tables/iris.csv",
    "inputs": "/absolute/x.npy",
    "split": {"mode": "files", "paths": {"train": ["a.csv", "../b.csv"], "test": "c.csv"}}
  },
  "apple": 0.1
}
)";

std::string refusal(const std::string& path) {
    try {
        project::loadProject(path);
    } catch (const base::Error& error) {
        return error.sentence().substr(path.size());
    }
    return "loaded";
}

std::string refusalOf(const std::string& content) {
    const Folder folder;
    writeContent(folder / "p", content);
    return refusal(folder / "p");
}

}  // namespace

TEST_CASE("a project survives loading and saving byte for byte, with unknown keys and their order") {
    const Folder folder;
    writeContent(folder / "a.perceptory", small);
    project::saveProject(project::loadProject(folder / "a.perceptory"), folder / "b.perceptory");
    CHECK(contentOf(folder / "b.perceptory") == small);
}

TEST_CASE("numbers are written in the shortest form that reads back the same, whatever the locale") {
    const char* comma = std::setlocale(LC_ALL, "de_DE.UTF-8");
    const Json numbers = {{"n", {0.1, 1e-7, 1.0 / 3, 1e22, 5e-324, -0.0, 0.03f, 100.0}}};
    const std::string text = project::projectText(numbers);
    CHECK(text ==
          "{\n  \"n\": [0.1, 1e-07, 0.3333333333333333, 1e+22, 5e-324, -0.0, 0.029999999329447746, 100.0]\n}\n");
    CHECK(Json::parse(text) == numbers);
    if (!comma) REQUIRE_FALSE(std::getenv("LOCPATH"));  // the presets of CTest lead to it
    std::setlocale(LC_ALL, "C");
}

TEST_CASE("what fits stands on one line, anything longer one entry a line") {
    Json points = Json::array();
    for (int i = 0; i < 12; ++i) points.push_back({0.5 * i, -0.25, 1});
    const std::string text = project::projectText({{"points", points}, {"none", Json::object()}});
    CHECK(text.starts_with("{\n  \"points\": [\n    [0.0, -0.25, 1],\n    [0.5, -0.25, 1],\n"));
    CHECK(text.ends_with("    [5.5, -0.25, 1]\n  ],\n  \"none\": {}\n}\n"));
}

TEST_CASE("numbers and texts that JSON does not have are refused") {
    CHECK_THROWS_AS(project::projectText({{"a", std::nan("")}}), base::Error);
    CHECK_THROWS_AS(project::projectText({{"a", "\xff"}}), base::Error);
    CHECK_THROWS_AS(project::projectText({{"a\xff", 1}}), base::Error);
}

TEST_CASE("foreign, broken and newer files are named for what they are") {
    CHECK(refusalOf("<html>") ==
          ": this is a web page (HTML), not a project of Perceptory. Choose a file *.perceptory.");
    CHECK(refusalOf("PK\x03\x04..").find("a ZIP archive") != std::string::npos);
    CHECK(refusalOf("\x89PCM\r\n\x1a\n").find("a model file of Perceptory") != std::string::npos);
    CHECK(refusalOf("") == ": the file is empty. Choose another file.");
    CHECK(refusalOf("{}").find("this is JSON, but not a project") != std::string::npos);
    CHECK(refusalOf("[1]").find("this is JSON, but not a project") != std::string::npos);
    CHECK(refusalOf(std::string(small).substr(0, 60)).find("the file breaks off here") != std::string::npos);
    CHECK(refusalOf("{\"a\": b}").find("not valid JSON") != std::string::npos);
    CHECK(refusalOf("hello").find("this is text, not a project") != std::string::npos);
    CHECK(refusalOf(R"({"format": "perceptory-project", "format_version": 2})") ==
          ": a newer version of Perceptory made this project (format 2; this one reads up to 1). Update the program.");
    CHECK(refusalOf(R"({"format": "perceptory-project", "format_version": "1"})").find("Write the number 1 there") !=
          std::string::npos);
    CHECK(refusalOf(R"({"format": "perceptory-project", "format_version": 1e400})").find("out of range") !=
          std::string::npos);
    CHECK(refusalOf(R"({"format": "perceptory-project"})").find("missing") != std::string::npos);
    CHECK(refusal("/dev/zero").find("a pipe or a device") != std::string::npos);
}

TEST_CASE("a huge file is refused before it is read") {
    const Folder folder;
    writeContent(folder / "p", "{" + std::string(5000, ' '));
    std::filesystem::resize_file(folder / "p", 1ll << 40);
    CHECK(refusal(folder / "p").find("larger than 16 MiB") != std::string::npos);
}

TEST_CASE("paths lead to the same files from another folder") {
    const Json moved =
        project::withPathsFor(project::parseProject(small, "p"), "/home/a/projects", "/home/a/models/new");
    CHECK(moved["data"]["path"] == "../../projects/tables/iris.csv");
    CHECK(moved["data"]["inputs"] == "/absolute/x.npy");
    CHECK(moved["data"]["split"]["paths"]["train"] == Json{"../../projects/a.csv", "../../b.csv"});
    CHECK(moved["data"]["split"]["paths"]["test"] == "../../projects/c.csv");
    const Json same = project::withPathsFor(moved, "/home/a/models/new", "/home/a/projects/.");
    CHECK(same == project::parseProject(small, "p"));
    CHECK(project::withPathsFor(Json(3), "a", "b") == 3);
}
