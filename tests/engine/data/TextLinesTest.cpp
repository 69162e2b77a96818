// Texts of a line each, as the numbers of their characters.

#include <doctest/doctest.h>

#include "engine/data/DatasetLoader.h"
#include "engine/data/NewRows.h"
#include "engine/data/readers/TextWords.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using base::Json;

namespace {

using Row = std::vector<float>;

struct Texts {
    support::Folder folder;

    void write(const std::string& name, const std::string& text) { support::writeContent(folder / name, text); }
    data::DataSpec spec(const Json& json) {
        base::Problems problems;
        const data::DataSpec result = data::DataSpec::fromJson(json, problems);
        CHECK(problems.empty());
        return result;
    }
    std::shared_ptr<const data::Dataset> load(const Json& json, base::Problems& problems) {
        return data::loadDataset(spec(json), folder.path(), problems);
    }
    std::shared_ptr<const data::Dataset> load(const Json& json) {
        base::Problems problems;
        auto set = load(json, problems);
        for (const base::Problem& problem : problems) INFO(base::describe(problem));
        REQUIRE(set);
        return set;
    }
    std::string refusal(const Json& json) {
        try {
            base::Problems problems;
            load(json, problems);
            return problems.empty() ? "" : base::describe(problems.front());
        } catch (const base::Error& error) {
            return error.sentence();
        }
    }
};

Json texts(const std::string& path, Json parameters = Json::object()) {
    return {{"source", "file"},
            {"reader", {{"type", "text_lines"}, {"parameters", std::move(parameters)}}},
            {"path", path},
            {"split", {{"mode", "ordered"}, {"train", 1}, {"test", 0}}}};
}

Row row(const data::Dataset& set, std::size_t index) {
    std::vector<float> scratch;
    const auto values = set.input(index, scratch);
    return {values.begin(), values.end()};
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("a folder of texts gives a class for each file, characters in order of UTF-8, and padding at the end") {
    Texts files;
    files.write("Zulu.txt", "ba\r\n\nÄb\n");
    files.write("Arab.txt", "abc");
    files.write("README.md", "no text to learn from\n");
    const auto set = files.load(texts("."));
    CHECK(set->classNames == std::vector<std::string>{"Arab", "Zulu"});
    CHECK(set->labels == std::vector<std::int32_t>{0, 1, 1});
    CHECK(set->inputShape == std::vector<std::int64_t>{3});
    // a, b, c, Ä are 2 … 5.
    CHECK(row(*set, 0) == Row{2, 3, 4});
    CHECK(row(*set, 1) == Row{3, 2, 0});
    CHECK(row(*set, 2) == Row{5, 3, 0});
    REQUIRE(!set->notes.empty());
    CHECK(says(set->notes.front(), "needs 6 entries"));
}

TEST_CASE("classes may stand in the first or the last column") {
    Texts files;
    files.write("spam.tsv", "ham\tbe\tad\nspam\tbed\n");
    files.write("mood.txt", "so\tso\t0\nbad\t1\n");
    const auto first = files.load(texts("spam.tsv", {{"label", "first_column"}}));
    CHECK(first->classNames == std::vector<std::string>{"ham", "spam"});
    CHECK(first->inputShape == std::vector<std::int64_t>{5});
    const auto last = files.load(texts("mood.txt", {{"label", "last_column"}}));
    CHECK(last->classNames == std::vector<std::string>{"0", "1"});
    CHECK(last->inputShape == std::vector<std::int64_t>{5});
    files.write("broken.txt", "good\t0\nbad\n");
    CHECK(says(files.refusal(texts("broken.txt", {{"label", "last_column"}})), "broken.txt, line 2: there is no tab"));
    files.write("utf16.txt", std::string("\xff\xfe"
                                         "a\0\n\0",
                                         6));
    CHECK(says(files.refusal(texts("utf16.txt")),
               "utf16.txt: this is text in UTF-16, not text in UTF-8. Save it as text in UTF-8"));
    files.write("zero.txt", "a\nb" + std::string(1, '\0') + "\nc\n");
    CHECK(says(files.refusal(texts("zero.txt")),
               "zero.txt, line 2: there is a zero byte, so this is a binary file or text in UTF-16. Save it as text in "
               "UTF-8"));
}

TEST_CASE("lines that are skipped, and such as are no UTF-8, are told") {
    Texts files;
    files.write("a.txt", "\nab\n\r\n");
    files.write("b.txt", "no blank line\n");
    CHECK(files.load(texts("."))->notes.back() == "2 blank lines were skipped.");
    files.write("b.txt", "ba\nL\xe4nge");
    const auto notes = files.load(texts("."))->notes;
    CHECK(says(notes.back(), "b.txt, line 2: it is not in UTF-8, and is read as Latin-1."));
    // A letter that two blocks share is one.
    std::string parted((1 << 18) * 5 - 1, '\n');
    files.write("a.txt", parted += "ä\n");
    files.write("b.txt", "ba\n");
    CHECK(says(files.load(texts("."))->notes.back(), "blank lines were skipped."));
}

TEST_CASE("places of a text that are alike in all of them are no features to leave out") {
    Texts files;
    files.write("t.tsv", "a\tthis\nb\tthat\n");
    base::Problems problems;
    CHECK(files.load(texts("t.tsv", {{"label", "first_column"}}), problems));
    CHECK(problems.empty());
}

TEST_CASE("long texts are cut off, and it is said") {
    Texts files;
    files.write("a.txt", "aaaa\n");
    files.write("b.txt", "bb\nb\n");
    const auto set = files.load(texts(".", {{"length", 2}}));
    CHECK(row(*set, 0) == Row{2, 2});
    CHECK(row(*set, 2) == Row{3, 0});
    CHECK(says(set->notes.back(), "1 text is longer and was cut off."));
}

TEST_CASE("texts are not kept: what counts is the table that becomes of them") {
    Texts files;
    std::string text;
    for (int i = 0; i < 2000; ++i) text += std::string(1000, i % 2 ? 'a' : 'b') + "\n";
    files.write("a.txt", text);
    files.write("b.txt", "b\n");
    const data::DataSpec spec = files.spec(texts(".", {{"length", 2}}));
    base::Problems problems;
    const data::LoadOptions options{.baseFolder = files.folder.path(), .memoryLimit = 1 << 20};
    const auto set = data::loadDataset(spec, options, problems);
    REQUIRE(set);
    CHECK(set->count == 2001);
    CHECK(row(*set, 1) == Row{2, 2});
}

TEST_CASE("where one long text makes the table too large, the length is the remedy") {
    Texts files;
    std::string text(9000, 'a');
    for (int i = 0; i < 100; ++i) text += "\nb";
    files.write("a.txt", text);
    files.write("b.txt", "b\n");
    base::Problems problems;
    const data::LoadOptions options{.baseFolder = files.folder.path(), .memoryLimit = 1 << 20};
    try {
        data::loadDataset(files.spec(texts(".")), options, problems);
        CHECK(false);
    } catch (const base::Error& error) {
        CHECK(says(error.sentence(), "102 rows x 9000 columns"));
        CHECK(says(error.sentence(),
                   "Set a smaller \"length\", where longer texts are cut off. The longest text, in "
                   "a.txt, line 1, has 9000."));
    }
}

TEST_CASE("files of blank lines are told by their name") {
    Texts files;
    files.write("a.txt", "\n\r\n\n");
    CHECK(says(files.refusal(texts("a.txt")), "a.txt: there is no line with anything in it. Choose another file."));
}

TEST_CASE("parts named by files and the data a model meets are coded as the training texts were") {
    Texts files;
    files.write("a.txt", "xy\n");
    files.write("b.txt", "z\n");
    std::filesystem::create_directory(files.folder / "new");
    files.write("new/a.txt", "yq\nxyz\n");
    files.write("new/b.txt", "x\n");
    Json json = texts("");
    json["split"] = {{"mode", "files"}, {"paths", {{"train", {"a.txt", "b.txt"}}, {"test", {"new"}}}}};
    const auto parts = files.load(json);
    CHECK(parts->parts.test == std::vector<std::uint32_t>{2, 3, 4});
    CHECK(row(*parts, 2) == Row{3, 1});  // y, and what no training text has
    CHECK(row(*parts, 3) == Row{2, 3});

    const auto set = files.load(texts("."));
    const Json kept = set->pipeline.toJson();
    const data::InputPipeline pipeline = data::InputPipeline::fromJson(kept, "model");
    base::Problems problems;
    const auto rows = data::readRows({files.folder / "new/a.txt", {}}, {"text_lines"}, pipeline, problems);
    REQUIRE(rows);
    CHECK(rows->raw == Row{3, 1, 2, 3});
    Json damaged = kept;
    damaged["tokens"]["steps"] = 3;
    CHECK_THROWS_AS(data::InputPipeline::fromJson(damaged, "model"), base::Error);
    damaged["tokens"] = {{"vocabulary", {"b", "a"}}, {"steps", 2}};
    CHECK_THROWS_AS(data::InputPipeline::fromJson(damaged, "model"), base::Error);
}

TEST_CASE("what is no folder of texts is named") {
    Texts files;
    std::filesystem::create_directory(files.folder / "empty");
    CHECK(says(files.refusal(texts("empty")), "there are no files *.txt in this folder"));
    CHECK(says(files.refusal(texts("none.txt")), "none.txt: there is no such file"));
    files.write("long.txt", std::string((1 << 20) + 300'000, 'a'));
    CHECK(says(files.refusal(texts("long.txt")), "long.txt, line 1: it has more than 1 MiB"));
    files.write("one.txt", "a\nb\n");
    CHECK(says(files.refusal(texts("one.txt")), "All rows are of one class"));
}

TEST_CASE("words are letters and digits in small letters, with apostrophes inside") {
    using Words = std::vector<std::string>;
    CHECK(data::wordsOf("Don't PANIC: it's 2 o'clock!") == Words{"don't", "panic", "it's", "2", "o'clock"});
    CHECK(data::wordsOf("'quoted' dogs' a''b rock’n’roll") == Words{"quoted", "dogs", "a", "b", "rock'n'roll"});
    CHECK(data::wordsOf("ÉLAN, Ωμέγα—Привет… 日本") == Words{"élan", "ωμέγα", "привет", "日本"});
    CHECK(data::wordsOf(" \t.,'’") == Words{});
    CHECK(data::wordsOf("") == Words{});
}

TEST_CASE("texts of words: the most frequent ones are told apart, the others are 1") {
    Texts files;
    files.write("a.tsv", "spam\tBuy, buy now\nham\tsee you now or later\nham\tyou buy\n");
    Json parameters{{"label", "first_column"}, {"unit", "word"}};
    const auto all = files.load(texts("a.tsv", parameters));
    CHECK(all->inputShape == std::vector<std::int64_t>{5});
    CHECK(all->rawNames.front() == "word_1");
    // buy, later, now, or, see, you are 2 … 7.
    CHECK(row(*all, 0) == Row{2, 2, 4, 0, 0});
    CHECK(row(*all, 1) == Row{6, 7, 4, 5, 3});
    CHECK(says(all->notes.front(), "3 texts of up to 5 words; an embedding of them needs 8 entries."));
    parameters["vocabulary"] = 2;  // buy thrice, now before you, both twice
    CHECK(row(*files.load(texts("a.tsv", parameters)), 1) == Row{1, 1, 3, 1, 1});
    parameters["vocabulary"] = 0;
    parameters["min_count"] = 2;  // buy, now, you
    CHECK(row(*files.load(texts("a.tsv", parameters)), 1) == Row{1, 4, 3, 1, 1});
    parameters["length"] = 2;
    CHECK(says(files.load(texts("a.tsv", parameters))->notes.back(), "2 texts are longer"));
}

TEST_CASE("the coding of words is kept with the model, and models of characters say nothing of a unit") {
    Texts files;
    files.write("a.txt", "one two\n");
    files.write("b.txt", "three\n");
    const auto words = files.load(texts(".", {{"unit", "word"}}));
    const Json kept = words->pipeline.toJson();
    CHECK(kept["tokens"] == Json{{"vocabulary", {"one", "three", "two"}}, {"steps", 2}, {"unit", "word"}});
    files.write("new.txt", "Two three four\n");
    base::Problems problems;
    const auto pipeline = data::InputPipeline::fromJson(kept, "model");
    const auto rows = data::readRows({files.folder / "new.txt", {}}, {"text_lines"}, pipeline, problems);
    REQUIRE(rows);
    CHECK(rows->raw == Row{4, 3});
    Json damaged = kept;
    damaged["tokens"]["unit"] = "syllable";
    CHECK_THROWS_AS(data::InputPipeline::fromJson(damaged, "model"), base::Error);
    std::filesystem::remove(files.folder / "new.txt");
    CHECK_FALSE(files.load(texts("."))->pipeline.toJson()["tokens"].contains("unit"));
}
