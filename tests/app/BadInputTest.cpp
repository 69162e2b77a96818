// Whatever is fed to the program, it ends with one clear line and the right exit code.
#include <doctest/doctest.h>

#include <algorithm>

#include <filesystem>
#include <functional>

#include "tests/app/Projects.h"

using namespace perceptory;
using base::Json;
using test::Outcome;

namespace {

void checkRefused(const Outcome& outcome, const std::string& words, int lines = 1) {
    CAPTURE(outcome.err);
    CHECK(outcome.code == 1);
    CHECK(outcome.out.empty());
    CHECK(std::ranges::count(outcome.err, '\n') == lines);
    CHECK(outcome.says(words));
}

// Trains with --quiet, so that warnings do not count as lines.
Outcome train(const std::string& project) { return test::run({"train", project, "--quiet"}); }

// The iris project over a table of this text.
Outcome trainOn(const std::string& csv, const std::function<void(Json&)>& change = {}) {
    const support::Folder folder;
    Json project = test::irisProject();
    project["data"]["path"] = "t.csv";
    if (change) change(project);
    support::writeContent(folder / "t.csv", csv);
    return train(test::put(folder, project));
}

std::string rows(const std::string& row, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += row;
    return text;
}

Outcome trainWith(const std::function<void(Json&)>& change) {
    const support::Folder folder;
    Json project = test::circleProject();
    change(project);
    return train(test::put(folder, project));
}

}  // namespace

TEST_CASE("files that are no projects are named for what they are") {
    const support::Folder folder;
    const auto trainText = [&](const std::string& content) {
        support::writeContent(folder / "p.perceptory", content);
        return train(folder / "p.perceptory");
    };
    checkRefused(train(folder / "none.perceptory"), "none.perceptory");
    checkRefused(train(folder.path().string()), folder.path().string());
    checkRefused(trainText(""), "empty");
    checkRefused(trainText("{\"format\": \"perceptory-project\", "), "JSON");
    checkRefused(trainText(std::string("\x89PNG\r\n\x1a\n", 8) + std::string(100, '\0')), "PNG");
    checkRefused(trainText(std::string(100, '\xff')), "p.perceptory");
    checkRefused(trainText("<!DOCTYPE html><html></html>"), "HTML");
    checkRefused(trainText("{\"nodes\": []}"), "not a project");
    checkRefused(trainText("[1, 2]"), "not a project");
    checkRefused(trainText(std::string(17 << 20, ' ')), "16 MiB");
    checkRefused(trainText("{\"format\": \"perceptory-project\", \"format_version\": 99}"), "newer version");
    checkRefused(trainText(std::string(100000, '[')), "p.perceptory");
}

TEST_CASE("broken model files are refused by every command that reads one") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::circleProject(), 1),
                      broken = folder / "broken.perceptory-model";
    const std::string bytes = support::contentOf(model);
    support::writeContent(folder / "n.csv", "x1,x2\n1,2\n");
    std::string flipped = bytes;
    flipped[flipped.size() / 2] ^= 1;
    for (const std::string& content : {bytes.substr(0, bytes.size() / 2), bytes.substr(0, 12), flipped}) {
        support::writeContent(broken, content);
        checkRefused(test::run({"evaluate", broken}), "broken.perceptory-model");
        checkRefused(test::run({"predict", broken, "--input", folder / "n.csv"}), "broken.perceptory-model");
        checkRefused(test::run({"export", broken, "--format", "npz", "--output", folder / "x"}),
                     "broken.perceptory-model");
        checkRefused(test::run({"train", folder / "p.perceptory", "--quiet", "--resume", broken}),
                     "broken.perceptory-model");
    }
}

TEST_CASE("tables that cannot be learned from are refused with place, reason and remedy") {
    checkRefused(trainWith([](Json& p) { p["data"] = {{"source", "file"}, {"path", "none.csv"}}; }), "none.csv");
    checkRefused(trainOn(""), "empty");
    checkRefused(trainOn("a,b,c\n" + rows("1,2,x\n", 20) + "1,2\n" + rows("1,3,y\n", 20)), "line");
    checkRefused(trainOn("a,b,c\n" + rows("1,2,x\n", 20) + "1,two,y\n" + rows("1,3,y\n", 20)), "two");
    checkRefused(trainOn("a,b,c\n" + rows("1,2,x\n", 40)), "one class");
    checkRefused(trainOn(std::string("a,b\0c\n", 6) + rows("1,2\n", 9)), "t.csv");
    checkRefused(trainOn(std::string("\x1f\x8b\x08\x00", 4) + std::string(500, '\x07')), "t.csv");
    checkRefused(
        trainOn("a,b,c\n" + rows("1,2,x\n", 20) + rows("1,3,y\n", 20), [](Json& p) { p["data"]["target"] = "z"; }),
        "z");
    checkRefused(trainOn("a,b,c\n1,2,x\n1,3,y\n", [](Json& p) { p["data"]["reader"] = "xls"; }), "xls");
}

TEST_CASE("a table with a missing cell or a constant column is learned from, with a word about it") {
    const support::Folder folder;
    Json project = test::irisProject();
    project["data"]["path"] = "t.csv";
    support::writeContent(folder / "t.csv", "a,b,c\n1,NaN,x\n" + rows("1,2,x\n1,3,y\n1,5,z\n", 20));
    const Outcome outcome = test::run({"train", test::put(folder, project), "--epochs", "1"});
    CAPTURE(outcome.err);
    CHECK(outcome.code == 0);
    CHECK(outcome.says("1 of 61 rows"));
    CHECK(outcome.says("warning"));
}

TEST_CASE("projects that cannot run are refused before anything is allocated") {
    checkRefused(trainWith([](Json& p) { p["data"]["split"] = {{"train", 0.0}, {"test", 1.0}}; }), "train");
    checkRefused(trainWith([](Json& p) { p["data"]["split"] = {{"train", 0.9}, {"test", 0.9}}; }), "split");
    checkRefused(trainWith([](Json& p) { p["data"]["id"] = "circel"; }), "circle");
    checkRefused(trainWith([](Json& p) { p["network"]["nodes"][1]["type"] = "dens"; }), "dens");
    checkRefused(trainWith([](Json& p) { p["network"]["nodes"][1]["inputs"] = {"h2"}; }), "through h1", 2);
    checkRefused(trainWith([](Json& p) { p["network"]["nodes"] = Json::array(); }), "no input", 2);
    checkRefused(trainWith([](Json& p) { p["training"]["optimizer"] = "amad"; }), "amad");
    checkRefused(trainWith([](Json& p) { p["training"]["batch_size"] = "ten"; }), "batch_size");
    checkRefused(trainWith([](Json& p) {
                     for (int i = 1; i < 3; ++i)
                         p["network"]["nodes"][static_cast<std::size_t>(i)]["parameters"]["units"] = 1000000;
                 }),
                 "weights");
}

TEST_CASE("problems each have a line of their own") {
    const Outcome outcome = trainWith([](Json& p) {
        p["training"]["batch_size"] = 0;
        p["training"]["optimizer"] = "amad";
    });
    CHECK(outcome.code == 1);
    CHECK(std::ranges::count(outcome.err, '\n') == 2);
}
