// Folders of images: classes by sub-folder, classes by mask, and what is wrong with them said in words.

#include <doctest/doctest.h>
#include <png.h>
#include <sys/stat.h>

#include <algorithm>

#include "engine/data/DatasetLoader.h"
#include "engine/data/NewRows.h"
#include "engine/data/readers/ImageFolder.h"
#include "engine/data/readers/Reader.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using namespace perceptory::data;
using base::Json;

namespace fs = std::filesystem;

namespace {

using Names = std::vector<std::string>;
using Labels = std::vector<std::int32_t>;

std::string grey(int width, int height, const std::string& pixels) {
    return "P5 " + std::to_string(width) + " " + std::to_string(height) + " 255\n" + pixels;
}
std::string grey(int width, int height, int value) {
    return grey(width, height, std::string(std::size_t(width * height), char(value)));
}
std::string colour(int width, int height, char red, char green, char blue) {
    std::string pixels;
    for (int i = 0; i < width * height; ++i) pixels += {red, green, blue};
    return "P6 " + std::to_string(width) + " " + std::to_string(height) + " 255\n" + pixels;
}

std::string png(int width, int height, const std::string& pixels) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = unsigned(width);
    image.height = unsigned(height);
    image.format = PNG_FORMAT_GRAY;
    std::string bytes(10000, '\0');
    png_alloc_size_t count = bytes.size();
    REQUIRE(png_image_write_to_memory(&image, bytes.data(), &count, 0, pixels.data(), 0, nullptr));
    bytes.resize(count);
    return bytes;
}

struct Tree {
    support::Folder folder;
    const ReaderType& type;
    Json parameters = Json::object();
    bool needsTarget = true;
    std::vector<std::string> known{};
    const InputPipeline* pipeline = nullptr;
    Names paths{""};

    explicit Tree(const ReaderType& reader) : type(reader) {}

    void write(const std::string& name, const std::string& bytes) {
        fs::create_directories(fs::path(folder / name).parent_path());
        support::writeContent(folder / name, bytes);
    }
    std::optional<Table> read(base::Problems& problems) const {
        ReadRequest request;
        for (const std::string& path : paths) request.paths.push_back(folder.path() / path);
        request.path = request.paths.front();
        request.parameters = parameters;
        request.needsTarget = needsTarget;
        request.classNames = known;
        request.pipeline = pipeline;
        request.memoryLimit = std::int64_t{1} << 30;
        base::checkParams(type.parameters, parameters, "data.reader.parameters", problems);
        REQUIRE(problems.empty());
        return type.read(request, problems);
    }
    Table table() const {
        base::Problems problems;
        auto table = read(problems);
        for (const base::Problem& problem : problems) FAIL(base::describe(problem));
        REQUIRE(table);
        CHECK(table->values.count() == table->count);
        return std::move(*table);
    }
    std::string refusal() const {
        try {
            base::Problems problems;
            const auto table = read(problems);
            CHECK_FALSE(table);
            REQUIRE(problems.size() == 1);
            CHECK(problems.front().severity == base::Severity::Error);
            CHECK(problems.front().where == (folder.path() / paths.front()).string());
            return problems.front().sentence + " " + problems.front().fix;
        } catch (const base::Error& error) {
            return error.sentence();
        }
    }
};

struct Classes : Tree {
    Classes() : Tree(reader_members::ImageFolder) {}
};
struct Masks : Tree {
    Masks() : Tree(reader_members::ImageMasks) {}
};

// Pixels as bytes.
std::vector<int> row(const Table& table, std::size_t index) {
    std::vector<float> values(table.values.width());
    table.values.read(index, values.data());
    std::vector<int> bytes;
    for (const float value : values) bytes.push_back(int(value * 255 + 0.5f));
    return bytes;
}

bool says(const std::string& sentence, const std::string& part) {
    CAPTURE(sentence);
    CAPTURE(part);
    const bool found = sentence.find(part) != sentence.npos;
    CHECK(found);
    return found;
}

bool notes(const Table& table, const std::string& part) {
    return std::ranges::any_of(table.notes, [&](const std::string& note) { return note.find(part) != note.npos; });
}

}  // namespace

