#include <doctest/doctest.h>

#include <cmath>

#include "app/cli/Errors.h"
#include "app/cli/Numbers.h"
#include "app/cli/SetOption.h"
#include "engine/base/CsvCell.h"
#include "engine/exchange/Numpy.h"
#include "tests/app/Projects.h"

using namespace perceptory;
using base::Json;

TEST_CASE("numbers are the shortest text that reads back, with a point") {
    CHECK(cli::numberText(0.1) == "0.1");
    CHECK(cli::numberText(0.1f) == "0.1");
    CHECK(cli::numberText(std::nan("")) == "");
    CHECK(cli::numberText(-INFINITY) == "-inf");
    CHECK(cli::roundedText(1234.5678) == "1235");
    CHECK(cli::durationText(7) == "0:07");
    CHECK(cli::durationText(3723) == "1:02:03");
    CHECK(cli::durationText(std::nan("")) == "?");
    CHECK(base::csvCell("a \"b\", c") == "\"a \"\"b\"\", c\"");
}

TEST_CASE("--set reaches nodes by id, choices and what the project leaves to its default") {
    Json project = test::circleProject();
    const auto set = [&](const char* assignment) { cli::setValue(project, assignment); };
    set("network.nodes.h1.parameters.units=8");
    CHECK(project["network"]["nodes"][1]["parameters"]["units"] == 8);
    set("network.nodes.h1.parameters.activation=relu");
    CHECK(project["network"]["nodes"][1]["parameters"]["activation"] == "relu");
    set("network.nodes.h1.parameters.activation.type=leaky_relu");
    set("network.nodes.h1.parameters.activation.parameters.slope=0.2");
    CHECK(project["network"]["nodes"][1]["parameters"]["activation"] ==
          Json{{"type", "leaky_relu"}, {"parameters", {{"slope", 0.2}}}});
    set("network.nodes.h1.parameters.regularizer={\"type\": \"l2\"}");
    set("network.nodes.h1.parameters.regularizer.parameters.rate=0.01");
    CHECK(project["network"]["nodes"][1]["parameters"]["regularizer"]["parameters"]["rate"] == 0.01);
    set("training.loss=hinge");
    CHECK(project["training"]["loss"] == "hinge");
    set("training.optimizer.parameters.learning_rate=0.5");
    CHECK(project["training"]["optimizer"]["parameters"]["learning_rate"] == 0.5);
    set("training.schedule.type=cosine");
    CHECK(project["training"]["schedule"]["type"] == "cosine");
    set("data.parameters.noise=0.25");
    CHECK(project["data"]["parameters"]["noise"] == 0.25);
    set("data.split.train=0.9");
    CHECK(project["data"]["split"]["train"] == 0.9);
    set("data.split.paths.test=[\"a.csv\"]");
    CHECK(project["data"]["split"]["paths"]["test"] == Json({"a.csv"}));
    CHECK_THROWS_AS(set("data.split.paths.tset=[\"a.csv\"]"), cli::UsageError);
    set("data.features=[\"x1\"]");
    CHECK(project["data"]["features"] == Json({"x1"}));
    project["training"].erase("optimizer");
    set("training.optimizer.parameters.learning_rate=0.2");
    CHECK(project["training"]["optimizer"] == Json{{"type", "sgd"}, {"parameters", {{"learning_rate", 0.2}}}});
}

TEST_CASE("--set with a node id that has points in it means the longest id that fits") {
    Json project = test::circleProject();
    project["network"]["nodes"][1]["id"] = "a";
    project["network"]["nodes"][2]["id"] = "a.0";
    cli::setValue(project, "network.nodes.a.0.parameters.units=9");
    CHECK(project["network"]["nodes"][2]["parameters"]["units"] == 9);
}

TEST_CASE("--set names what it knows where a name is unknown") {
    Json project = test::circleProject();
    for (const char* wrong : {"data.parameters.nois=1", "training.optimizer.parameters.rate=1", "data.split.trian=1",
                              "network.nodes.h1.units=3", "training.batch_size.x=1", "other.thing=1", "=3", "training"})
        CHECK_THROWS_AS(cli::setValue(project, wrong), cli::UsageError);
    CHECK_THROWS_WITH_AS(
        cli::setValue(project, "data.split.trian=1"),
        "--set data.split.trian: there is no \"trian\" here. Known names: mode, train, validation, test, paths, "
        "column, folds, fold.",
        cli::UsageError);
    CHECK(project == test::circleProject());
}

TEST_CASE("NumPy's header ends at a multiple of 64 bytes") {
    for (const std::vector<std::int64_t>& shape : {std::vector<std::int64_t>{3}, {1, 3}, {1, 1, 1, 3}}) {
        const std::vector<float> values{1, 2, 3};
        const std::string bytes = exchange::npyBytes(shape, values);
        CHECK(bytes.substr(0, 6) == "\x93NUMPY");
        CHECK((bytes.size() - 12) % 64 == 0);
        CHECK(bytes[bytes.size() - 13] == '\n');
    }
    CHECK(exchange::npyBytes({3}, std::vector<float>{1, 2, 3}).find("'shape': (3, )") != std::string::npos);
}
