// Data that were changed after a network was trained with them: told where they are read again, and never refused.

#include <doctest/doctest.h>

#include "engine/project/DataSums.h"
#include "tests/app/Projects.h"

using namespace perceptory;
using namespace perceptory::test;
using base::Json;

namespace {

void addRow(const support::Folder& folder) {
    support::writeContent(folder / "iris.csv", support::contentOf(folder / "iris.csv") + "5.1,3.5,1.4,0.2,setosa\n");
}

}  // namespace

TEST_CASE("a model remembers its data, and says when they are others") {
    const support::Folder folder;
    const std::string model = trained(folder, irisProject(), 2);
    const std::string was = project::dataSum(folder / "iris.csv");
    const Outcome same = run({"evaluate", model});
    CHECK(same.code == 0);
    CHECK_FALSE(same.says("has changed"));
    addRow(folder);
    const Outcome other = run({"evaluate", model});
    CHECK(other.code == 0);
    CHECK(other.says("iris.csv has changed since the project was saved: its SHA-256 was " + was));
    CHECK_FALSE(run({"evaluate", model, "--data", folder / "iris.csv"}).says("has changed"));
}

TEST_CASE("check and train tell of changed data as a warning") {
    const support::Folder folder;
    Json project = irisProject();
    project["data"]["sha256"] = {{"iris.csv", std::string(64, '0')}};
    const std::string path = put(folder, project);
    const Outcome checked = run({"check", path, "--json"});
    CHECK(checked.code == 0);
    const Json problem = checked.json()["problems"][0];
    CHECK(problem["severity"] == "warning");
    CHECK(problem["sentence"].get<std::string>().find("iris.csv has changed since") == 0);
    const Outcome trained = run({"train", path, "--epochs", "1"});
    CHECK(trained.code == 0);
    CHECK(trained.says("iris.csv has changed since"));
}