TEST_CASE("a class is a sub-folder, in the order of names; images in the order of theirs, however deep") {
    Classes tree;
    tree.write("dog/b.pgm", grey(2, 1, 20));
    tree.write("dog/a.PGM", grey(2, 1, 10));
    tree.write("dog/deep/er/c.png", png(2, 1, "\x1e\x1f"));
    tree.write("cat/z.pgm", grey(2, 1, 40));
    tree.write("Zebra/x.pgm", grey(2, 1, 50));
    tree.write("dog/notes.txt", "no image");
    tree.write("empty/notes.txt", "no image");
    tree.write(".hidden/x.pgm", grey(2, 1, 50));
    const Table table = tree.table();
    CHECK(table.shape == std::vector<std::int64_t>{1, 2, 1});
    CHECK(table.columns.size() == 2);
    CHECK(table.classNames == Names{"Zebra", "cat", "dog"});
    CHECK(table.labels == Labels{0, 1, 2, 2, 2});
    CHECK(row(table, 0) == std::vector{50, 50});
    CHECK(row(table, 2) == std::vector{10, 10});
    CHECK(row(table, 4) == std::vector{30, 31});
    CHECK(table.values.number() == RowStore::Number::Byte);
    CHECK(notes(table, "2 files that are not called images were left out"));
    CHECK(notes(table, "One folder without an image was left out: "));
}

TEST_CASE("folders that are all numbers stand in their order, and several folders share their classes") {
    Classes tree;
    for (const char* name : {"one/10", "one/9", "two/9", "two/100"})
        tree.write(std::string(name) + "/a.pgm", grey(1, 1, 5));
    tree.paths = {"one", "two"};
    const Table table = tree.table();
    CHECK(table.classNames == Names{"9", "10", "100"});
    CHECK(table.labels == Labels{1, 0, 2, 0});
    tree.known = {"100", "10"};
    const Table alike = tree.table();
    CHECK(alike.classNames == tree.known);
    CHECK(alike.labels == Labels{1, -1, 0, -1});
}

TEST_CASE("sizes: all alike, or made so") {
    Classes tree;
    tree.write("a/1.pgm", grey(4, 2, std::string("\1\2\3\4\5\6\7\x8")));
    tree.write("b/1.pgm", grey(2, 2, 9));
    says(tree.refusal(), "b/1.pgm has 2 x 2 pixels, but ");
    says(tree.refusal(), "a/1.pgm has 4 x 2 pixels. Set \"height\" and \"width\", to which all images are made.");
    tree.parameters = {{"height", 2}, {"width", 2}};
    CHECK(row(tree.table(), 0) == std::vector{2, 3, 6, 7});
    tree.parameters["fit"] = "stretch";
    CHECK(row(tree.table(), 0) == std::vector{2, 4, 6, 8});  // 1.5, 3.5, 5.5, 7.5
    tree.parameters["fit"] = "pad";
    CHECK(row(tree.table(), 0) == std::vector{4, 6, 0, 0});  // means of four: 3.5, 5.5
    CHECK(row(tree.table(), 1) == std::vector{9, 9, 9, 9});
    tree.parameters = {{"height", 1}};
    CHECK(tree.table().shape == std::vector<std::int64_t>{1, 4, 1});
    tree.write("a/0.pgm", grey(1025, 1, 9));
    tree.parameters = Json::object();
    says(tree.refusal(),
         "Images of 1025 x 1 pixels and 1 value for each are too large: at most 1024 pixels a side and "
         "1048576 values are read. Set a smaller \"height\" and \"width\"");
    tree.parameters = {{"height", 1024}, {"width", 1024}, {"colour", "rgb"}};
    says(tree.refusal(), "Images of 1024 x 1024 pixels and 3 values for each are too large");
}

TEST_CASE("colours: as the images have them, or as wished") {
    Classes tree;
    tree.write("a/1.pgm", grey(1, 1, 7));
    tree.write("b/1.ppm", colour(1, 1, 100, 50, 0));
    CHECK(tree.table().shape == std::vector<std::int64_t>{1, 1, 3});
    CHECK(row(tree.table(), 0) == std::vector{7, 7, 7});
    CHECK(row(tree.table(), 1) == std::vector{100, 50, 0});
    tree.parameters["colour"] = "grey";
    CHECK(row(tree.table(), 1) == std::vector{59});
    tree.parameters["colour"] = "auto";
    for (int i = 0; i < 40; ++i) tree.write("a/x" + std::to_string(i) + ".pgm", grey(1, 1, 7));
    tree.write("a/1a.ppm", colour(1, 1, 100, 50, 0));
    fs::remove_all(tree.folder / "b");
    tree.write("b/1.pgm", grey(1, 1, 7));
    const Table table = tree.table();  // 16 of 43 are looked at, the second is not
    CHECK(table.shape[2] == 1);
    CHECK(notes(table, "1 image in colour was made grey; set \"colour\" to \"rgb\""));
}

