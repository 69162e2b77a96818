#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <fstream>

#include "engine/data/DatasetLoader.h"
#include "engine/data/NewRows.h"
#include "engine/data/readers/CsvPreview.h"
#include "engine/data/readers/CsvScanner.h"
#include "engine/data/readers/Reader.h"

using namespace perceptory;
using namespace perceptory::data;
using namespace std::string_literals;

namespace {

// A folder of its own for every test, gone afterwards.
class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "perceptory-csv-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()));
        m_path = name;
    }
    ~Folder() { std::filesystem::remove_all(m_path); }

    std::filesystem::path operator/(const char* name) const { return m_path / name; }
    std::filesystem::path write(const std::string& text, const char* name = "t.csv") const {
        std::ofstream(m_path / name, std::ios::binary) << text;
        return m_path / name;
    }
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

base::Json project(base::Json more = base::Json::object()) {
    base::Json json{
        {"source", "file"}, {"reader", "csv"}, {"path", "t.csv"}, {"split", {{"train", 0.5}, {"test", 0.5}}}};
    json.update(more);
    return json;
}

std::shared_ptr<const Dataset> load(const std::string& text, base::Problems& problems, const base::Json& more = {}) {
    const Folder folder;
    folder.write(text);
    const DataSpec spec = DataSpec::fromJson(project(more.is_null() ? base::Json::object() : more), problems);
    return base::hasError(problems) ? nullptr : loadDataset(spec, folder.path(), problems);
}

std::shared_ptr<const Dataset> load(const std::string& text, const base::Json& more = {}) {
    base::Problems problems;
    auto set = load(text, problems, more);
    REQUIRE_MESSAGE(set, (problems.empty() ? "" : base::describe(problems[0])));
    return set;
}

base::Problem refusal(const std::string& text, const base::Json& more = {}) {
    base::Problems problems;
    CHECK(load(text, problems, more) == nullptr);
    REQUIRE_FALSE(problems.empty());
    return problems[0];
}

// The sentence of the Error, without the folder.
std::string failure(const std::string& text) {
    base::Problems problems;
    try {
        load(text, problems);
    } catch (const base::Error& error) {
        return error.sentence().substr(error.sentence().find("t.csv"));
    }
    return problems.empty() ? "no error" : "a problem: " + base::describe(problems[0]);
}

const std::string plain = "a,b,kind\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n";

}  // namespace

TEST_CASE("a plain table: columns but the last are inputs, the last is the target") {
    const auto set = load(plain);
    CHECK(set->featureNames == std::vector<std::string>{"a", "b"});
    CHECK(set->classNames == std::vector<std::string>{"x", "y"});
    CHECK(set->labels == std::vector<std::int32_t>{0, 1, 0, 1});
    CHECK(set->inputs == std::vector<float>{1, 2, 3, 4, 5, 6, 7, 8});
    CHECK(set->notes[0] == "t.csv: separated by commas, with a header; 4 rows, 3 columns.");
    CHECK(set->notes[1].find("the task is classification") != std::string::npos);
}

