// Arrays that numpy.save wrote.

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <limits>

#include "engine/data/DatasetLoader.h"
#include "engine/data/NewRows.h"
#include "tests/support/Folder.h"
#include "tests/support/Npy.h"
#include "tests/support/Npz.h"

using namespace perceptory;
using base::Json;
using support::npyOf;

namespace {

template <class T>
std::vector<T> counted(std::size_t count) {
    std::vector<T> values(count);
    for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<T>(i);
    return values;
}

struct Arrays {
    support::Folder folder;

    Arrays() {
        write("labels", npyOf<std::int64_t>("<i8", {4}, {1, 0, 2, 1}));
        write("x", npyOf("<f4", {4, 3}, counted<float>(12)));
    }
    void write(const std::string& name, const std::string& bytes) const {
        support::writeContent(folder / (name + ".npy"), bytes);
    }
    std::shared_ptr<const data::Dataset> load(const Json& more, base::Problems& problems) const {
        Json json{{"source", "file"}, {"reader", "npy"}, {"inputs", "x.npy"}, {"targets", "labels.npy"}};
        if (!more.is_null()) json.update(more);
        return data::loadDataset(data::DataSpec::fromJson(json, problems), folder.path(), problems);
    }
    std::shared_ptr<const data::Dataset> load(const Json& more) const {
        base::Problems problems;
        auto set = load(more, problems);
        for (const base::Problem& problem : problems) MESSAGE(base::describe(problem));
        REQUIRE(set);
        return set;
    }
    std::string refusal(const Json& more) const {
        try {
            base::Problems problems;
            load(more, problems);
            return problems.empty() ? "" : base::describe(problems.front());
        } catch (const base::Error& error) {
            return error.sentence();
        }
    }
    bool refuses(const Json& more, const std::string& words) const {
        const std::string said = refusal(more);
        CAPTURE(said);
        CHECK(said.find(words) != said.npos);
        return said.find(words) != said.npos;
    }
};

std::vector<float> row(const data::Dataset& set, std::size_t index) {
    std::vector<float> scratch;
    const auto values = set.input(index, scratch);
    return {values.begin(), values.end()};
}

}  // namespace

TEST_CASE("numbers of every kind come out as they are") {
    const Arrays arrays;
    const auto check = [&](const std::string& bytes) {
        arrays.write("x", bytes);
        CHECK(row(*arrays.load({}), 1) == std::vector<float>{3, 4, 5});
    };
    check(npyOf("<f4", {4, 3}, counted<float>(12)));
    check(npyOf("<f8", {4, 3}, counted<double>(12)));
    check(npyOf("|i1", {4, 3}, counted<std::int8_t>(12)));
    check(npyOf("|u1", {4, 3}, counted<std::uint8_t>(12)));
    check(npyOf("<i2", {4, 3}, counted<std::int16_t>(12)));
    check(npyOf("<u2", {4, 3}, counted<std::uint16_t>(12)));
    check(npyOf("<i4", {4, 3}, counted<std::int32_t>(12)));
    check(npyOf("<i8", {4, 3}, counted<std::int64_t>(12)));
    std::vector<std::uint16_t> turned;
    for (std::uint16_t i = 0; i < 12; ++i) turned.push_back(static_cast<std::uint16_t>(i << 8));
    check(npyOf(">i2", {4, 3}, turned));
}

TEST_CASE("images are turned to have their channels last, unless they have") {
    const Arrays arrays;
    arrays.write("x", npyOf("<f4", {4, 2, 2, 3}, counted<float>(48)));
    const auto first = arrays.load({});
    CHECK(first->inputShape == std::vector<std::int64_t>{2, 3, 2});
    CHECK(row(*first, 0) == std::vector<float>{0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11});
    const auto last = arrays.load({{"layout", "NHWC"}});
    CHECK(last->inputShape == std::vector<std::int64_t>{2, 2, 3});
    CHECK(row(*last, 0) == counted<float>(12));
}