TEST_CASE("bad files end the reading with their name, or are skipped and listed") {
    Classes tree;
    tree.write("a/0.png", "<html>");
    tree.write("a/1.pgm", grey(2, 2, 3));
    tree.write("b/1.pgm", grey(2, 2, 4));
    tree.write("b/2.pgm", "P5 2 2 255\nx");
    tree.write("b/3.jpg", "");
    REQUIRE(::mkfifo((tree.folder / "b/4.png").c_str(), 0600) == 0);
    fs::create_symlink("5.png", tree.folder / "b/5.png");
    says(tree.refusal(), "a/0.png: this is a web page (HTML), no image that can be read.");
    says(tree.refusal(), "Mend or remove it, or set \"bad_files\" to \"skip\".");
    tree.parameters = {{"bad_files", "skip"}};
    const Table table = tree.table();
    CHECK(table.labels == Labels{0, 1});
    CHECK(row(table, 1) == std::vector{4, 4, 4, 4});
    CHECK(notes(table, "5 bad files were skipped."));
    CHECK(notes(table, "b/2.pgm: the image is damaged or cut off"));
    CHECK(notes(table, "b/3.jpg: the file is empty"));
    CHECK(notes(table, "b/4.png: this is not a plain file but a pipe"));
    CHECK(notes(table, "b/5.png: the file cannot be opened"));
    fs::remove(tree.folder / "a/1.pgm");
    tree.write("b/1.pgm", colour(2, 2, 1, 2, 3));
    CHECK(tree.table().shape[2] == 3);
    fs::remove(tree.folder / "b/1.pgm");
    says(tree.refusal(), "Not one of the 5 files can be read as an image.");
    tree.parameters = {{"bad_files", "skip"}, {"height", 2}, {"width", 2}};
    says(tree.refusal(), "Not one of its files can be read as an image.");
}

TEST_CASE("folders without classes are refused with what to do") {
    Classes tree;
    says(tree.refusal(), "There is no image in this folder. Choose a folder with files .png, .jpg");
    tree.write("1.pgm", grey(1, 1, 1));
    says(tree.refusal(), "Its 1 image lies in no sub-folder, so it has no class. Move the images");
    tree.write("2.pgm", grey(1, 1, 1));
    says(tree.refusal(), "Its 2 images lie in no sub-folder, so they have no class. Move the images");
    tree.write("a/1.pgm", grey(1, 1, 1));
    CHECK(tree.table().count == 1);
    CHECK(notes(tree.table(), "2 images that lie in no sub-folder were left out."));
    tree.paths = {"gone"};
    says(tree.refusal(), "gone/: the folder cannot be read (No such file or directory). Check its name");
    tree.paths = {"1.pgm"};
    says(tree.refusal(), "1.pgm/: the folder cannot be read (Not a directory).");
}

TEST_CASE("parts of the data are no classes") {
    Classes tree;
    tree.write("train/a/1.pgm", grey(1, 1, 1));
    tree.write("test/a/1.pgm", grey(1, 1, 1));
    says(tree.refusal(),
         "Its sub-folders test, train are parts of the data, no classes. Set the split mode to \"files\"");
    tree.write("bus/1.pgm", grey(1, 1, 1));
    CHECK(tree.table().classNames == Names{"bus", "test", "train"});
}

TEST_CASE("links to folders are not entered, so a loop ends; depth has a bound") {
    Classes tree;
    tree.write("a/1.pgm", grey(1, 1, 1));
    tree.write("b/1.pgm", grey(1, 1, 2));
    fs::create_directory_symlink("..", tree.folder / "a/loop");
    fs::create_directory_symlink("a", tree.folder / "c");
    fs::create_symlink("../b/1.pgm", tree.folder / "a/2.pgm");  // a linked file is a file
    const Table table = tree.table();
    CHECK(table.labels == Labels{0, 0, 1});
    CHECK(notes(table, "2 folders that are links were left out; the first is "));
    tree.write("b/1/2/3/4/5/6/7/x.pgm", grey(1, 1, 2));
    CHECK(tree.table().count == 4);
    tree.write("b/1/2/3/4/5/6/7/8/x.pgm", grey(1, 1, 2));
    says(tree.refusal(), "folders lie more than 8 levels deep here");
}

TEST_CASE("names that are no UTF-8 become words that can be written") {
    Classes tree;
    tree.write("h\xfchner/1.pgm", grey(1, 1, 1));
    tree.write("b/\xff.pgm", "P5");
    tree.parameters["bad_files"] = "skip";
    const Table table = tree.table();
    CHECK(table.classNames == Names{"b", "h\xc3\xbchner"});
    for (const std::string& note : table.notes) CHECK_FALSE(Json(note).dump().empty());
}

