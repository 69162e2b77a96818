// Arrays that numpy.save wrote.

#include <doctest/doctest.h>

#include "engine/data/DatasetLoader.h"
#include "tests/support/Folder.h"
#include "tests/support/Npy.h"

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
    const auto values = set.input(index);
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
    CHECK(stored.apply(set->raw, set->count) == set->inputs);
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
        {good.substr(0, good.size() - 3), "Its header promises 12 numbers, but 11 follow."},
        {good + "more", "Its header promises 12 numbers, but 13 follow."},
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
