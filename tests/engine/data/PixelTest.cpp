// Images as MNIST's and CIFAR-10's files hold them.

#include <doctest/doctest.h>
#include <zlib.h>

#include "engine/data/DatasetLoader.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using base::Json;

namespace {

using Bytes = std::string;

Bytes number(int value) { return {char(value >> 24), char(value >> 16), char(value >> 8), char(value)}; }

// `count` images of 2 × 3; pixel p of image i is 10·i + p.
Bytes images(int count) {
    Bytes bytes = Bytes("\0\0\x08\x03", 4) + number(count) + number(2) + number(3);
    for (int i = 0; i < count; ++i)
        for (int p = 0; p < 6; ++p) bytes += char(10 * i + p);
    return bytes;
}

Bytes labels(const std::vector<int>& classes) {
    Bytes bytes = Bytes("\0\0\x08\x01", 4) + number(int(classes.size()));
    for (const int c : classes) bytes += char(c);
    return bytes;
}

// Red is 1, green 2, blue 3 · the pixel's number modulo 50; the label first.
Bytes cifarImage(int label) {
    Bytes bytes(1, char(label));
    for (int c = 1; c <= 3; ++c)
        for (int p = 0; p < 1024; ++p) bytes += char(c * (p % 50));
    return bytes;
}

struct Files {
    support::Folder folder;

