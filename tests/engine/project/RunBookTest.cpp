#include "engine/project/RunBook.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "engine/base/Error.h"
#include "engine/project/Project.h"
#include "engine/training/History.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using base::Json;
using project::Run;
using support::contentOf;
using support::Folder;
using support::writeContent;

namespace {

Run someRun(const std::string& id = "20261201-120000-000") {
    Run run;
    run.id = id;
    run.name = "Run 1";
    run.note = "wider, \"again\"\nä";
    run.began = "2026-12-01T12:00:00Z";
    run.seconds = 12.5;
    run.network = "dense 4 → dense 1";
    run.seed = 0xffffffffffffffffu;
    run.steps = 3;
    run.epochs = 0.3;
    run.ending = "paused";
    run.results = {{"test_loss", 0.1}, {"test_accuracy", nullptr}};
    run.settings = project::parseProject(
        R"({"format": "perceptory-project", "format_version": 1, "data": {"source": "files", "path": "d.csv"}})", "p");
    run.times = Json::parse("[[0, 0.0], [3, 12.5]]");
    training::MetricsLog log;
    for (int i = 0; i < 3; ++i) log.append("loss", i, 1.0 / (i + 3));
    log.mark(2, "learning rate 0.1");
    run.history = training::historyOf(log, 3);
    return run;
}

std::string pathOf(const Folder& folder, const Run& run) { return folder / (run.id + project::runEnding); }

std::string refusalOf(const Folder& folder, const std::string& id) {
    try {
        project::readRun(folder.path().string(), id);
    } catch (const base::Error& error) {
        return error.sentence();
    }
    return "read";
}

}  // namespace

TEST_CASE("a run reads as it was written, and equal runs are equal bytes") {
    const Folder folder;
    const Run run = someRun();
    project::writeRun(run, folder.path().string());
    const std::string bytes = contentOf(pathOf(folder, run));
    const Run read = project::readRun(folder.path().string(), run.id);
    CHECK(read.note == run.note);
    CHECK(read.seed == run.seed);
    CHECK(read.settings == run.settings);
    CHECK(read.times == run.times);
    CHECK(read.results == run.results);
    CHECK(read.repeats());
    // The curve to the last bit.
    CHECK(read.history.dump() == run.history.dump());
    project::writeRun(read, folder.path().string());
    CHECK(contentOf(pathOf(folder, run)) == bytes);
    CHECK(folder.entries() == 1);
}

TEST_CASE("a run that is damaged anywhere is refused, and costs no more than itself") {
    const Folder folder;
    const Run sound = someRun("a"), hit = someRun("b");
    project::writeRun(sound, folder.path().string());
    project::writeRun(hit, folder.path().string());
    const std::string bytes = contentOf(pathOf(folder, hit));
    int read = 0;
    for (std::size_t at = 0; at < bytes.size(); at += 7) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x11);
        writeContent(pathOf(folder, hit), damaged);
        if (refusalOf(folder, "b") == "read") ++read;
    }
    CHECK(read == 0);
    for (const std::string& content :
         {bytes.substr(0, bytes.size() / 2), std::string(), std::string("perceptory-run ")}) {
        writeContent(pathOf(folder, hit), content);
        std::vector<std::string> damaged;
        const std::vector<Run> runs = project::readRuns(folder.path().string(), &damaged);
        REQUIRE(runs.size() == 1);
        CHECK(runs[0].id == "a");
        CHECK(runs[0].history.is_null());
        REQUIRE(damaged.size() == 1);
        CHECK(damaged[0].find("b.perceptory-run") != std::string::npos);
    }
    writeContent(pathOf(folder, hit), "perceptory-run 2 " + bytes.substr(bytes.find(' ', 16) + 1));
    CHECK(refusalOf(folder, "b").find("format 2") != std::string::npos);
}

TEST_CASE("a run whose checksum fits and whose content does not is refused by name") {
    const Folder folder;
    Run run = someRun();
    run.settings = Json::object();
    project::writeRun(run, folder.path().string());
    CHECK(refusalOf(folder, run.id).find(run.id) != std::string::npos);
    CHECK(refusalOf(folder, "../x").find("no name of a run") != std::string::npos);
}

TEST_CASE("the curves of a long run are thinned out until the file fits, and keep their extremes") {
    const Folder folder;
    Run run = someRun();
    training::MetricsLog log;
    for (int series = 0; series < 40; ++series)
        for (int i = 0; i < 4096; ++i)
            log.append("metric" + std::to_string(series), i, i == 1000 ? 99.5 : 1.0 / (i + series + 3));
    run.history = training::historyOf(log, 4096);
    project::writeRun(run, folder.path().string());
    CHECK(contentOf(pathOf(folder, run)).size() <= project::largestRun + 100);
    const Run read = project::readRun(folder.path().string(), run.id);
    const Json& rows = read.history["series"]["metric3"];
    CHECK(rows.size() < 4096);
    double largest = 0;
    std::int64_t steps = 0;
    for (const Json& row : rows) {
        largest = std::max(largest, row[3].get<double>());
        steps += row[1].get<std::int64_t>();
    }
    CHECK(largest == 99.5);
    CHECK(steps == 4096);
}

TEST_CASE("paths follow the book to another folder") {
    const Run moved = project::withPathsFor(someRun(), "/a/b", "/a/c");
    CHECK(moved.settings["data"]["path"] == "../b/d.csv");
}

TEST_CASE("a network in words, and all runs as a table") {
    network::NetworkSpec network;
    for (const char* type : {"input", "conv2d", "flatten", "dense"}) {
        network.nodes.emplace_back();
        network.nodes.back().type = type;
    }
    network.nodes[1].parameters = {{"filters", 8}};
    network.nodes[3].parameters = {{"units", 10}};
    CHECK(project::networkInWords(network) == "conv2d 8 → flatten → dense 10");
    for (int i = 0; i < 8; ++i) network.nodes.insert(network.nodes.begin() + 2, network.nodes[2]);
    CHECK(project::networkInWords(network) == "conv2d 8 → flatten → flatten → 5 more → flatten → flatten → dense 10");
    CHECK(project::runsAsCsv({someRun()}) ==
          "name,began,seconds,seed,network,first_step,steps,epochs,ending,repeats,test_accuracy,test_loss,note\n"
          "Run 1,2026-12-01T12:00:00Z,12.5,18446744073709551615,dense 4 → dense 1,0,3,0.3,paused,yes,,0.1,"
          "\"wider, \"\"again\"\"\nä\"\n");
}
