// Other tables that a trained model is measured on: it knows by itself which column it was trained to tell.

#include <doctest/doctest.h>

#include "engine/data/DatasetLoader.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using namespace perceptory::data;
using base::Json;

namespace {

using Values = std::vector<float>;

struct Measured {
    support::Folder folder;
    base::Problems problems;
    Json pipeline;  // as the model file keeps it
    Trained trained;

    std::shared_ptr<const Dataset> load(const Json& data, const Trained* model) {
        problems.clear();
        Json json{{"source", "file"}, {"reader", "csv"}, {"split", {{"mode", "ordered"}, {"train", 1}, {"test", 0}}}};
        json.update(data);
        const DataSpec spec = DataSpec::fromJson(json, problems);
        if (base::hasError(problems)) return nullptr;
        return loadDataset(spec, {.baseFolder = folder.path(), .trained = model}, problems);
    }
    // Trains on the text; `more` is said of the data then and later.
    void train(const std::string& text, const Json& more = Json::object()) {
        support::writeContent(folder / "train.csv", text);
        m_more = more;
        Json json = more;
        json["path"] = "train.csv";
        const auto set = load(json, nullptr);
        REQUIRE_MESSAGE(set, (problems.empty() ? "" : base::describe(problems[0])));
        pipeline = set->pipeline.toJson();
        keep(*set);
    }
    void keep(const Dataset& set) {
        trained = {InputPipeline::fromJson(Json::parse(pipeline.dump()), "model"), set.classNames, set.classCounts, {}};
    }
    std::shared_ptr<const Dataset> other(const std::vector<std::string>& texts) {
        Json json = m_more;
        json["paths"] = Json::array();
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const std::string name = "other" + std::to_string(i) + ".csv";
            support::writeContent(folder / name, texts[i]);
            json["paths"].push_back(name);
        }
        return load(json, &trained);
    }
    Values targets(const std::vector<std::string>& texts) {
        const auto set = other(texts);
        REQUIRE_MESSAGE(set, (problems.empty() ? "" : base::describe(problems[0])));
        return set->targets;
    }
    std::string refusal(const std::string& text) {
        CHECK_FALSE(other({text}));
        return problems.empty() ? "" : base::describe(problems.front());
    }

private:
    Json m_more;
};

const Json values{{"task", "regression"}};

}  // namespace

TEST_CASE("a model is measured on the column it was trained to tell, wherever that stands") {
    Measured measured;
    measured.train("a,b,y\n1,2,30\n3,4,70\n5,7,120\n", values);
    CHECK(measured.targets({"y,b,a\n30,2,1\n70,4,3\n"}) == Values{30, 70});
    CHECK(measured.targets({"a,b,y,note\n1,2,30,8\n3,4,70,9\n"}) == Values{30, 70});
    CHECK(measured.targets({"a,b,y\n1,2,30\n", "y,note,b,a\n70,9,4,3\n"}) == Values{30, 70});
}

TEST_CASE("classes likewise") {
    Measured measured;
    measured.train("a,b,kind\n1,2,u\n3,4,w\n5,7,u\n");
    const auto set = measured.other({"kind,a,b,y\nw,1,2,u\nu,3,4,w\n"});
    REQUIRE(set);
    CHECK(set->labels == std::vector<std::int32_t>{1, 0});
}

TEST_CASE("a table without the model's target is refused") {
    Measured measured;
    measured.train("a,b,y\n1,2,30\n3,4,70\n5,7,120\n", values);
    CHECK(measured.refusal("a,b\n1,2\n3,4\n") ==
          "data.target: The file has no column called \"y\", which the model was trained to tell. Choose a file with "
          "that column; the columns of this one are \"a\", \"b\".");
    CHECK(measured.refusal("a,b,Y\n1,2,3\n3,4,5\n").find("If \"Y\" is meant, call it \"y\" in the file.") !=
          std::string::npos);
    CHECK(measured.refusal("1,2\n3,4\n").find("data.target: The file has no header and 2 columns") !=
          std::string::npos);
}

TEST_CASE("without a header the target's place decides") {
    Measured measured;
    Json first = values;
    first["target"] = 0;
    measured.train("30,1,2\n70,3,4\n120,5,7\n", first);
    CHECK(measured.targets({"31,1,2\n71,3,4\n"}) == Values{31, 71});
    measured.train("y,a,b\n30,1,2\n70,3,4\n120,5,7\n", {{"task", "regression"}, {"target", "y"}});
    CHECK(measured.targets({"31,1,2\n71,3,4\n"}) == Values{31, 71});
    measured.train("note,y,a,b\nn,30,1,2\nn,70,3,4\nn,120,5,7\n",
                   {{"task", "regression"}, {"target", "y"}, {"columns", {{"note", "ignore"}}}});
    CHECK(measured.targets({"n,31,1,2\nn,71,3,4\n"}) == Values{31, 71});
    // The inputs alone, and one column behind them.
    CHECK(measured.targets({"1,2,31\n3,4,71\n"}) == Values{31, 71});
}

TEST_CASE("several targets are found likewise") {
    Measured measured;
    measured.train("a,u,v\n1,2,3\n2,3,5\n3,4,8\n", {{"target", {"u", "v"}}});
    CHECK(measured.targets({"v,note,u,a\n3,0,2,1\n5,0,3,2\n"}) == Values{2, 3, 3, 5});
    CHECK(measured.refusal("a,u\n1,2\n2,3\n").find("no column called \"v\", which the model") != std::string::npos);
}

TEST_CASE("a model that does not say what its target was called is measured as its project says") {
    Measured measured;
    measured.train("a,b,y\n1,2,30\n3,4,70\n5,7,120\n", values);
    CHECK(measured.pipeline.erase("targets") == 1);
    measured.trained.pipeline = InputPipeline::fromJson(measured.pipeline, "model");
    CHECK(measured.targets({"b,a,z\n2,1,31\n4,3,71\n"}) == Values{31, 71});
}

TEST_CASE("a damaged place of the target is refused") {
    Measured measured;
    measured.train("a,b,y\n1,2,30\n3,4,70\n5,7,120\n", values);
    measured.pipeline["targets"][0]["position"] = 3;
    CHECK_THROWS_WITH_AS(InputPipeline::fromJson(measured.pipeline, "m.model"), doctest::Contains("m.model"),
                         base::Error);
}