TEST_CASE("the scale divides the input x, wherever it is written") {
    const Arrays arrays;
    CHECK(row(*arrays.load({{"scale", 2}}), 1) == std::vector<float>{1.5, 2, 2.5});
    CHECK(row(*arrays.load({{"parameters", {{"scale", 2}}}}), 1) == std::vector<float>{1.5, 2, 2.5});
}

TEST_CASE("whole numbers are classes in ascending order, others are numbers to predict") {
    const Arrays arrays;
    const auto classes = arrays.load({});
    CHECK(classes->classNames == std::vector<std::string>{"0", "1", "2"});
    CHECK(classes->labels == std::vector<std::int32_t>{1, 0, 2, 1});
    CHECK(classes->targetShape.empty());
    arrays.write("labels", npyOf<std::int32_t>("<i4", {4, 1}, {10, 9, 9, -1}));
    CHECK(arrays.load({})->classNames == std::vector<std::string>{"-1", "9", "10"});
    CHECK(arrays.load({{"task", "regression"}})->targets == std::vector<float>{10, 9, 9, -1});
    arrays.write("labels", npyOf<float>("<f4", {4, 2}, {1, 2, 3, 4, 5, 6, 7, 8}));
    const auto numbers = arrays.load({});
    CHECK(numbers->task == data::Task::Regression);
    CHECK(numbers->targetNames == std::vector<std::string>{"y_0", "y_1"});
}

TEST_CASE("a class for every pixel, and images to predict") {
    const Arrays arrays;
    arrays.write("labels", npyOf("|u1", {4, 1, 2}, std::vector<std::uint8_t>{0, 1, 2, 2, 1, 1, 0, 255}));
    const auto masks = arrays.load({{"split", {{"mode", "ordered"}, {"train", 0.5}, {"test", 0.5}}}});
    CHECK(masks->targetShape == std::vector<std::int64_t>{1, 2});
    CHECK(masks->labels == std::vector<std::int32_t>{0, 1, 2, 2, 1, 1, 0, 3});
    CHECK(masks->classCounts == std::vector<std::int64_t>{1, 1, 2, 0});
    arrays.write("labels", npyOf("<f4", {4, 2, 1, 2}, counted<float>(16)));
    const auto images = arrays.load({});
    CHECK(images->targetShape == std::vector<std::int64_t>{1, 2, 2});
    CHECK(std::vector<float>(images->targets.begin(), images->targets.begin() + 4) == std::vector<float>{0, 2, 1, 3});
}

TEST_CASE("several inputs stand one behind the other, and only x is prepared") {
    const Arrays arrays;
    arrays.write("user", npyOf<std::int64_t>("<i8", {4}, {7, 8, 9, 7}));
    arrays.write("value", npyOf<float>("<f4", {4}, {0.5, 1, 1.5, 2}));
    const auto set = arrays.load({{"inputs", {{"user", "user.npy"}, {"x", "x.npy"}}},
                                  {"targets", {{"kind", "labels.npy"}, {"value", "value.npy"}}},
                                  {"preprocessing", {"min_max"}},
                                  {"split", {{"mode", "ordered"}, {"train", 1}, {"test", 0}}}});
    CHECK(set->fields == std::vector<data::Field>{{"user", {1}}, {"x", {3}}});
    CHECK(row(*set, 0) == std::vector<float>{7, 0, 0, 0});
    CHECK(row(*set, 3) == std::vector<float>{7, 1, 1, 1});
    CHECK(set->targetName == "kind");
    REQUIRE(set->moreTargets.size() == 1);
    CHECK(set->moreTargets[0].targetName == "value");
    CHECK(set->moreTargets[0].targets == std::vector<float>{0.5, 1, 1.5, 2});
    const auto stored = data::InputPipeline::fromJson(set->pipeline.toJson(), "model");
    CHECK(stored.fields() == set->fields);
    CHECK(stored.apply(set->raw.floats(), set->count) == set->inputs);
}