TEST_CASE("however it is written, the same table is read") {
    const std::vector<float> expected{1.5f, -2, 3e3f, 4};
    for (const std::string& text :
         {"a,b,kind\n1.5,-2,x\n3e3,4,y\n"s, "a;b;kind\n1.5;-2;x\n3e3;4;y\n"s, "a\tb\tkind\n1.5\t-2\tx\n3e3\t4\ty\n"s,
          "a;b;kind\n1,5;-2;x\n3000;4;y\n"s, "a,b,kind\r\n1.5,-2,x\r\n3e3,4,y\r\n"s, "a,b,kind\r1.5,-2,x\r3e3,4,y"s,
          "\xef\xbb\xbf"
          "a,b,kind\n1.5,-2,x\n3e3,4,y\n"s,
          "a,b,kind\n\n 1.5 , -2 , x\n\n+3e3,4,y\n\n"s, "\"a\",\"b\",\"kind\"\n\"1.5\",\"-2\",\"x\"\n\"3e3\",\"4\",y"s,
          "1.5,-2,x\n3e3,4,y\n"s, "a|b|kind\n1.5|-2|x\n3e3|4|y\n"s, "  a   b kind\n1.5\t -2 x \n 3e3  4 y\n"s,
          "sep=;\na;b;kind\n1.5;-2;x\n3e3;4;y\n"s, "\"sep=;\"\na;b;kind\n1.5;-2;x\n3e3;4;y\n"s,
          "SEP=,\na,b,kind\n1.5,-2,x\n3e3,4,y\n"s, "sep=|\r\na|b|kind\r\n1.5|-2|x\r\n3e3|4|y"s}) {
        CAPTURE(text);
        const auto set = load(text);
        CHECK(set->raw.floats() == expected);
        CHECK(set->classNames == std::vector<std::string>{"x", "y"});
    }
    CHECK(load("1,2,x\n3,4,y\n")->rawNames == std::vector<std::string>{"column 1", "column 2"});
    CHECK(load("1,2,x\n3,4,y\n5,6,z\n", {{"reader", {{"type", "csv"}, {"parameters", {{"header", "yes"}}}}}})->count ==
          2);
}

TEST_CASE("numbers with signs, decimal commas in quotes and groups of digits are numbers") {
    const std::vector<float> expected{1234.5f, -2, 3, 4};
    for (const std::string& text :
         {"a,b,kind\n\"1234,5\",\"-2,0\",x\n3,4,y\n"s, "a,b,kind\n\"1.234,5\",\"-2,0\",x\n3,4,y\n"s,
          "a,b,kind\n\"$1,234.5\",-$2,x\n$3,$4,y\n"s, "a,b,kind\n1234.5 %,-2 %,x\n3%,4%,y\n"s,
          "a;b;kind\n1 234,5 €;−2 €;x\n3 €;4 €;y\n"s, "a;b;kind\n1'234.5;-2;x\n3;4;y\n"s,
          "a;b;kind\n1\u202f234,5;\u22122;x\n3;4;y\n"s}) {
        CAPTURE(text);
        const auto set = load(text);
        CHECK(set->raw.floats() == expected);
    }
    CHECK(load("a,b,kind\n\"1,234\",2,x\n3,4,y\n")->raw.floats() == std::vector<float>{1234, 2, 3, 4});
    CHECK(load("a,b,kind\n$3,2,x\n$4,5,y\n")->notes[0].find("signs such as $ and % passed over") != std::string::npos);
    const auto addresses = load("host,load,kind\n192.168.100.200,0.5,x\n192.168.100.201,0.25,y\n");
    CHECK(addresses->featureNames.back() == "load");
    CHECK(addresses->inputs.back() == 0.25f);
}

TEST_CASE("a column of words that were meant as numbers is told") {
    const auto notes = [](const std::string& text) {
        std::string all;
        const auto set = load(text);
        for (const std::string& note : set->notes) all += note + "\n";
        return all;
    };
    CHECK(notes("a;b;y\n1,5;2.5;x\n2,5;3.5;y\n").find("\"a\" is read as words, since \"1,5\" in line 2") !=
          std::string::npos);
    CHECK(notes("a,y\ninf,x\n-inf,y\n3,x\n").find("since \"inf\" in line 2") != std::string::npos);
    CHECK(notes("a,b,y\nred,1,x\nblue,2,y\n").find("read as words") == std::string::npos);
}

TEST_CASE("numbers that may be read either way are read as those of the training") {
    const Folder folder;
    folder.write("a;y\n1.234,5;1\n2.345.678,25;2\n3,5;3,5\n7,5;3,75\n");
    base::Problems problems;
    const DataSpec spec = DataSpec::fromJson(project({{"task", "regression"}}), problems);
    const auto set = loadDataset(spec, folder.path(), problems);
    REQUIRE(set);
    const auto pipeline = InputPipeline::fromJson(set->pipeline.toJson(), "model", set->pipeline.tensors());
    folder.write("a;y\n1.234;1\n2.345;2\n");
    const auto rows = readRows({folder / "t.csv"}, {"csv"}, pipeline, problems);
    REQUIRE(rows);
    CHECK(rows->raw == std::vector<float>{1234, 2345});
    folder.write("a;y\n1.5;1\n2.345;2\n");  // tells its own way
    CHECK(readRows({folder / "t.csv"}, {"csv"}, pipeline, problems)->raw == std::vector<float>{1.5f, 2.345f});
}

