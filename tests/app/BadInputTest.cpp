// Whatever is fed to the program, it ends with one clear line and the right exit code.
#include <doctest/doctest.h>

#include <algorithm>

#include <filesystem>
#include <functional>

#include "engine/exchange/Numpy.h"
#include "tests/app/Projects.h"
#include "tests/support/Npy.h"

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
    checkRefused(trainText("{\"format\": \"perceptory-project\",\n\n"), "line 1: the file breaks off here");
    checkRefused(trainText("{\"format\":\n oops}"), "line 2: this is not valid JSON");
    checkRefused(trainText(std::string("\x08\x07\x12\x07pytorch\x1a\x05\x00\x01", 15)), "this is a binary file");
    checkRefused(trainText("a,b\n1,2\n"), "this is a table of text (CSV), not a project");
    checkRefused(trainText("hello\n"), "this is text, not a project");
    checkRefused(trainText(std::string("\x89PNG\r\n\x1a\n", 8) + std::string(100, '\0')), "PNG");
    checkRefused(trainText(std::string(100, '\xff')), "p.perceptory");
    for (const char* command : {"train", "check", "evaluate", "export", "predict", "probe"}) {
        CAPTURE(command);
        std::vector<std::string> arguments{command, PERCEPTORY_SOURCE_DIR "/datasets/iris/iris.csv"};
        const std::vector<std::string> more =
            command == std::string("export")    ? std::vector<std::string>{"--format", "npz", "--output", folder / "x"}
            : command == std::string("predict") ? std::vector<std::string>{"--input", folder / "x"}
            : command == std::string("probe")
                ? std::vector<std::string>{"--what", "activations", "--output", folder / "x.npy"}
                : std::vector<std::string>{};
        arguments.insert(arguments.end(), more.begin(), more.end());
        checkRefused(test::run(arguments), "not a project or model of Perceptory. Choose a file *.perceptory");
    }
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

TEST_CASE("files that are no tables are called so once, and nothing of them reaches the terminal") {
    std::string noise;
    for (int i = 0; i < 3000; ++i) noise += static_cast<char>(1 + (i * 7919 + i / 3 * 104729) % 255);
    checkRefused(trainOn(noise), "t.csv: this is a binary file, not text in UTF-8. Save it as text in UTF-8");
    const Outcome cell = trainOn("a,b,c\n" + rows("1,2,x\n1,3,y\n", 9) + "1,\x1b[31mred\a,y\n");
    checkRefused(cell, R"(t.csv, line 20, column "b": "\x1b[31mred\x07" is not a number.)");
    CHECK(cell.err.find('\x1b') == std::string::npos);
    checkRefused(trainOn("a,b,c\n" + rows("1,2,x\n1,3,y\n", 9) + "1," + std::string(500, 'w') + ",y\n"),
                 "\"" + std::string(40, 'w') + "…\"");
}

TEST_CASE("what is wrong with other data is one line, with a place said once and a remedy that can be followed") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::irisProject(), 1), other = folder / "other.csv";
    const auto evaluate = [&](const std::string& text) {
        support::writeContent(other, text);
        return test::run({"evaluate", model, "--data", other});
    };
    const auto predict = [&](const std::string& text) {
        support::writeContent(other, text);
        return test::run({"predict", model, "--input", other});
    };
    const std::string iris = support::contentOf(PERCEPTORY_SOURCE_DIR "/datasets/iris/iris.csv");
    const std::string first = iris.substr(0, iris.find('\n') + 1);
    for (const Outcome& outcome : {evaluate("a,b,c\n1,2,x\n3,4,y\n"), predict("a,b,c\n1,2,x\n3,4,y\n")}) {
        CAPTURE(outcome.err);
        CHECK(outcome.code == 1);
        CHECK(std::ranges::count(outcome.err, '\n') == 1);
        CHECK(outcome.says("lacks 4 of the 4 columns the model needs"));
    }
    checkRefused(predict(first + "1,2,3,4,x\n1,two,3,4,x\n"), other + ", line 3, column");
    CHECK(predict(first + "1,two,3,4,x\n").says("Write numbers there"));
    checkRefused(predict(first + "1,2,3,4,x\n\n1,2\n"), other + ", line 4: the row does not have 5 cells");
    checkRefused(predict(first + "1,2,3,4,x\n\n1,,3,4,x\n"),
                 other + ", line 4, column \"sepal width (cm)\": a value is missing");
    // Only a column that is no other input can be the one that was meant.
    const Outcome lacking = predict("sepal length (cm),sepal width (cm),petal length (cm),species\n1,2,3,x\n");
    checkRefused(lacking, "no column called \"petal width (cm)\"");
    CHECK_FALSE(lacking.says("Did you mean"));
    CHECK(predict("sepal length (cm),sepal width (cm),petal length (cm),petal widht (cm)\n1,2,3,4\n")
              .says("Did you mean \"petal widht (cm)\"?"));
    for (const std::string& text : {first + "1,two,3,4,x\n", first + "1,2\n", first + "1,,3,4,x\n"}) {
        const std::string err = predict(text).err;
        CAPTURE(err);
        CHECK(err.find("other.csv") == err.rfind("other.csv"));
        CHECK(err.find("features") == std::string::npos);
        CHECK(err.find("bad_rows") == std::string::npos);
    }
    checkRefused(evaluate(std::string(500, '\x01')), "this is a binary file");
    CHECK(evaluate(std::string(500, '\x01')).err.find("other.csv") ==
          evaluate(std::string(500, '\x01')).err.rfind("other.csv"));
}