TEST_CASE("files of training and test follow each other, inputs before targets") {
    const Arrays arrays;
    const auto set = arrays.load(
        {{"inputs", nullptr},
         {"targets", nullptr},
         {"split",
          {{"mode", "files"}, {"paths", {{"train", {"x.npy", "labels.npy"}}, {"test", {"x.npy", "labels.npy"}}}}}}});
    CHECK(set->count == 8);
    CHECK(set->parts.test == std::vector<std::uint32_t>{4, 5, 6, 7});
    CHECK(set->labels[6] == 2);
}

TEST_CASE("arrays that are damaged, foreign or do not belong together are refused by name and reason") {
    const Arrays arrays;
    const std::string good = npyOf("<f4", {4, 3}, counted<float>(12));
    const auto replaced = [&](const std::string& from, const std::string& to) {
        std::string bytes = good;
        return bytes.replace(bytes.find(from), from.size(), to);
    };
    const struct {
        std::string bytes, said;
    } cases[] = {
        {"", "x.npy: This is no array of NumPy."},
        {"a,b\n1,2\n3,4\n5,6\n", "This is no array of NumPy."},
        {good.substr(0, 40), "Its header is damaged."},
        {good.substr(0, good.size() - 3),
         "Its header promises 12 numbers, but there are 11 of them, so it is cut off."},
        {good + "more", "It goes on for 4 bytes behind the last number of its array. Save it again with numpy.save"},
        {good + "x", "It goes on for 1 byte behind the last number"},
        {replaced("<f4", "<c8"), "Its numbers are of the type \"<c8\", which is not read."},
        {replaced("'<f4'", "[('a'"), "It holds records, not plain numbers."},
        {replaced("False", "True "), "Its numbers lie in Fortran's order."},
        {replaced("(4, 3, )", "(4, -3,)"), "Its header is damaged."},
        {replaced("(4, 3, )", "(4, 3   "), "Its header is damaged."},
        {replaced("shape", "shake"), "Its header is damaged."},
        {npyOf("<f4", {3, 3}, counted<float>(9)), "has 4 rows, but the first input has 3."},
        {npyOf("<f4", {0, 3}, std::vector<float>{}), "x.npy is empty."},
        {npyOf("<f4", {}, std::vector<float>{1}), "It holds a single number, not rows."},
        {npyOf("<f4", {999999999999, 999999999999}, counted<float>(4)), "Its header is damaged."},
    };
    for (const auto& c : cases) {
        arrays.write("x", c.bytes);
        CHECK(arrays.refuses({}, c.said));
    }
    arrays.write("x", good);
    CHECK(arrays.refuses({{"inputs", {{"x", 3}}}}, "data.inputs.x: This must be a text."));
    CHECK(arrays.refuses({{"targets", nullptr}}, "Name files in \"inputs\" and in \"targets\"."));
    CHECK(arrays.refuses({{"reader", "csv"}}, "The reader csv takes no files for inputs and targets."));
    CHECK(arrays.refuses({{"layout", "CHW"}}, "layout"));
    CHECK(arrays.refuses({{"features", {"x_0"}}, {"inputs", {{"x", "x.npy"}, {"b", "x.npy"}}}},
                         "Features cannot be chosen"));
    CHECK(arrays.refuses({{"targets", "x.npy"}, {"task", "classification"}, {"inputs", "labels.npy"}}, "") == true);
}