TEST_CASE("different signs in one column are told") {
    const auto toldOf = [](const char* text) {
        const auto set = load(text);
        return std::ranges::count_if(set->notes, [](const std::string& note) {
            return note ==
                   "The column \"a\" has numbers with $ and, in line 3, with \u20ac; all are taken as they stand. "
                   "Convert them to one unit in the file.";
        });
    };
    CHECK(toldOf("a,b,kind\n$3,2,x\n4 \u20ac,5,y\n\u00a35,6,y\n") == 1);
    CHECK(toldOf("a,b,kind\n$3,2,x\n4,5 \u20ac,y\n$5,6 \u20ac,y\n") == 0);
}

TEST_CASE("words that training did not know are told") {
    const auto set = load("a,place,kind\n1,north,x\n2,south,y\n3,north,x\n", {{"target", "kind"}});
    const Folder folder;
    const auto told = [&](const std::string& text) {
        base::Problems problems;
        const auto rows = readRows({folder.write(text)}, {"csv"}, set->pipeline, problems);
        REQUIRE(rows);
        return rows->notes.back();
    };
    CHECK(told("a,place\n1,west\n2,north\n") ==
          "1 row has a word in the column \"place\" that no training row had; it counts as unknown.");
    CHECK(told("a,place\n1,west\n2,east\n") ==
          "2 rows have words in the column \"place\" that no training row had; they count as unknown.");
    CHECK(told("a,place\n1,south\n2,north\n").find("unknown") == std::string::npos);
}

TEST_CASE("whole numbers that a float cannot hold are told, and classes of many digits stay apart") {
    const auto set = load("account,b,kind\n16777216,1,x\n16777217,2,y\n16777218,3,x\n");
    CHECK(
        set->notes.back() ==
        "The column \"account\" has numbers of more digits than are kept, about 7 (line 3: 16777217). Leave it out, or "
        "subtract in the file what all have in common.");
    const auto large = load("a,b,y\n1,1,20000001.25\n2,2,20000001.75\n3,3,20000002.25\n", {{"task", "regression"}});
    CHECK(large->notes.back().find("\"y\" has numbers of more digits") != std::string::npos);
    CHECK(load("a,id\n1,9007199254740993\n2,9007199254740992\n", {{"task", "classification"}})->classNames.size() == 2);
}

TEST_CASE("quoted cells hold delimiters, line ends and quotes") {
    const auto set = load("a,kind\n1,\"big, \"\"old\"\"\nand red\"\n2,small\n");
    CHECK(set->classNames == std::vector<std::string>{"big, \"old\"\nand red", "small"});
}

TEST_CASE("the scanner gives the same rows whatever the blocks are") {
    const std::string text = "a,\"b \"\"c\"\"\r\n\",d\r\n\r\n1,,\"\"\r2,3,4";
    const auto scan = [&](std::size_t block) {
        std::string result;
        CsvScanner scanner(',', "t");
        const auto sink = [&](const CsvRow& row) {
            result += std::to_string(row.line) + ":";
            for (const auto cell : row.cells) result += "[" + std::string(cell) + "]";
        };
        for (std::size_t i = 0; i < text.size(); i += block)
            scanner.feed(std::string_view(text).substr(i, block), sink);
        scanner.finish(sink);
        return result;
    };
    CHECK(scan(text.size()) == "1:[a][b \"c\"\r\n][d]4:[1][][]5:[2][3][4]");
    for (std::size_t block = 1; block < text.size(); ++block) CHECK(scan(block) == scan(text.size()));
}

