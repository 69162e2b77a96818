#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "engine/base/RegularFile.h"
#include "engine/data/DatasetLoader.h"
#include "engine/project/Project.h"
#include "engine/training/RunCheck.h"
#include "engine/training/Trainer.h"

using namespace perceptory;
using base::Json;

namespace {

const std::string folder = PERCEPTORY_SOURCE_DIR "/resources/examples/";

std::string textOf(const std::string& path) { return base::RegularFile(path).text(1 << 20); }

std::vector<std::string> examples() {
    const Json index = base::parseJson(textOf(folder + "index.json"), "index.json");
    std::vector<std::string> files;
    for (const Json& example : index.at("examples")) {
        CHECK(!example.at("title").get<std::string>().empty());
        CHECK(!example.at("sentence").get<std::string>().empty());
        files.push_back(example.at("file").get<std::string>());
    }
    return files;
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

}  // namespace

TEST_CASE("the index names every example once, the default project first") {
    const std::vector<std::string> listed = examples();
    std::set<std::string> there;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".perceptory") there.insert(entry.path().filename().string());
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
        base::Problems problems;
        const training::RunSpec spec = training::RunSpec::fromJson(project, problems);
        std::shared_ptr<const data::Dataset> dataset;
        const base::Problems found = problemsOf(spec, dataset);
        problems.insert(problems.end(), found.begin(), found.end());
        for (const base::Problem& problem : problems) FAIL_CHECK(base::describe(problem));
        REQUIRE(dataset);
        training::Trainer trainer(spec, dataset);
        trainer.step();
        CHECK(trainer.finite());
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