TEST_CASE("a problem that reading met has its remedy apart, and what is said of the data is said once") {
    const support::Folder folder;
    Json project = test::irisProject();
    project["data"]["path"] = "gone.csv";
    Json problem = test::run({"check", test::put(folder, project), "--json"}).json()["problems"][0];
    CHECK(problem["sentence"].get<std::string>().ends_with("gone.csv: there is no such file."));
    CHECK(problem["fix"] == "Check the path.");
    project = test::irisProject();
    project["data"]["reader"] = {{"type", "csv"}, {"parameters", {{"foo", 1}}}};
    const std::string path = test::put(folder, project);
    CHECK(test::run({"check", path, "--json"}).json()["problems"].size() == 1);
    const std::string said = test::run({"train", path, "--epochs", "1"}).err;
    CHECK(said.find("No parameter is called") == said.rfind("No parameter is called"));
}

TEST_CASE("arrays that do not fit a model are told with those that were found and how to name them") {
    const support::Folder folder;
    const std::string x = support::npyOf<float>("<f4", {6, 3}, std::vector<float>(18, 0.5f)),
                      wide = support::npyOf<float>("<f4", {6, 4}, std::vector<float>(24, 0.5f)),
                      y = support::npyOf<std::int64_t>("<i8", {6}, {0, 1, 0, 1, 0, 1});
    const auto write = [&](const std::string& name, const std::vector<exchange::ArchiveEntry>& entries) {
        support::writeContent(folder / name, exchange::zipBytes(entries));
        return folder / name;
    };
    write("iris.npz", {{"x.npy", x}, {"y.npy", y}});
    Json project = test::irisProject();
    project["data"] = {{"source", "file"}, {"reader", "npy"}, {"path", "iris.npz"}};
    project["network"]["nodes"] = {
        {{"id", "in"}, {"type", "input"}},
        {{"id", "out"}, {"type", "dense"}, {"inputs", {"in"}}, {"parameters", {{"units", 2}}}}};
    const std::string model = test::trained(folder, project, 1);
    const std::string names = write("names.npz", {{"data.npy", x}, {"kind.npy", y}}),
                      other = write("wide.npz", {{"x.npy", wide}, {"y.npy", y}});
    const std::string hint =
        "hint: Name each file as in --data x=FILE --data y=FILE. An array of an archive is "
        "FILE.npz:NAME.";
    const Outcome untold = test::run({"evaluate", model, "--data", names});
    checkRefused(untold, "it is not told which array is to be predicted; it holds \"data\", \"kind\".", 2);
    CHECK(untold.says(hint));
    CHECK(test::run({"evaluate", model, "--data", "x=" + names + ":data", "--data", "y=" + names + ":kind"}).code == 0);
    const Outcome unfit = test::run({"evaluate", model, "--data", other});
    checkRefused(unfit,
                 "The inputs are \"x\" of the shape 4 (" + other +
                     ":x), but the model was trained with \"x\" of the shape 3. The archive holds \"x\", \"y\"",
                 2);
    CHECK(unfit.says(hint));
    CHECK(test::run({"evaluate", model, "--data", "x=" + names + ":data"}).says(hint));
    const Outcome unknown = test::run({"predict", model, "--input", write("only.npz", {{"kind.npy", y}})});
    checkRefused(unknown, "none of its arrays is called \"x\"; it holds \"kind\".", 2);
    CHECK(unknown.says("Name each file as in --input x=FILE."));
}