TEST_CASE("the target is chosen by name or by place") {
    const std::string text = "kind,a,b\n0,1,2\n1,3,4\n0,5,6\n1,7,8\n";
    CHECK(load(text, {{"target", "kind"}})->rawNames == std::vector<std::string>{"a", "b"});
    CHECK(load(text, {{"target", 0}})->rawNames == std::vector<std::string>{"a", "b"});
    CHECK(load(text, {{"target", 1}})->rawNames == std::vector<std::string>{"kind", "b"});
    CHECK(refusal(text, {{"target", "kinds"}}).fix == "Did you mean \"kind\"?");
    CHECK(refusal(text, {{"target", 3}}).where == "data.target");
}

TEST_CASE("the task is deduced from the target, or as asked") {
    const std::string few = "a,y\n1,0\n2,10\n3,9\n4,0\n5,10\n6,9\n7,0\n8,10\n9,9\n";
    CHECK(load(few)->classNames == std::vector<std::string>{"0", "9", "10"});
    const auto regression = load(few, {{"task", "regression"}});
    CHECK(regression->targets == std::vector<float>{0, 10, 9, 0, 10, 9, 0, 10, 9});
    CHECK(regression->targetNames == std::vector<std::string>{"y"});
    CHECK(regression->labels.empty());
    CHECK(load("a,y\n1,60\n2,61\n3,58\n4,70\n")->task == Task::Regression);
    CHECK(load("a,y\n1,0.5\n2,1.5\n3,2\n")->task == Task::Regression);
    CHECK(load("a,y\n1,0.5\n2,1.5\n3,2\n", {{"task", "classification"}})->classes() == 3);
    CHECK(load("a,y\n1,1\n2,1.0\n3,2\n", {{"task", "classification"}})->classes() == 2);
    std::string many = "a,y\n";
    for (int i = 0; i < 1500; ++i) many += std::to_string(i) + "," + std::to_string(i) + "\n";
    CHECK(load(many)->task == Task::Regression);
    CHECK(refusal(many, {{"task", "classification"}}).sentence.find("more than 1000") != std::string::npos);
    CHECK(refusal("a,y\n1,0.5\n2,red\n", {{"task", "regression"}}).sentence ==
          "t.csv, line 3: the target \"y\" is \"red\", which is not a number.");
}

TEST_CASE("rows with missing cells are left out, or filled with the mean of the training part, and it is said") {
    const std::string text = "a,b,kind\n1,?,x\n2,5,y\n,7,x\n4,NA,y\n5,nan,x\n6,-,y\n7,8,x\n8,9,y\n9,1,\n";
    const auto dropped = load(text);
    CHECK(dropped->count == 3);
    CHECK(dropped->notes[2] == "1 row (line 10) left out: the target is missing.");
    CHECK(dropped->notes[3] ==
          "5 of 8 rows were left out because a value is missing, the first in line 2, column \"b\".");
    const auto filled =
        load(text, {{"missing", "mean"}, {"split", {{"mode", "ordered"}, {"train", 0.5}, {"test", 0.5}}}});
    CHECK(filled->count == 8);
    CHECK(filled->raw.floats()[0 * 2 + 1] == 6);
    CHECK(filled->raw.floats()[4 * 2 + 1] == 6);
    CHECK(filled->raw.floats()[2 * 2 + 0] == doctest::Approx(7.0 / 3));
    CHECK(filled->notes[3].starts_with("5 missing values were replaced by the mean"));
    CHECK(refusal("a,kind\n?,x\n?,y\n").sentence == "No complete row is left.");
}

