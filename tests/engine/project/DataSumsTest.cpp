#include "engine/project/DataSums.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "engine/project/Project.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using base::Json;
using support::Folder;
using support::writeContent;
using Paths = std::vector<std::string>;

namespace {

// Of "abc" (FIPS 180-4).
const std::string sumOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

Json projectOn(const Json& more) {
    Json data{{"source", "file"}, {"reader", "csv"}};
    data.update(more);
    return {{"format", project::projectFormat}, {"format_version", 1}, {"data", data}};
}

}  // namespace

TEST_CASE("the files of a project are those its data name, each once") {
    CHECK(project::dataPaths(projectOn({{"path", "a.csv"}})) == Paths{"a.csv"});
    CHECK(project::dataPaths(projectOn(
              {{"split", {{"mode", "files"}, {"paths", {{"train", {"a.csv", "b.csv"}}, {"test", "a.csv"}}}}}})) ==
          Paths{"a.csv", "b.csv"});
    CHECK(project::dataPaths(projectOn({{"inputs", {{"x", "d/x.npz:images"}}}, {"targets", "d/x.npz:labels"}})) ==
          Paths{"d/x.npz"});
    CHECK(project::dataPaths({{"data", {{"source", "generator"}, {"path", "a.csv"}}}}).empty());
    CHECK(project::dataPaths({{"data", 1}}).empty());
    CHECK(project::dataPaths(nullptr).empty());
}

TEST_CASE("a file that is another than when the project was saved is told with both sums") {
    const Folder folder;
    writeContent(folder / "a.csv", "abc");
    const auto sums = project::sumsIn(folder.path());
    const Json saved = project::withDataSums(projectOn({{"path", "a.csv"}}), sums);
    CHECK(saved["data"]["sha256"] == Json{{"a.csv", sumOfAbc}});
    CHECK(project::changedData(saved, sums).empty());
    writeContent(folder / "a.csv", "abd");
    const base::Problems changed = project::changedData(saved, sums);
    REQUIRE(changed.size() == 1);
    CHECK(changed[0].severity == base::Severity::Warning);
    CHECK(changed[0].sentence.find("a.csv has changed since") == 0);
    CHECK(changed[0].sentence.find(sumOfAbc) != std::string::npos);
    CHECK(changed[0].sentence.find(project::dataSum(folder / "a.csv")) != std::string::npos);
    CHECK_FALSE(changed[0].fix.empty());
    CHECK(project::changedData(project::withDataSums(saved, sums), sums).empty());
}

TEST_CASE("what has no sum keeps the one it had, and what is no longer named loses it") {
    const Folder folder;
    std::filesystem::create_directory(folder.path() / "images");
    const std::string kept(64, 'a');
    Json project = projectOn({{"paths", {"gone.csv", "images"}}, {"sha256", {{"gone.csv", kept}, {"old.csv", kept}}}});
    const auto sums = project::sumsIn(folder.path());
    project = project::withDataSums(project, sums);
    CHECK(project["data"]["sha256"] == Json{{"gone.csv", kept}});
    CHECK(project::changedData(project, sums).empty());  // a file that is gone is told elsewhere
    project["data"]["paths"] = {"images"};
    CHECK_FALSE(project::withDataSums(project, sums)["data"].contains("sha256"));
}

TEST_CASE("a sum may have capital letters; what is no sum is a warning at its place, and is not kept") {
    const Folder folder;
    writeContent(folder / "a.csv", "abc");
    const auto sums = project::sumsIn(folder.path());
    const auto with = [](const Json& sha256) { return projectOn({{"path", "a.csv"}, {"sha256", sha256}}); };
    std::string capital = sumOfAbc;
    for (char& c : capital)
        if (c >= 'a') c = static_cast<char>(c - 'a' + 'A');
    CHECK(project::changedData(with({{"a.csv", capital}}), sums).empty());
    for (const Json& odd : {Json("abc"), Json(5), Json(), Json(sumOfAbc + "0"), Json("x" + sumOfAbc.substr(1))}) {
        CAPTURE(odd);
        const base::Problems problems = project::changedData(with({{"a.csv", odd}}), sums);
        REQUIRE(problems.size() == 1);
        CHECK(problems[0].where == "data.sha256.a.csv");
        CHECK(problems[0].severity == base::Severity::Warning);
        CHECK(problems[0].sentence.starts_with("This is no SHA-256, a text of 64 hexadecimal digits"));
        const Json gone = project::withDataSums(with({{"a.csv", odd}}), [](const std::string&) { return ""; });
        CHECK_FALSE(gone["data"].contains("sha256"));
    }
    for (const Json& odd : {Json("no object"), Json::array({sumOfAbc})}) {
        const base::Problems problems = project::changedData(with(odd), sums);
        REQUIRE(problems.size() == 1);
        CHECK(problems[0].where == "data.sha256");
        CHECK_FALSE(problems[0].fix.empty());
    }
}

TEST_CASE("sums go along with the paths of a project that is saved elsewhere") {
    const Json project = projectOn({{"path", "t/a.csv"}, {"sha256", {{"t/a.csv", "aa"}, {"/x/b.csv", "bb"}}}});
    const Json moved = project::withPathsFor(project, "/home/me", "/home/me/sub");
    CHECK(moved["data"]["path"] == "../t/a.csv");
    CHECK(moved["data"]["sha256"] == Json{{"../t/a.csv", "aa"}, {"/x/b.csv", "bb"}});
}
