// Whatever is said about bad projects and files comes from patterns, so that it can be translated whole.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "engine/base/Text.h"
#include "engine/project/ModelFile.h"
#include "engine/project/Project.h"
#include "engine/training/RunCheck.h"
#include "tests/engine/training/Fixtures.h"

using namespace perceptory;
using namespace perceptory::training;
using base::Json;
using namespace std::string_literals;

namespace {

// Puts each pattern between signs that no source has.
std::string marked(const char* pattern, int) { return "\x01" + std::string(pattern) + "\x02"; }

struct Marked {
    Marked() { base::setTranslator(marked); }
    ~Marked() { base::setTranslator(nullptr); }
};

// Nothing but spaces stands outside the patterns.
bool isWhole(const std::string& text) {
    int depth = 0;
    for (const char c : text) {
        depth += c == '\x01' ? 1 : c == '\x02' ? -1 : 0;
        if (depth == 0 && c != '\x02' && c != ' ') return false;
    }
    return depth == 0;
}

// Whatever is wrong with a project, or with the data it names.
base::Problems problemsOf(const Json& project, const std::filesystem::path& folder) {
    base::Problems problems;
    try {
        const RunSpec spec = RunSpec::fromJson(project, problems);
        if (base::hasError(problems)) return problems;
        const auto dataset = data::loadDataset(spec.data, folder, problems);
        if (!dataset) return problems;
        const RunCheck check = checkRun(spec, *dataset);
        problems.insert(problems.end(), check.problems.begin(), check.problems.end());
    } catch (const base::Error& error) {
        problems.push_back({"", base::Severity::Error, error.sentence(), ""});
    }
    return problems;
}

void checkWhole(const base::Problems& problems) {
    CHECK(!problems.empty());
    for (const base::Problem& problem : problems) {
        INFO(base::describe(problem));
        CHECK(!problem.sentence.empty());
        CHECK(isWhole(problem.sentence));
        CHECK(isWhole(problem.fix));
    }
}

struct Change {
    const char* where;
    const char* value;
};

// Each makes a good project a bad one.
const Change changes[] = {
    {"/format", R"_("other")_"},
    {"/format_version", "2"},
    {"/format_version", R"_("1")_"},
    {"/data", "7"},
    {"/data/source", R"_("nowhere")_"},
    {"/data/source", "1"},
    {"/data/id", R"_("cirkle")_"},
    {"/data/id", R"_("zzzzzzzz")_"},
    {"/data/seed", R"_("-1")_"},
    {"/data/parameters", "[]"},
    {"/data/parameters/noise", "9"},
    {"/data/parameters/noise", R"_("much")_"},
    {"/data/parameters/samples", "2.5"},
    {"/data/parameters/nois", "0.1"},
    {"/data/features", "[]"},
    {"/data/features", "7"},
    {"/data/features", "[7]"},
    {"/data/features", R"_(["x1", "x1"])_"},
    {"/data/features", R"_(["x3"])_"},
    {"/data/features", R"_(["nothing"])_"},
    {"/data/features", R"_([{"formula": ""}])_"},
    {"/data/features", R"_([{"formula": "x1 +"}])_"},
    {"/data/features", R"_([{"formula": "x1 x2"}])_"},
    {"/data/features", R"_([{"formula": "x9"}])_"},
    {"/data/features", R"_([{"formula": "(x1"}])_"},
    {"/data/features", R"_([{"formula": "x1)"}])_"},
    {"/data/features", R"_([{"formula": "sin()"}])_"},
    {"/data/features", R"_([{"formula": "sin(x1, x2)"}])_"},
    {"/data/features", R"_([{"formula": "1,5"}])_"},
    {"/data/features", R"_([{"formula": "x1 $ 2"}])_"},
    {"/data/features", R"_([{"formula": "ä"}])_"},
    {"/data/features", R"_([{"formula": "log(x1)"}])_"},
    {"/data/preprocessing", R"_(["standardise"])_"},
    {"/data/missing", R"_("ignore")_"},
    {"/data/task", R"_("clustering")_"},
    {"/data/target_encoding", R"_("index")_"},
    {"/data/split", "7"},
    {"/data/split/mode", R"_("files")_"},
    {"/data/split/mode", R"_("by luck")_"},
    {"/data/split/train", "2"},
    {"/data/split/train", "0"},
    {"/data/split/train", "0.9"},
    {"/data/split/train", R"_("half")_"},
    {"/data/split", R"_({"train": 0.999999, "test": 0.000001})_"},
    {"/data", R"_({"source": "points", "points": [[1, 2, "a"]]})_"},
    {"/data", R"_({"source": "points", "points": [[1]]})_"},
    {"/data", R"_({"source": "points", "points": [[1, 2, "a"], [2, 3, "a"], [3, 4, "a"]]})_"},
    {"/data", R"_({"source": "points", "task": "regression", "points": [[1, 2, "a"], [2, 3, "b"]]})_"},
    {"/data", R"_({"source": "file"})_"},
    {"/data", R"_({"source": "file", "path": "none.csv"})_"},
    {"/data", R"_({"source": "file", "path": "."})_"},
    {"/data", R"_({"source": "file", "path": "t.csv", "reader": "exel"})_"},
    {"/data", R"_({"source": "dataset", "id": "irris"})_"},
    {"/network", "{}"},
    {"/network/nodes", "[]"},
    {"/network/nodes", "[7]"},
    {"/network/blocks", "[1]"},
    {"/network/nodes/1/id", "7"},
    {"/network/nodes/1/id", R"_("a b")_"},
    {"/network/nodes/1/id", R"_("in")_"},
    {"/network/nodes/1/type", R"_("dence")_"},
    {"/network/nodes/1/type", R"_("zzzzzzzz")_"},
    {"/network/nodes/1/type", R"_("input")_"},
    {"/network/nodes/0/type", R"_("dense")_"},
    {"/network/nodes/1/inputs", "[]"},
    {"/network/nodes/1/inputs", "7"},
    {"/network/nodes/1/inputs", R"_(["im"])_"},
    {"/network/nodes/1/inputs", R"_(["zzzzzzzz"])_"},
    {"/network/nodes/1/inputs", R"_(["out"])_"},
    {"/network/nodes/1/inputs", R"_(["in", "in"])_"},
    {"/network/nodes/2/inputs", R"_(["in"])_"},
    {"/network/nodes/1/trainable", "7"},
    {"/network/nodes/1/parameters", "[]"},
    {"/network/nodes/1/parameters/units", "0"},
    {"/network/nodes/1/parameters/units", R"_("four")_"},
    {"/network/nodes/1/parameters/unit", "4"},
    {"/network/nodes/1/parameters/zzzzzzzz", "4"},
    {"/network/nodes/1/parameters/activation", R"_("tan")_"},
    {"/network/nodes/1/parameters/activation", R"_("zzzzzzzz")_"},
    {"/network/nodes/1/parameters/activation", "7"},
    {"/network/nodes/2/parameters/units", "3"},
    {"/network/nodes/2/parameters/activation", R"_("relu")_"},
    {"/training", "7"},
    {"/training/loss", R"_("mean_squared")_"},
    {"/training/loss", R"_("zzzzzzzz")_"},
    {"/training/loss", R"_("softmax_cross_entropy")_"},
    {"/training/loss", R"_("binary_cross_entropy")_"},
    {"/training/loss", R"_("sigmoid_cross_entropy")_"},
    {"/training/loss", "7"},
    {"/training/optimizer", R"_("adamm")_"},
    {"/training/optimizer/parameters/learning_rate", "-1"},
    {"/training/optimizer/parameters/learning_rat", "1"},
    {"/training/schedule", R"_({"type": "constant", "per": "day"})_"},
    {"/training/batch_size", "0"},
    {"/training/batch_size", "1.5"},
    {"/training/seed", R"_("x")_"},
    {"/training/metrics", "7"},
    {"/training/metrics", R"_(["acuracy"])_"},
    {"/training/shuffle", "7"},
};

struct BadTable {
    std::string text;
    Json data = Json::object();
};

const BadTable tables[] = {
    {""},
    {"\n \n"},
    {"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"s},
    {"<!DOCTYPE html><html>"},
    {"PK\x03\x04...."},
    {"\xff\xfe"
     "a\0,\0"s},
    {"a,b\n1,2\n3,\0\n"s},
    {"a,b\n1,\"2\n3,4\n"},
    {"a,b\n1,\"2\"3\n"},
    {"a,b\n1," + std::string(2 << 20, '7') + "\n"},
    {"a,b\n" + std::string(70'000, ',') + "\n"},
    {"a,b\n"},
    {"5\n6\n"},
    {"a,b\n1,x\n2,x\n"},
    {"a,b\n1e999,x\n2,y\n"},
    {"a,b\nred,x\n2,y\n"},
    {"a,b\nred,x\nblue,y\n", {{"columns", {{"a", "number"}}}}},
    {"a,b\nred,x\nblue,y\ngreen,y\n", {{"columns", {{"a", "number"}}}}},
    {"a,b\nred,x\nblue,y\n", {{"columns", {{"c", "ignore"}}}}},
    {"a,b\nred,x\nblue,y\n", {{"columns", {{"a", "ignore"}}}}},
    {"a,b\nred,x\nblue,y\n", {{"edits", {{{"row", 7}, {"exclude", true}}}}}},
    {"a,b\nred,x\nblue,y\n", {{"split", {{"mode", "group"}, {"column", "c"}}}}},
    {"a,b\n1,?\n2,\n"},
    {"a,b\n?,x\n?,y\n"},
    {"a,b\n1,x,3\n2,y\n"},
    {"a,b\n1,x,3\n2,y,3\n4,y\n"},
    {"a,b\n1,x\n1,y\n1,x\n1,y\n"},
    {"a,b,k\n1,2,x\n3,4,y\n", {{"target", "kk"}}},
    {"a,b,k\n1,2,x\n3,4,y\n", {{"target", "zzzzzzzz"}}},
    {"a,b,k\n1,2,x\n3,4,y\n", {{"target", 9}}},
    {"a,b,k\n1,2,x\n3,4,y\n", {{"target", {1}}}},
    {"a,b,k\n1,2,x\n3,4,y\n", {{"features", {"k"}}}},
    {"a,b,k\n1,2,x\n3,4,y\n", {{"features", {"c"}}}},
    {"a,b,k\n1,2,x\n3,4,y\n", {{"features", {{{"formula", "log(0 * a)"}}}}}},
    {"a,b\n1,0.5\n2,red\n", {{"task", "regression"}}},
    {"a,b\n1,2\n3,4\n", {{"reader", {{"type", "csv"}, {"parameters", {{"delimiter", "colon"}}}}}}},
};

std::string refusalOf(const auto& act) {
    try {
        act();
    } catch (const base::Error& error) {
        return error.sentence();
    }
    return {};
}

}  // namespace

TEST_CASE("all that is said about a bad project is made of patterns") {
    const Marked language;
    for (const Change& change : changes) {
        CAPTURE(std::string(change.where));
        CAPTURE(std::string(change.value));
        Json project = planeProject("circle", {4});
        project[Json::json_pointer(change.where)] = Json::parse(change.value);
        checkWhole(problemsOf(project, "."));
    }
}

TEST_CASE("all that is said about a bad table is made of patterns") {
    const Marked language;
    const auto folder = std::filesystem::temp_directory_path() / "perceptory-patterns";
    std::filesystem::create_directories(folder);
    for (const BadTable& table : tables) {
        CAPTURE(table.text.substr(0, 80));
        CAPTURE(table.data.dump());
        std::ofstream(folder / "t.csv", std::ios::binary) << table.text;
        Json project = planeProject("circle", {4});
        project["data"] = {{"source", "file"}, {"path", "t.csv"}, {"split", {{"train", 0.5}, {"test", 0.5}}}};
        project["data"].update(table.data);
        checkWhole(problemsOf(project, folder));
    }
    std::filesystem::remove_all(folder);
}

TEST_CASE("what is said about good data is made of patterns too") {
    const Marked language;
    const auto folder = std::filesystem::temp_directory_path() / "perceptory-notes";
    std::filesystem::create_directories(folder);
    std::size_t notes = 0;
    for (const char* text :
         {"a,b,y\n1,2,x\n3,4,y\n?,4,y\n3,4,?\n5,6,x,7\n", "a;y\n1,5;0,25\n2;1,5\n3;2\n", "1,2\n3,4\n"})
        for (const char* missing : {"drop", "mean"}) {
            std::ofstream(folder / "t.csv", std::ios::binary) << text;
            const Json data{{"source", "file"},
                            {"path", "t.csv"},
                            {"missing", missing},
                            {"reader", {{"type", "csv"}, {"parameters", {{"bad_rows", "skip"}}}}},
                            {"split", {{"train", 1.0}, {"test", 0.0}}}};
            base::Problems problems;
            const auto dataset = data::loadDataset(data::DataSpec::fromJson(data, problems), folder, problems);
            REQUIRE_MESSAGE(dataset, (problems.empty() ? "" : base::describe(problems.front())));
            for (const std::string& note : dataset->notes) {
                CAPTURE(note);
                CHECK(isWhole(note));
                ++notes;
            }
        }
    CHECK(notes > 10);
    std::filesystem::remove_all(folder);
}

TEST_CASE("all that is said about a foreign or broken file is made of patterns") {
    const Marked language;
    const auto file = std::filesystem::temp_directory_path() / "perceptory-patterns.perceptory";
    for (const std::string& text :
         {""s, "{"s, "[1"s, "[1, 2]"s, "{\"a\": 1, \"a\": 2}"s, "{\"a\": 1e999}"s, std::string(40, '['), "a,b\n1,2\n"s,
          "hello"s, "%PDF-1.7"s, "\x89PNG\r\n\x1a\n"s, "\x89PCM\r\n\x1a\n"s,
          "\x89PCM\r\n\x1a\n" + std::string(99, '\0'), std::string(99, '\x01'), "{\"format\": \"perceptory-project\"}"s,
          "{\"format\": \"perceptory-project\", \"format_version\": 0}"s,
          "{\"format\": \"perceptory-project\", \"format_version\": 9}"s}) {
        CAPTURE(text);
        std::ofstream(file, std::ios::binary) << text;
        for (const std::string& said : {refusalOf([&] { project::loadProject(file.string()); }),
                                        refusalOf([&] { project::readModel(file.string()); })}) {
            CHECK(!said.empty());
            CAPTURE(said);
            CHECK(isWhole(said));
        }
    }
    std::filesystem::remove(file);
}