TEST_CASE("what there is one of is said in the singular") {
    const std::string text = "a,kind\n1,x\n2\n,y\n4,y\n5,x\n";
    const auto set = load(text, {{"parameters", {{"bad_rows", "skip"}}}});
    CHECK(set->notes[1] == "1 row (line 3) left out: not 2 cells.");
    CHECK(set->notes.back() == "1 of 4 rows was left out because a value is missing: line 4, column \"a\".");
    const auto filled = load("a,kind\n,x\n4,y\n", {{"missing", "mean"}, {"split", {{"train", 1}, {"test", 0}}}});
    CHECK(filled->notes.back() == "1 missing value was replaced by the mean of its column over the training part.");
    base::Problems problems;
    CHECK_FALSE(readRows({Folder().write("5\n6\n")}, {"csv"}, load(plain)->pipeline, problems));
    CHECK(problems.at(0).sentence == "The file has no header and 1 column; the model needs 2.");
}

TEST_CASE("features choose columns, so others may hold anything") {
    const std::string text = "id,age (y),sex,kind\nA1,20,male,0\nA2,30,female,1\nA3,50,male,1\nA4,60,female,0\n";
    const base::Problem problem = refusal(text, {{"columns", {{"id", "number"}}}});
    CHECK(problem.where == "data.path");
    CHECK(problem.sentence == "t.csv, line 2, column \"id\": \"A1\" is not a number; 3 more such cells.");
    CHECK(problem.fix == "Leave \"id\" out of the features, or write numbers instead.");
    CHECK(load(text, {{"features", {"age (y)"}}})->raw.floats() == std::vector<float>{20, 30, 50, 60});
    const auto set = load(text, {{"features", {{{"formula", "age__y_ / 10"}}}}});
    CHECK(set->inputs == std::vector<float>{2, 3, 5, 6});
    CHECK(set->rawNames == std::vector<std::string>{"age (y)"});
    CHECK(refusal(text, {{"features", {"ages (y)", "age (y)"}}}).fix == "Did you mean \"age (y)\"?");
    CHECK(refusal(text, {{"features", {"age (y)", "kind"}}}).sentence ==
          "\"kind\" is the target or left out, so it cannot be an input.");
    const auto polar = load("u,v,kind\n3,4,x\n6,8,y\n", {{"features", {"radius", "v"}}});
    CHECK(polar->inputs == std::vector<float>{5, 4, 10, 8});
}

TEST_CASE("rows of other lengths stop the reading, or are skipped and counted") {
    const std::string text = "a,b,kind\n1,2,x\n3,4\n5,6,y\n7,8,9,y\n9,9,x\n";
    const base::Problem problem = refusal(text);
    CHECK(problem.where == "data.reader.parameters.bad_rows");
    CHECK(problem.sentence == "t.csv, lines 3, 5: 2 rows do not have 3 cells as the first row has.");
    CHECK(problem.fix == "Mend these lines, or let bad rows be skipped (\"bad_rows\": \"skip\").");
    const auto set = load(text, {{"parameters", {{"bad_rows", "skip"}}}});
    CHECK(set->count == 3);
    CHECK(set->notes[1] == "2 rows (lines 3, 5) left out: not 3 cells.");
    const auto quoted = load("a,b,kind\n1,2,x\n3,\"4\"5,y\n5,6,y\n", {{"parameters", {{"bad_rows", "skip"}}}});
    CHECK(quoted->raw.floats() == std::vector<float>{1, 2, 5, 6});
    CHECK(quoted->notes[1] == "1 row (line 3) left out: text follows a closing quote.");
}