TEST_CASE("blank lines among new texts are told, as they get no row") {
    const support::Folder folder;
    support::writeContent(folder / "t.tsv", "x\tab\ny\tba\nx\taa\ny\tbb\nx\tab\ny\tba\n");
    Json project = test::irisProject();
    project["data"] = {{"source", "file"},
                       {"reader", {{"type", "text_lines"}, {"parameters", {{"label", "first_column"}}}}},
                       {"path", "t.tsv"}};
    project["network"]["nodes"] = {
        {{"id", "in"}, {"type", "input"}},
        {{"id", "letters"},
         {"type", "embedding"},
         {"inputs", {"in"}},
         {"parameters", {{"entries", 4}, {"dimension", 2}}}},
        {{"id", "flat"}, {"type", "flatten"}, {"inputs", {"letters"}}},
        {{"id", "out"}, {"type", "dense"}, {"inputs", {"flat"}}, {"parameters", {{"units", 2}}}}};
    const std::string model = test::trained(folder, project, 1);
    support::writeContent(folder / "new.txt", "ab\n\nba\n\n");
    const Outcome outcome = test::run({"predict", model, "--input", folder / "new.txt"});
    CAPTURE(outcome.err);
    CHECK(outcome.says("2 blank lines were skipped."));
    CHECK(std::ranges::count(outcome.out, '\n') == 3);
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
    checkRefused(trainWith([](Json& p) { p["network"]["nodes"][1]["inputs"] = {"h2"}; }), "through h1");
    checkRefused(trainWith([](Json& p) { p["network"]["nodes"][2]["inputs"] = {"h9"}; }), "\"h9\" does not exist");
    checkRefused(trainWith([](Json& p) { p["network"]["nodes"] = {{"id", "in"}}; }), "no list of nodes");
    checkRefused(trainWith([](Json& p) { p["network"] = "dense"; }), "no list of nodes");
    checkRefused(trainWith([](Json& p) { p["network"]["nodes"] = Json::array(); }), "no layers");
    checkRefused(trainWith([](Json& p) { p["training"]["optimizer"] = "amad"; }), "amad");
    checkRefused(trainWith([](Json& p) { p["training"]["optimizer"] = "zzzzzzzz"; }), "Choose one of: sgd, momentum,");
    checkRefused(trainWith([](Json& p) { p["training"]["batch_size"] = "ten"; }), "batch_size");
    checkRefused(trainWith([](Json& p) {
                     for (int i = 1; i < 3; ++i)
                         p["network"]["nodes"][static_cast<std::size_t>(i)]["parameters"]["units"] = 1000000;
                 }),
                 "weights");
}