TEST_CASE("new images for a model come in its size and colour, from a folder or one file") {
    Classes tree;
    tree.write("1.ppm", colour(4, 2, 100, 50, 0));
    tree.write("sub/2.pgm", grey(2, 2, 8));
    base::Problems problems;
    auto pipeline = InputPipeline::make({.names = {"p0", "p1", "p2", "p3"}}, {}, problems);
    REQUIRE(pipeline);
    pipeline->setInputShape({2, 2, 1});
    tree.pipeline = &*pipeline;
    tree.needsTarget = false;
    const Table table = tree.table();
    CHECK(table.shape == std::vector<std::int64_t>{2, 2, 1});
    CHECK(table.labels.empty());
    CHECK(row(table, 0) == std::vector{59, 59, 59, 59});
    CHECK(row(table, 1) == std::vector{8, 8, 8, 8});
    tree.paths = {"1.ppm"};
    CHECK(tree.table().count == 1);
    tree.paths = {"gone.png"};
    says(tree.refusal(), "gone.png: there is no such file.");
    CHECK(tree.refusal().find("bad_files") == std::string::npos);  // nobody is asked about it here
    tree.paths = {""};
    pipeline->setInputShape({4});
    says(tree.refusal(), "The model was trained with other data than images.");
}

TEST_CASE("a model that meets a folder of parts is to be shown one of them") {
    Classes tree;
    for (const char* name : {"train/a/1.pgm", "test/a/1.pgm"}) tree.write(name, grey(2, 2, 8));
    base::Problems problems;
    auto pipeline = InputPipeline::make({.names = {"p0", "p1", "p2", "p3"}}, {}, problems);
    REQUIRE(pipeline);
    pipeline->setInputShape({2, 2, 1});
    tree.pipeline = &*pipeline;
    says(tree.refusal(), "Its sub-folders test, train are parts of the data, no classes. Choose one of them.");
}

TEST_CASE("reading can be called off, also while bad files are skipped") {
    Classes tree;
    tree.write("a/1.pgm", grey(1, 1, 1));
    ReadRequest request;
    request.paths = {request.path = tree.folder.path()};
    request.parameters = {{"bad_files", "skip"}};
    request.progress = [](double) { return false; };
    base::Problems problems;
    CHECK_THROWS_AS(tree.type.read(request, problems), base::Cancelled);
}

TEST_CASE("the preview counts the files of each class and tells the sizes of a few") {
    Classes tree;
    tree.write("10/1.pgm", grey(3, 2, 1));
    tree.write("10/2.png", "no");
    tree.write("9/1.ppm", colour(5, 4, 1, 2, 3));
    const ImageFolderPreview preview = imageFolderPreview(tree.folder.path());
    REQUIRE(preview.classes.size() == 2);
    CHECK(preview.classes[0].name == "9");
    CHECK(preview.classes[0].files == 1);
    CHECK(preview.classes[1].files == 2);
    CHECK(preview.files == 3);
    REQUIRE(preview.first.size() == 3);
    CHECK(preview.first[0].size == ImageSize{2, 3, 1});
    CHECK(says(preview.first[1].problem, "2.png: this is no image"));
    CHECK(preview.first[2].size == ImageSize{4, 5, 3});
}

TEST_CASE("masks give each pixel its class") {
    Masks tree;
    tree.write("images/a.ppm", colour(2, 2, 1, 2, 3));
    tree.write("images/b.ppm", colour(2, 2, 4, 5, 6));
    tree.write("masks/b.png", png(2, 2, std::string("\0\xff\0\0", 4)));
    tree.write("masks/a.pgm", grey(2, 2, std::string("\xff\xff\x07\0", 4)));
    const Table table = tree.table();
    CHECK(table.shape == std::vector<std::int64_t>{2, 2, 3});
    CHECK(table.task == Task::Classification);
    CHECK(table.targetName == "y");
    CHECK(table.targetShape == std::vector<std::int64_t>{2, 2});
    CHECK(table.units() == 4);
    CHECK(table.classNames == Names{"0", "7", "255"});
    CHECK(table.labels == Labels{2, 2, 1, 0, 0, 2, 0, 0});
    CHECK(row(table, 1)[1] == 5);
    tree.parameters["classes"] = "binary";
    CHECK(tree.table().classNames == Names{"background", "foreground"});
    CHECK(tree.table().labels == Labels{1, 1, 1, 0, 0, 1, 0, 0});
    tree.parameters = Json::object();
    tree.known = {"255", "0"};
    CHECK(tree.table().labels == Labels{0, 0, -1, 1, 1, 0, 1, 1});
}