    void write(const std::string& name, const Bytes& bytes) { support::writeContent(folder / name, bytes); }
    void pack(const std::string& name, const Bytes& bytes) {
        gzFile file = gzopen((folder / name).c_str(), "wb");
        gzwrite(file, bytes.data(), unsigned(bytes.size()));
        gzclose(file);
    }
    std::shared_ptr<const data::Dataset> load(const Json& json, base::Problems& problems) {
        return data::loadDataset(data::DataSpec::fromJson(json, problems), folder.path(), problems);
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

float pixel(const data::Dataset& set, std::size_t row, std::size_t place) {
    std::vector<float> scratch;
    return set.input(row, scratch)[place];
}

Json idx(const Json& paths) { return {{"source", "file"}, {"reader", "idx"}, {"paths", paths}}; }

bool says(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("idx files give images of pixel / 255 and their classes, packed or not") {
    Files files;
    files.pack("images.gz", images(5));
    files.write("labels", labels({1, 0, 2, 1, 0}));
    const auto set = files.load(idx({"images.gz", "labels"}));
    CHECK(set->count == 5);
    CHECK(set->inputShape == std::vector<std::int64_t>{2, 3, 1});
    CHECK(set->classNames == std::vector<std::string>{"0", "1", "2"});
    CHECK(set->labels == std::vector<std::int32_t>{1, 0, 2, 1, 0});
    for (std::size_t p = 0; p < 6; ++p) CHECK(pixel(*set, 3, p) == static_cast<float>(30 + p) / 255);
}

TEST_CASE("files of training and test stay what they are") {
    Files files;
    files.write("a", images(3));
    files.write("al", labels({0, 1, 0}));
    files.write("b", images(2));
    files.write("bl", labels({1, 2}));
    const Json split{{"mode", "files"}, {"paths", {{"train", {"a", "al"}}, {"test", {"b", "bl"}}}}};
    const auto set = files.load({{"source", "file"}, {"reader", "idx"}, {"split", split}});
    CHECK(set->parts.train == std::vector<std::uint32_t>{0, 1, 2});
    CHECK(set->parts.validation.empty());
    CHECK(set->parts.test == std::vector<std::uint32_t>{3, 4});
    CHECK(set->classNames.size() == 3);
    CHECK(pixel(*set, 3, 0) == 0);
}

TEST_CASE("idx files that are cut off, foreign or do not belong together are refused by name and reason") {
    Files files;
    files.write("good", images(4));
    files.write("labels", labels({0, 1, 0, 1}));
    files.write("cut", images(4).substr(0, 30));
    files.write("short", images(4).substr(0, 6));
    files.write("few", labels({0, 1}));
    files.write("text", "a,b\n1,2\n");
    files.write("empty", "");
    files.pack("packed.gz", images(4));
    const Bytes packed = support::contentOf(files.folder / "packed.gz");
    files.write("broken.gz", packed.substr(0, packed.size() / 2));
    CHECK(
        says(files.refusal(idx({"cut", "labels"})), "cut: its header promises 24 values, but has 14 bytes behind it"));
    CHECK(says(files.refusal(idx({"short", "labels"})), "cut off or damaged"));
    CHECK(says(files.refusal(idx({"good", "few"})), "it has 2 labels, but "));
    CHECK(says(files.refusal(idx({"text", "labels"})), "text: this is no idx file"));
    CHECK(says(files.refusal(idx({"empty", "labels"})), "empty: this is no idx file"));
    CHECK(says(files.refusal(idx({"labels", "good"})), "Name the images first"));
    CHECK(says(files.refusal(idx({"good"})), "its labels are missing"));
    CHECK(says(files.refusal(idx({"broken.gz", "labels"})), "damaged or cut off"));
    CHECK(says(files.refusal(idx({"gone", "labels"})), "gone"));
}

TEST_CASE("CIFAR-10 records become images with their channels together, named by the list beside them") {
    Files files;
    files.write("one.bin", cifarImage(3) + cifarImage(0));
    files.write("two.bin", cifarImage(9));
    const Json json{{"source", "file"}, {"reader", "cifar10"}, {"paths", {"one.bin", "two.bin"}}};
    const auto set = files.load(json);
    CHECK(set->inputShape == std::vector<std::int64_t>{32, 32, 3});
    CHECK(set->labels == std::vector<std::int32_t>{3, 0, 9});
    for (std::size_t c = 0; c < 3; ++c) CHECK(pixel(*set, 2, 3 * 49 + c) == static_cast<float>(49 * (c + 1)) / 255);
    CHECK(set->classNames[9] == "9");
    files.write("batches.meta.txt", "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n");
    CHECK(files.load(json)->classNames[3] == "cat");
}

TEST_CASE("CIFAR-100 has two labels, of which one is the class") {
    Files files;
    const auto image = [](int coarse, int fine) { return Bytes(1, char(coarse)) + cifarImage(fine); };
    files.write("train.bin", image(19, 99) + image(4, 30));
    Json json{{"source", "file"},
              {"reader", "cifar100"},
              {"path", "train.bin"},
              {"split", {{"mode", "ordered"}, {"train", 1}, {"test", 0}}}};
    const auto fine = files.load(json);
    CHECK(fine->inputShape == std::vector<std::int64_t>{32, 32, 3});
    CHECK(fine->labels == std::vector<std::int32_t>{99, 30});
    CHECK(fine->classNames.size() == 100);
    for (std::size_t c = 0; c < 3; ++c) CHECK(pixel(*fine, 1, 3 * 49 + c) == static_cast<float>(49 * (c + 1)) / 255);
    Bytes names;
    for (int i = 0; i < 20; ++i) names += "group" + std::to_string(i) + "\r\n";
    files.write("coarse_label_names.txt", names);
    json["parameters"] = {{"labels", "coarse"}};
    const auto coarse = files.load(json);
    CHECK(coarse->labels == std::vector<std::int32_t>{19, 4});
    CHECK(coarse->classNames[4] == "group4");
    files.write("train.bin", image(4, 30) + image(20, 30));
    CHECK(says(files.refusal(json),
               "train.bin: image 2 is of class 20, but there are 20, so this is no binary file of CIFAR-100"));
    files.write("train.bin", cifarImage(3));
    CHECK(says(files.refusal(json),
               "train.bin: its length, 3073 bytes, is no whole number of images of 3074 bytes each."));
}

TEST_CASE("files of many pieces come out whole, packed or not") {
    Files files;
    constexpr int count = 200'000;  // 1.2 MB of images
    std::vector<int> classes(count);
    for (int i = 0; i < count; ++i) classes[std::size_t(i)] = i % 7;
    files.write("images", images(count));
    files.pack("images.gz", images(count));
    files.pack("labels.gz", labels(classes));
    for (const char* name : {"images", "images.gz"}) {
        const auto set = files.load(idx({name, "labels.gz"}));
        REQUIRE(set->count == count);
        CHECK(set->labels[123'456] == 123'456 % 7);
        for (std::size_t p = 0; p < 6; ++p)
            CHECK(pixel(*set, 123'456, p) == static_cast<float>((1'234'560 + p) % 256) / 255);
    }
    Bytes cifar;
    for (int i = 0; i < 150; ++i) cifar += cifarImage(i % 10);
    files.pack("cifar.gz", cifar);
    const auto set = files.load({{"source", "file"}, {"reader", "cifar10"}, {"path", "cifar.gz"}});
    CHECK(set->count == 150);
    CHECK(set->labels[149] == 9);
    CHECK(pixel(*set, 149, 3 * 49) == 49.0f / 255);
}

TEST_CASE("headers that promise what no file can hold are refused before anything is kept") {
    Files files;
    files.write("labels", labels({0, 1}));
    const auto header = [](int count, int height, int width) {
        return Bytes("\0\0\x08\x03", 4) + number(count) + number(height) + number(width);
    };
    files.write("none", header(2, 0, 3));
    files.write("huge", header(-1, -1, -1));
    files.write("hidden", header(0, -1, -1));
    files.pack("huge.gz", header(2, 1000, 1000));
    files.pack("more.gz", images(2) + "more");
    files.pack("cut.gz", images(2).substr(0, 20));
    CHECK(says(files.refusal(idx({"none", "labels"})), "none: its images have no pixels"));
    CHECK(says(files.refusal(idx({"huge", "labels"})), "huge: its header promises"));
    CHECK(says(files.refusal(idx({"hidden", "labels"})), "hidden: its images have no pixels, or more than 1048576."));
    CHECK(says(files.refusal(idx({"huge.gz", "labels"})),
               "huge.gz: its header promises 2000000 values, but has 0 bytes behind it"));
    CHECK(says(files.refusal(idx({"more.gz", "labels"})),
               "more.gz: its header promises 12 values, but has 16 bytes behind it"));
    CHECK(says(files.refusal(idx({"cut.gz", "labels"})),
               "cut.gz: its header promises 12 values, but has 4 bytes behind it"));
}

TEST_CASE("files that are no CIFAR-10 are refused") {
    Files files;
    files.write("cut.bin", cifarImage(3).substr(0, 3000));
    files.write("eleven.bin", cifarImage(1) + cifarImage(11));
    const auto cifar = [](const char* name) { return Json{{"source", "file"}, {"reader", "cifar10"}, {"path", name}}; };
    CHECK(says(files.refusal(cifar("cut.bin")), "cut.bin: its length, 3000 bytes, is no whole number of images"));
    CHECK(says(files.refusal(cifar("eleven.bin")), "image 2 is of class 11"));
}