TEST_CASE("an archive gives its arrays by name, packed or not") {
    const Arrays arrays;
    const std::string x = npyOf("<f4", {4, 3}, counted<float>(12)), y = npyOf<std::int64_t>("<i8", {4}, {1, 0, 2, 1});
    const std::string z = npyOf<float>("<f4", {4}, {1, 2, 3, 4});
    const Json whole{{"inputs", nullptr}, {"targets", nullptr}, {"path", "a.npz"}};
    for (const bool packed : {false, true}) {
        support::writeNpz(arrays.folder / "a.npz", {{"z", z}, {"x_train", x}, {"y_train", y}}, packed);
        const auto named =
            arrays.load({{"inputs", {{"x", "a.npz:x_train"}, {"b", "a.npz:z"}}}, {"targets", "a.npz:y_train"}});
        CHECK(row(*named, 2) == std::vector<float>{6, 7, 8, 3});
        CHECK(named->labels == std::vector<std::int32_t>{1, 0, 2, 1});
        const auto found = arrays.load(whole);
        CHECK(row(*found, 2) == std::vector<float>{6, 7, 8});
        CHECK(found->labels == std::vector<std::int32_t>{1, 0, 2, 1});
    }
    support::writeNpz(arrays.folder / "a.npz", {{"labels", y}, {"data", x}});
    CHECK(row(*arrays.load(whole), 3) == std::vector<float>{9, 10, 11});
    CHECK(arrays.load({{"targets", "a.npz"}})->classNames.size() == 3);
    support::writeNpz(arrays.folder / "a.npz", {{"train", x}, {"kind", y}, {"test", x}});
    const Json split{{"mode", "files"},
                     {"paths", {{"train", {"a.npz:train", "a.npz:kind"}}, {"test", {"a.npz:test", "a.npz:kind"}}}}};
    CHECK(arrays.load({{"inputs", nullptr}, {"targets", nullptr}, {"split", split}})->count == 8);
}

TEST_CASE("split by files, arrays called train, val and test are the parts: of an archive, a folder or files named") {
    const Arrays arrays;
    const std::string x = npyOf("<f4", {4, 3}, counted<float>(12)), y = npyOf<std::int64_t>("<i8", {4}, {1, 0, 2, 1});
    const std::string two = npyOf("<f4", {2, 3}, std::vector<float>(6, 7)),
                      one = npyOf("<f4", {1, 3}, counted<float>(3)), kinds = npyOf<std::int64_t>("<i8", {2}, {2, 0}),
                      kind = npyOf<std::int64_t>("<i8", {1}, {1});
    const support::NpzArrays all{{"x_test", two},     {"y_test", kinds}, {"x_train", x},
                                 {"labels_train", y}, {"x_val", one},    {"y_val", kind}};
    support::writeNpz(arrays.folder / "a.npz", all);
    std::filesystem::create_directory(arrays.folder / "parts");
    Json paths = Json::array();
    for (const auto& [name, bytes] : all) {
        arrays.write("parts/" + name, bytes);
        paths.push_back("parts/" + name + ".npy");
    }
    const auto from = [](const Json& source) {
        Json json{{"inputs", nullptr}, {"targets", nullptr}, {"split", {{"mode", "files"}}}};
        json.update(source);
        return json;
    };
    for (const Json& source : {Json{{"path", "a.npz"}}, Json{{"path", "parts"}}, Json{{"paths", paths}}}) {
        CAPTURE(source);
        const auto set = arrays.load(from(source));
        CHECK(set->count == 7);
        CHECK(set->parts.train == std::vector<std::uint32_t>{0, 1, 2, 3});
        CHECK(set->parts.validation == std::vector<std::uint32_t>{4});
        CHECK(set->parts.test == std::vector<std::uint32_t>{5, 6});
        CHECK(row(*set, 1) == std::vector<float>{3, 4, 5});
        CHECK(row(*set, 6) == std::vector<float>{7, 7, 7});
        CHECK(set->labels == std::vector<std::int32_t>{1, 0, 2, 1, 1, 2, 0});
    }
    // An archive alone gives its training arrays, as before.
    support::writeNpz(arrays.folder / "b.npz", {{"x_test", two}, {"y_test", kinds}, {"x_train", x}, {"y_train", y}});
    const auto alone = arrays.load({{"inputs", nullptr}, {"targets", nullptr}, {"path", "b.npz"}});
    CHECK(alone->count == 4);
    CHECK(std::ranges::count(alone->notes,
                             "b.npz: \"x_test\", \"y_test\" are not read. With the split by files they "
                             "are those parts.") == 1);
    CHECK(arrays.refuses(from({{"path", "x.npy"}}), "x.npy: nothing in it is called \"train\"."));
    CHECK(arrays.refuses(from({{"path", "gone.npz"}}), "gone.npz: there is no such file."));
    std::filesystem::remove(arrays.folder / "parts/labels_train.npy");
    CHECK(arrays.refuses(from({{"path", "parts"}}), "There is no file with what is to be predicted."));
}