TEST_CASE("a seed that is none is told with one place, one reason and one remedy") {
    for (const char* part : {"data", "training"}) {
        const Outcome outcome = trainWith([&](Json& p) { p[part]["seed"] = "abc"; });
        checkRefused(outcome, "p.perceptory: " + std::string(part) +
                                  ".seed: The seed \"abc\" is not a whole number from 0 to 18446744073709551615. "
                                  "Write it as \"42\".\n");
        CHECK(outcome.err.find(".seed:") == outcome.err.rfind(".seed:"));
    }
}

TEST_CASE("an output never replaces what the command reads") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::irisProject(), 1), project = folder / "p.perceptory";
    const std::string table = folder / "iris.csv", link = folder / "link.csv", array = folder / "m.npy",
                      rowsAsArray = folder / "n.npy", weights = folder / "w.safetensors";
    std::filesystem::create_symlink(table, link);
    std::filesystem::copy_file(model, array);
    std::filesystem::copy_file(table, rowsAsArray);
    REQUIRE(test::run({"export", model, "--format", "safetensors", "--output", weights}).code == 0);
    // The last two arguments are the option and its file.
    const auto refuses = [](const std::vector<std::string>& arguments, const std::string& input) {
        const std::string before = support::contentOf(input), file = arguments.back();
        const Outcome outcome = test::run(arguments);
        CAPTURE(outcome.err);
        CHECK(outcome.code == 2);
        CHECK(outcome.out.empty());
        CHECK(outcome.says(arguments[arguments.size() - 2] + " " + file + " would replace " + input));
        CHECK(support::contentOf(input) == before);
    };
    SUBCASE("train") {
        refuses({"train", project, "--quiet", "--model", project}, project);
        refuses({"train", project, "--quiet", "--history", project}, project);
        for (const std::string& spelling : {table, link, folder / "./iris.csv"}) {
            refuses({"train", project, "--quiet", "--model", spelling}, table);
            refuses({"train", project, "--quiet", "--history", spelling}, table);
        }
        refuses({"train", project, "--quiet", "--initial", weights, "--model", weights}, weights);
        refuses({"train", project, "--quiet", "--resume", model, "--model", table}, table);
        refuses({"train", project, "--quiet", "--resume", model, "--history", model}, model);
    }
    SUBCASE("predict") {
        refuses({"predict", model, "--input", table, "--output", table}, table);
        refuses({"predict", model, "--input", table, "--output", link}, table);
        refuses({"predict", array, "--input", table, "--output", array}, array);
    }
    SUBCASE("export") {
        refuses({"export", model, "--format", "npz", "--output", model}, model);
        Json named = test::irisProject();
        named["weights"] = {{"path", "p.perceptory-model"}};
        const std::string other = test::put(folder, named, "named.perceptory");
        refuses({"export", other, "--format", "safetensors", "--output", model}, model);
        refuses({"export", other, "--format", "safetensors", "--output", other}, other);
    }
    SUBCASE("probe") {
        refuses({"probe", array, "--what", "activations", "--output", array}, array);
        refuses({"probe", model, "--what", "activations", "--input", rowsAsArray, "--output", rowsAsArray},
                rowsAsArray);
        std::filesystem::create_symlink(table, folder / "link.npy");
        refuses({"probe", model, "--what", "activations", "--output", folder / "link.npy"}, table);
    }
    SUBCASE("import") { refuses({"import", weights, "--output", weights}, weights); }
    SUBCASE("but a resumed run may replace its checkpoint") {
        const std::string before = support::contentOf(model);
        CHECK(test::run({"train", project, "--quiet", "--resume", model, "--model", model, "--epochs", "2"}).code == 0);
        CHECK(support::contentOf(model) != before);
    }
}

TEST_CASE("problems each have a line of their own") {
    const Outcome outcome = trainWith([](Json& p) {
        p["training"]["batch_size"] = 0;
        p["training"]["optimizer"] = "amad";
    });
    CHECK(outcome.code == 1);
    CHECK(std::ranges::count(outcome.err, '\n') == 2);
}
