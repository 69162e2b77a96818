#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "engine/base/RegularFile.h"
#include "engine/data/DatasetLoader.h"
#include "engine/data/bundled/BundledSet.h"
#include "engine/project/Project.h"
#include "engine/training/RunCheck.h"
#include "engine/training/Trainer.h"

using namespace perceptory;
using base::Json;

namespace {

const std::string folder = PERCEPTORY_SOURCE_DIR "/resources/examples/";

std::string textOf(const std::string& path) { return base::RegularFile(path).text(1 << 20); }

Json indexed(const char* list) { return base::parseJson(textOf(folder + "index.json"), "index.json").at(list); }

std::vector<std::string> filesOf(const char* list) {
    std::vector<std::string> files;
    for (const Json& entry : indexed(list)) {
        CHECK(!entry.at("title").get<std::string>().empty());
        CHECK(!entry.at("sentence").get<std::string>().empty());
        files.push_back(entry.at("file").get<std::string>());
    }
    return files;
}

std::vector<std::string> examples() { return filesOf("examples"); }

std::set<std::string> projectsIn(const std::string& below) {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder + below))
        if (entry.path().extension() == ".perceptory") names.insert(below + entry.path().filename().string());
    return names;
}

// Everything that can be said against the example; `dataset` is null when it cannot be loaded.
base::Problems problemsOf(const training::RunSpec& spec, std::shared_ptr<const data::Dataset>& dataset) {
    base::Problems problems;
    data::checkData(spec.data, problems);
    dataset = data::loadDataset(spec.data, folder, problems);
    if (!dataset) return problems;
    const training::RunCheck check = training::checkRun(spec, *dataset);
    problems.insert(problems.end(), check.problems.begin(), check.problems.end());
    return problems;
}

// Opens without a problem and makes so many steps with finite numbers.
void tryOut(const Json& project, int steps) {
    base::Problems problems;
    const training::RunSpec spec = training::RunSpec::fromJson(project, problems);
    std::shared_ptr<const data::Dataset> dataset;
    const base::Problems found = problemsOf(spec, dataset);
    problems.insert(problems.end(), found.begin(), found.end());
    for (const base::Problem& problem : problems) FAIL_CHECK(base::describe(problem));
    REQUIRE(dataset);
    training::Trainer trainer(spec, dataset);
    for (int step = 0; step < steps; ++step) trainer.step();
    CHECK(trainer.finite());
}

}  // namespace

TEST_CASE("the index names every example once, the default project first") {
    const std::vector<std::string> listed = examples();
    const std::set<std::string> there = projectsIn("");
    CHECK(std::set(listed.begin(), listed.end()) == there);
    CHECK(listed.size() == there.size());
    CHECK(listed.size() >= 10);
    CHECK(listed.front() == "circle.perceptory");
}

TEST_CASE("every example is written as the program writes it, fits together and makes a step") {
    for (const std::string& file : examples()) {
        CAPTURE(file);
        const Json project = project::loadProject(folder + file);
        CHECK(project::projectText(project) == textOf(folder + file));
        tryOut(project, 1);
    }
}

TEST_CASE("the index names every template once, with what it reaches or why that is not known") {
    const std::vector<std::string> listed = filesOf("templates");
    CHECK(std::set(listed.begin(), listed.end()) == projectsIn("templates/"));
    CHECK(listed.size() == 16);
    for (const Json& entry : indexed("templates")) {
        CAPTURE(entry.dump());
        const Json project = project::loadProject(folder + entry.at("file").get<std::string>());
        CHECK(project.at("name") == entry.at("title"));
        CHECK(project.at("notes") == entry.at("sentence"));
        CHECK(project.at("view") == Json{{"workspace", "studio"}});
        CHECK(entry.contains("needs") != entry.contains("reaches"));
        if (!entry.contains("reaches")) continue;
        const Json& metrics = project.at("training").at("metrics");
        CHECK(std::ranges::count(metrics, entry.at("metric")) == 1);
        CHECK(entry.at("reaches").get<double>() > 0);
        CHECK(entry.at("seconds").get<int>() >= 1);
        CHECK(entry.at("seconds").get<int>() <= 120);
    }
}

TEST_CASE("every template finds its data in the program, fits them and makes some steps") {
    for (const std::string& file : filesOf("templates")) {
        CAPTURE(file);
        Json project = project::loadProject(folder + file);
        CHECK(project::projectText(project) == textOf(folder + file));
        Json& data = project["data"];
        if (data["source"] == "dataset")
            CHECK_FALSE(data::bundledSets().get(data["id"].get<std::string>(), "data.id").file.empty());
        else
            CHECK(data["source"] == "generator");
        // What is drawn for thousands of samples would take this test a minute.
        if (data.contains("parameters") && data["parameters"].contains("samples")) data["parameters"]["samples"] = 100;
        const bool isLarge = file == "templates/alexnet.perceptory";  // 57 million weights
        if (isLarge) project["training"]["batch_size"] = 2;
        tryOut(project, isLarge ? 1 : 3);
    }
}

TEST_CASE("examples with data of their own are written as the program writes them, and name the file that is missing") {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder + "with_data")) {
        if (entry.path().extension() != ".perceptory") continue;
        CAPTURE(entry.path().string());
        const std::string text = textOf(entry.path().string());
        const Json project = project::parseProject(text, entry.path().string());
        CHECK(project::projectText(project) == text);
        base::Problems problems;
        const training::RunSpec spec = training::RunSpec::fromJson(project, problems);
        data::checkData(spec.data, problems);
        CHECK(problems.empty());
        const std::string first = !spec.data.path.empty()    ? spec.data.path
                                  : !spec.data.paths.empty() ? spec.data.paths.front()
                                                             : spec.data.split.trainPaths.front();
        std::string refusal;
        try {
            data::loadDataset(spec.data, folder + "with_data", problems);
        } catch (const base::Error& error) {
            refusal = error.sentence();
        }
        CHECK(refusal.starts_with(folder + "with_data/" + first + ": there is no such f"));
        ++count;
    }
    CHECK(count == 13);
}

TEST_CASE("the spiral is learned to a test loss below 0.05") {
    base::Problems problems;
    const Json project = project::loadProject(folder + "spiral.perceptory");
    const training::RunSpec spec = training::RunSpec::fromJson(project, problems);
    CHECK(spec.data.parameters == Json{{"samples", 500}, {"noise", 0.0}});
    CHECK(spec.data.split.test == 0.5);
    const auto dataset = data::loadDataset(spec.data, folder, problems);
    REQUIRE(dataset);
    training::Trainer trainer(spec, dataset);
    while (static_cast<double>(trainer.progress().epoch) < spec.training.epochs) trainer.step();
    CHECK(trainer.evaluate(dataset->parts.test).loss < 0.05);
}