TEST_CASE("masks are made to fit as their images, without new numbers") {
    Masks tree;
    tree.write("images/a.pgm", grey(4, 2, 9));
    tree.write("labels/a.pgm", grey(4, 2, std::string("\1\2\3\4\5\6\7\x8", 8)));
    tree.parameters = {{"height", 2}, {"width", 2}};
    CHECK(tree.table().classNames == Names{"2", "3", "6", "7"});
    CHECK(tree.table().labels == Labels{0, 1, 2, 3});
    tree.parameters["fit"] = "pad";
    CHECK(tree.table().classNames == Names{"0", "6", "8"});
    CHECK(tree.table().labels == Labels{1, 2, 0, 0});
    tree.write("labels/a.pgm", grey(2, 1, std::string("\1\2", 2)));  // half the size, the same shape
    CHECK(tree.table().classNames == Names{"0", "1", "2"});
    tree.write("labels/a.pgm", grey(2, 2, 1));
    says(tree.refusal(),
         "labels/a.pgm: the mask has 2 x 2 pixels, but its image has 4 x 2 pixels. Save it in the size");
}

TEST_CASE("masks without an image, images without a mask and other things that are wrong are named") {
    Masks tree;
    says(tree.refusal(), "does not hold the sub-folders \"images\" and \"masks\" (or \"labels\").");
    tree.write("images/a.pgm", grey(1, 1, 1));
    tree.write("images/b.pgm", grey(1, 1, 1));
    tree.write("masks/a.ppm", colour(1, 1, 1, 2, 3));
    says(tree.refusal(), "1 image has no mask: ");
    says(tree.refusal(), "images/b.pgm. Mend or remove it, or set \"bad_files\" to \"skip\".");
    tree.write("masks/b.ppm", colour(1, 1, 4, 4, 4));
    says(tree.refusal(), "masks/a.ppm: the mask has colours, but numbers of classes are needed.");
    tree.write("masks/c.pgm", grey(1, 1, 1));
    says(tree.refusal(), "1 mask has no image: ");
    tree.parameters["bad_files"] = "skip";
    const Table table = tree.table();
    CHECK(table.count == 1);
    CHECK(table.classNames == Names{"4"});
    CHECK(notes(table, "2 bad files were skipped."));
    CHECK(notes(table, "masks/c.pgm"));
    CHECK(notes(table, "masks/a.ppm: the mask has colours"));
    tree.write("masks/b.png", png(1, 1, "a"));
    says(tree.refusal(), "have the same name, so partners cannot be told. Remove or rename");
}

TEST_CASE("new images without masks are read") {
    Masks tree;
    tree.needsTarget = false;
    tree.write("images/a.pgm", grey(1, 1, 4));
    CHECK(row(tree.table(), 0) == std::vector{4});
    tree.paths = {"images"};
    CHECK(tree.table().count == 1);
    tree.paths = {"images/a.pgm"};
    CHECK(tree.table().count == 1);
    CHECK(tree.table().labels.empty());
}

TEST_CASE("a model that resizes meets images of any size as it met those it was trained with") {
    Classes tree;
    for (int i = 0; i < 4; ++i)
        for (const char* kind : {"dark", "light"})
            tree.write(std::string("all/") + kind + "/" + std::to_string(i) + ".pgm",
                       grey(8, 8, kind[0] == 'd' ? 10 * i : 200 + 10 * i));
    tree.write("new.pgm", grey(32, 32, 102));
    base::Problems problems;
    const Json json{{"source", "file"},
                    {"reader", "image_folder"},
                    {"path", "all"},
                    {"preprocessing", {{{"type", "resize"}, {"parameters", {{"height", 4}, {"width", 2}}}}}}};
    const auto set = loadDataset(DataSpec::fromJson(json, problems), tree.folder.path(), problems);
    REQUIRE(set);
    CHECK(set->inputShape == std::vector<std::int64_t>{4, 2, 1});
    const auto pipeline = InputPipeline::fromJson(set->pipeline.toJson(), "model", set->pipeline.tensors());
    const auto rows = readRows({tree.folder / "new.pgm", {}}, {"image_folder", Json::object()}, pipeline, problems);
    for (const base::Problem& problem : problems) FAIL(base::describe(problem));
    REQUIRE(rows);
    CHECK(rows->count == 1);
    const std::vector<float> inputs = pipeline.apply(rows->raw, 1);
    CHECK(inputs.size() == 8);
    for (const float input : inputs) CHECK(input == doctest::Approx(0.4));
}