TEST_CASE("archives that are damaged, encrypted or lack the array are refused by name and reason") {
    const Arrays arrays;
    const std::string x = npyOf("<f4", {4, 3}, counted<float>(12)), path = arrays.folder / "a.npz";
    const auto refused = [&](const std::string& name, const std::string& words) {
        CHECK(arrays.refuses({{"inputs", name}}, words));
    };
    support::writeNpz(path, {{"x", x}, {"b", "no array"}});
    refused("a.npz:c", "a.npz: there is no array \"c\" in the archive.");
    refused("a.npz:b", "a.npz:b: This is no array of NumPy.");
    CHECK(arrays.refuses({{"inputs", {{"u", "a.npz"}}}}, "none of its arrays is called \"u\"; it holds \"x\", \"b\"."));
    CHECK(arrays.refuses({{"inputs", nullptr}, {"targets", nullptr}, {"path", "a.npz"}},
                         "a.npz: it is not told which array is to be predicted; it holds \"x\", \"b\". Name it in"));
    const std::string good = support::contentOf(path);
    const auto damaged = [&](std::size_t place, const std::string& bytes, const std::string& words) {
        support::writeContent(path, std::string(good).replace(place, bytes.size(), bytes));
        refused("a.npz:x", "a.npz:x: " + words);
        refused("a.npz:x", "Copy the archive again, or save it again with numpy.savez.");
    };
    damaged(good.find("NUMPY") + 140, "\x55", "This array is damaged: its check sum is another.");  // a number
    const std::size_t entry = good.find("PK\x01\x02");
    const std::string huge("\xff\xff\xff\x7f", 4), words = "The archive gives this array a size that it cannot have.";
    damaged(entry + 24, huge, words);           // unpacked
    damaged(entry + 20, huge, words);           // and packed
    damaged(26, "\xff\xff", "This array is ");  // the length of its name, before it
    support::writeContent(path, good.substr(0, good.size() - 30));
    refused("a.npz:x",
            "a.npz: the directory at the end of the archive is missing or damaged, so the file is incomplete. Copy it "
            "again, or save it again with numpy.savez.");
    support::writeContent(path, "PK");
    refused("a.npz", "a.npz: this is no archive of arrays. Choose a file that numpy.savez wrote.");
    support::writeContent(path, "\x89PNG\r\n\x1a\n");
    refused("a.npz", "a.npz: this is a PNG picture, no archive of arrays.");
    refused("gone.npz:x", "gone.npz: there is no such file.");
    support::writeNpz(path, {{"x", x}}, false, "secret");
    refused("a.npz:x", "a.npz:x: the array is encrypted.");
    support::writeNpz(path, {});
    support::writeNpz(path, {{"n", npyOf("<f4", {4}, counted<float>(4))}});
    refused("a.npz", "none of its arrays is called \"x\"; it holds \"n\".");
}