TEST_CASE("every unusable file ends in one sentence with place, reason and remedy") {
    const std::pair<std::string, const char*> table[]{
        {"", "t.csv: the file is empty. Choose another file."},
        {"\xef\xbb\xbf", "t.csv: there is no row with anything in it. Choose another file."},
        {std::string(400'000, '\n'), "t.csv: there is no row with anything in it. Choose another file."},
        {"\n \n\r\n", "t.csv: there is no row with anything in it. Choose another file."},
        {"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"s,
         "t.csv: this is a PNG picture, not text in UTF-8. Save it as text in UTF-8 (a table as CSV)"},
        {"<!DOCTYPE html><html><body>404</body></html>", "t.csv: this is a web page (HTML), not text in UTF-8."},
        {"PK\x03\x04....", "t.csv: this is a ZIP archive"},
        {"\x80\x04\x95....", "t.csv: this is a Python pickle, not text in UTF-8."},
        {"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n", "t.csv: this is a Git LFS pointer"},
        {"\xff\xfe"
         "a\0,\0b\0\n\0"s,
         "t.csv: this is text in UTF-16, not text in UTF-8. Save it as text in UTF-8"},
        {"a\0,\0b\0\n\0"s, "t.csv: this is text in UTF-16"},
        {"a,b\n1,2\n3,\0\n"s,
         "t.csv, line 3: there is a zero byte, so this is a binary file or text in UTF-16. Save it"},
        {"a,b\n1,\"2\n3,4\n5,6\n", "t.csv, line 2: a quote that opens in this row is never closed."},
        {"a,b\n1,\"2\"3\n", "t.csv, line 2: text follows a closing quote."},
        {"a,b\n1," + std::string(2 << 20, '7') + "\n", "t.csv, line 2: the row is longer than 1 MiB."},
        {std::string(70000, ','), "t.csv, line 1: the row has more than 65,536 cells."},
        {"a,b\n", "a problem: data.path: t.csv: the file has a header but no rows."},
        {"5\n6\n", "a problem: data.path: t.csv: the file has one column only"},
        {"a,b\n1,x\n2,x\n", "a problem: data.target: All rows are of one class, so there is nothing to learn."},
        {"a,b\n1e999,x\n2,y\n",
         "a problem: data.path: t.csv, line 2, column \"a\": \"1e999\" is beyond the numbers that can be used."},
        {"a,b\ninf,x\n2,y\n",
         "a problem: data.path: t.csv, line 2, column \"a\": \"inf\" is beyond the numbers that can be used."},
        {"a,b\n1,?\n2,\n", "a problem: data.path: t.csv: no row has a target."},
        {"a,b\n1,x\n", "a problem: data.split.test: The test part would h"},
    };
    for (const auto& [text, expected] : table) {
        CAPTURE(text.substr(0, 40));
        CHECK(failure(text).substr(0, std::string(expected).size()) == expected);
    }
}

TEST_CASE("what is no regular file is never opened") {
    const Folder folder;
    base::Problems problems;
    const auto failureAt = [&](const char* path) -> std::string {
        try {
            loadDataset(DataSpec::fromJson(project({{"path", path}}), problems), folder.path(), problems);
        } catch (const base::Error& error) {
            return error.sentence();
        }
        return "no error";
    };
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    CHECK(failureAt("missing.csv").ends_with("missing.csv: there is no such file. Check the path."));
    CHECK(failureAt("pipe").ends_with("pipe: this is a device or a pipe, not a file. Choose a file."));
    CHECK(failureAt("/dev/zero") == "/dev/zero: this is a device or a pipe, not a file. Choose a file.");
    CHECK(failureAt(".").find("this is a folder, not a file") != std::string::npos);
}

TEST_CASE("a class of rows that only test is a warning") {
    base::Problems problems;
    CHECK(load("a,kind\n1,x\n2,y\n3,y\n4,z\n", problems,
               {{"split", {{"mode", "ordered"}, {"train", 0.5}, {"test", 0.5}}}}));
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].where == "data.split");
    CHECK(problems[0].sentence == "No row of the class \"z\" is in the training part, so it cannot be learned.");
}