TEST_CASE("with a file for each class the class is the name of the file, and flat rows become images") {
    const Arrays arrays;
    arrays.write("rainbow", npyOf("|u1", {1, 12}, counted<std::uint8_t>(12)));
    arrays.write("cat", npyOf("|u1", {2, 12}, std::vector<std::uint8_t>(24, 51)));
    Json json{{"inputs", nullptr},
              {"targets", nullptr},
              {"paths", {"rainbow.npy", "cat.npy"}},
              {"parameters", {{"label", "file"}, {"shape", "2x2x3"}, {"layout", "NHWC"}, {"scale", 255}}},
              {"split", {{"mode", "ordered"}, {"train", 1}, {"test", 0}}}};
    const auto set = arrays.load(json);
    CHECK(set->inputShape == std::vector<std::int64_t>{2, 2, 3});
    CHECK(set->classNames == std::vector<std::string>{"cat", "rainbow"});
    CHECK(set->labels == std::vector<std::int32_t>{1, 0, 0});
    CHECK(row(*set, 0)[3] == 3.0f / 255);
    CHECK(row(*set, 2)[3] == 0.2f);
    json["parameters"]["layout"] = "NCHW";
    CHECK(row(*arrays.load(json), 0)[3] == 1.0f / 255);
    // A new file is read as the training files were.
    base::Problems problems;
    const base::KindSpec reader{"npy", json["parameters"]};
    const auto pipeline = data::InputPipeline::fromJson(set->pipeline.toJson(), "model");
    const auto rows = data::readRows({arrays.folder / "rainbow.npy", {}}, reader, pipeline, problems);
    REQUIRE(rows);
    CHECK(rows->count == 1);
    CHECK(rows->raw[1] == 4.0f / 255);

    arrays.write("train", npyOf("<f4", {1, 12}, counted<float>(12)));
    json["paths"] = {"rainbow.npy", "train.npy"};
    CHECK(row(*arrays.load(json), 1)[1] == 4.0f / 255);
    arrays.write("train", npyOf("|u1", {1, 2, 3, 2}, counted<std::uint8_t>(12)));
    json["parameters"]["shape"] = "";
    CHECK(arrays.refuses(json, "train.npy have the shape 3x2x2, but those of"));
    json["parameters"]["shape"] = "2x2";
    CHECK(arrays.refuses(json, "rainbow.npy: its rows have 12 values, not 2x2."));
    json["parameters"]["shape"] = "2xa";
    CHECK(arrays.refuses(json, "data.reader.parameters.shape: \"2xa\" are no sizes of a row."));
    json["parameters"]["shape"] = "";
    json.update({{"inputs", "x.npy"}, {"targets", "labels.npy"}});
    CHECK(arrays.refuses(json, "With a class for each file there are no inputs and targets."));
}

TEST_CASE("classes are named alike everywhere, and what is not a number is no class") {
    const Arrays arrays;
    arrays.write("labels", npyOf<float>("<f4", {4}, {0.5, -2, 0.5, 3}));
    const Json classes{{"task", "classification"}};
    CHECK(arrays.load(classes)->classNames == std::vector<std::string>{"-2", "0.5", "3"});
    arrays.write("labels", npyOf<float>("<f4", {4}, {0.5, std::nanf(""), 0.5, 3}));
    CHECK(arrays.refuses(classes, "labels.npy, row 2, column 1: the value to predict is not a finite number. Leave"));
}

TEST_CASE("a value that is not finite is told by its row and column, counted from 1") {
    const Arrays arrays;
    const float infinite = std::numeric_limits<float>::infinity();
    std::vector<float> values = counted<float>(12);
    values[7] = -infinite;
    arrays.write("x", npyOf("<f4", {4, 3}, values));
    CHECK(arrays.refuses({}, "x.npy, row 3, column 2: the value is infinite, or too large for float32. Write another"));
    arrays.write("x", npyOf("<f8", {4}, std::vector<double>{0, 1, 2, 1e300}));
    CHECK(arrays.refuses({}, "x.npy, row 4, column 1: the value is infinite"));
    // Channels first: the place is that in the file.
    std::vector<float> images = counted<float>(48);
    images[12 + 6 + 5] = infinite;
    arrays.write("x", npyOf("<f4", {4, 2, 2, 3}, images));
    CHECK(arrays.refuses({}, "x.npy, row 2, place (2, 2, 3): the value is infinite"));
    values[7] = std::nanf("");
    arrays.write("x", npyOf("<f4", {4, 3}, values));
    CHECK(arrays.load({})->notes.back() == "1 of 4 rows was left out because a value is missing: row 3, column 2.");
    arrays.write("x", npyOf("<f4", {4, 3}, counted<float>(12)));
    arrays.write("y", npyOf<float>("<f4", {4, 2}, {1, 2, 3, std::nanf(""), 5, 6, 7, 8}));
    CHECK(arrays.refuses({{"targets", "y.npy"}},
                         "data.targets.y: " + arrays.folder / "y.npy" + ", row 2, column 2: the value to predict"));
}