TEST_CASE("a first row of many bytes is a first row") {
    std::string header, row;
    for (int i = 0; i < 40'000; ++i) {
        header += "column" + std::to_string(i) + ",";
        row += "1.5,";
    }
    const auto set = load(header + "kind\n" + row + "x\n" + row + "y\n" + std::string(300'000, '\n'));
    CHECK(set->rawNames[39'999] == "column39999");
    CHECK(load(std::string(300'000, '\n') + plain)->featureNames == std::vector<std::string>{"a", "b"});
}

TEST_CASE("a constant column is a warning, not an error") {
    base::Problems problems;
    CHECK(load("a,b,kind\n1,7,x\n2,7,y\n3,7,x\n4,7,y\n", problems));
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].severity == base::Severity::Warning);
    CHECK(problems[0].sentence == "The same value stands in every row of \"b\", so it cannot help.");
}

TEST_CASE("names that are no UTF-8 are read as Latin-1, doubled and empty ones are told apart") {
    const auto set = load("L\xe4nge,a,a,,kind\n1,2,3,4,gr\xfcn\n5,6,7,8,rot\n");
    CHECK(set->rawNames == std::vector<std::string>{"Länge", "a", "a (2)", "column 4"});
    CHECK(set->classNames == std::vector<std::string>{"grün", "rot"});
    CHECK(set->notes.back() ==
          "t.csv, line 1: it is not in UTF-8, and is read as Latin-1. Save the file in UTF-8 if letters come out "
          "wrong.");
    CHECK(std::ranges::any_of(set->notes, [](const std::string& note) {
        return note.ends_with("another column is called \"a\"; this one is read as \"a (2)\".");
    }));
}

TEST_CASE("the beginning of a large file can be judged alone") {
    const Folder folder;
    std::string text = "a,b,kind\n";
    while (text.size() < std::size_t(4) << 20) text += "1,\"2\",x\n3,\"1\",y\n";
    folder.write(text + "oops,1,x\n");
    base::Problems problems;
    const DataSpec spec = DataSpec::fromJson(project(), problems);
    LoadOptions options{folder.path()};
    CHECK(loadDataset(spec, options, problems) == nullptr);
    problems.clear();
    double share = 0;
    options.progress = [&](double done) { return (share = done) <= 1; };
    options.beginning = std::int64_t{1} << 20;
    const auto set = loadDataset(spec, options, problems);
    REQUIRE(set);
    CHECK(problems.empty());
    CHECK(set->count > 100'000);
    CHECK(set->count < 300'000);
    CHECK(share > 0);
    options.beginning = std::int64_t{1} << 30;
    CHECK(loadDataset(spec, options, problems) == nullptr);
}

TEST_CASE("a table too large for memory is refused with the sum") {
    const Folder folder;
    folder.write(plain);
    base::Problems problems;
    const DataSpec spec = DataSpec::fromJson(project(), problems);
    CHECK_THROWS_WITH_AS(loadDataset(spec, LoadOptions{folder.path(), nullptr, 20}, problems),
                         doctest::Contains("4 rows x 2 columns x 4 bytes"), base::Error);
}

TEST_CASE("new rows are found by name or by place, and a target among them is ignored") {
    const auto set =
        load("kind,a,b\nx,1,2\ny,3,4\nx,5,6\ny,7,8\n", {{"target", "kind"}, {"preprocessing", {"standardize"}}});
    const Folder folder;
    const auto rows = [&](const std::string& text) {
        base::Problems problems;
        const auto read = readRows({folder.write(text)}, {"csv"}, set->pipeline, problems);
        REQUIRE_MESSAGE(read, (problems.empty() ? "" : base::describe(problems[0])));
        return read->raw;
    };
    const std::vector<float> expected{9, 10, 11, 12};
    CHECK(rows("b,a\n10,9\n12,11\n") == expected);
    CHECK(rows("note,b,kind,a\nhm,10,x,9\nhm,12,z,11\n") == expected);
    CHECK(rows("9,10\n11,12\n") == expected);
    CHECK(rows("x,9,10\nz,11,12\n") == expected);
    base::Problems problems;
    CHECK_FALSE(readRows({folder.write("a,c\n1,2\n")}, {"csv"}, set->pipeline, problems));
    CHECK(problems.at(0).sentence == "The file has no column called \"b\".");
    problems.clear();
    CHECK_FALSE(readRows({folder.write("1,2,3,4\n")}, {"csv"}, set->pipeline, problems));
    CHECK(problems.at(0).sentence == "The file has no header and 4 columns; the model needs 2.");
    problems.clear();
    CHECK_FALSE(readRows({folder.write("a,b\n1,2\n3,?\n")}, {"csv"}, set->pipeline, problems));
    CHECK(problems.at(0).sentence.find(", line 3, column \"b\": a value is missing") != std::string::npos);
}

TEST_CASE("a model meets new data with its own means, deviations and order of classes") {
    const std::string train = "a,kind\n1,x\n3,y\n,y\n5,z\n", test = "kind,a\ny,7\nz,\n";
    const auto set = load(train, {{"missing", "mean"},
                                  {"preprocessing", {"standardize"}},
                                  {"split", {{"mode", "ordered"}, {"train", 1.0}, {"test", 0.0}}}});
    const base::Json stored = set->pipeline.toJson();
    const Trained trained{InputPipeline::fromJson(stored, "model"), set->classNames};
    const Folder folder;
    folder.write(test);
    base::Problems problems;
    const DataSpec spec = DataSpec::fromJson(
        project({{"target", "kind"}, {"missing", "mean"}, {"split", {{"mode", "ordered"}, {"train", 1.0}}}}), problems);
    const auto met = loadDataset(spec, LoadOptions{folder.path(), &trained}, problems);
    REQUIRE_MESSAGE(met, (problems.empty() ? "" : base::describe(problems[0])));
    CHECK(met->labels == std::vector<std::int32_t>{1, 2});
    CHECK(met->classNames == std::vector<std::string>{"x", "y", "z"});
    CHECK(met->inputs[0] == doctest::Approx(2 * std::sqrt(2.0)));
    CHECK(met->inputs[1] == doctest::Approx(0));
    const auto rows = readRows({folder / "t.csv"}, {"csv"}, trained.pipeline, problems);
    REQUIRE(rows);
    CHECK(trained.pipeline.apply(rows->raw, rows->count) == met->inputs);
    folder.write("kind,a\nw,7\n");
    CHECK(loadDataset(spec, LoadOptions{folder.path(), &trained}, problems) == nullptr);
    CHECK(problems.back().sentence == "The model was not trained with the class \"w\".");
}

TEST_CASE("the beginning of a file tells what its columns can be") {
    const Folder folder;
    const auto path = folder.write("id;size;gap;kind\nA;1,5;-;x\nB;2,5;;y\nC;?;;x\n");
    const FilePreview preview = readers().find("csv")->preview(path, base::Json::object());
    const auto& columns = preview.columns;
    REQUIRE(columns.size() == 4);
    CHECK(columns[0].name == "id");
    CHECK_FALSE(columns[0].isNumeric);
    CHECK(columns[1].isNumeric);
    CHECK(columns[1].missing == 1);
    CHECK_FALSE(columns[2].isNumeric);
    CHECK(columns[3].distinct == 2);
    CHECK(preview.parameters ==
          base::Json{{"delimiter", "semicolon"}, {"header", "yes"}, {"decimal", "comma"}, {"thousands", "plain"}});
    REQUIRE(preview.rows.size() == 3);
    CHECK(preview.rows[1] == std::vector<std::string>{"B", "2,5", "", "y"});
    CHECK(preview.looked == 3);
    CHECK(preview.isAll);
}

TEST_CASE("the beginning of a file tells which cell keeps a column from being numbers") {
    const Folder folder;
    const auto path = folder.write("a,b,c,d,e\n1,2,?,-Inf,x\n3,4,?,5,y\n\n\"oops\",6,?,inf,z\nlater,7,?,8,z\n");
    const FilePreview preview = previewCsv(path, base::Json::object());
    REQUIRE(preview.columns.size() == 5);
    CHECK(preview.columns[0].odd.text == "oops");
    CHECK(preview.columns[0].odd.line == 5);
    CHECK_FALSE(preview.columns[0].odd.isInfinite);
    CHECK(preview.columns[1].odd.line == 0);
    CHECK(preview.columns[2].odd.line == 0);
    CHECK_FALSE(preview.columns[2].isNumeric);
    CHECK(preview.columns[3].odd.line == 2);
    CHECK(preview.columns[3].odd.isInfinite);
    CHECK(preview.columns[4].odd.text == "x");
    CHECK(preview.columns[4].distinct == 3);
}
