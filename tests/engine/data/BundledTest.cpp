#include "engine/data/bundled/BundledSet.h"

#include <doctest/doctest.h>

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "engine/data/DatasetLoader.h"

using namespace perceptory;
using namespace perceptory::data;

namespace {

std::shared_ptr<const Dataset> load(const std::string& id, const std::string& split = "random") {
    base::Problems problems;
    const DataSpec spec = DataSpec::fromJson(
        base::Json{{"source", "dataset"}, {"id", id}, {"split", {{"mode", split}, {"train", 0.8}, {"test", 0.2}}}},
        problems);
    auto set = loadDataset(spec, ".", problems);
    REQUIRE_MESSAGE(problems.empty(), (problems.empty() ? "" : base::describe(problems[0])));
    return set;
}

// What the card says in its row `name`.
std::string rowOf(const std::string& card, const std::string& name) {
    const std::string begin = "\n| " + name + " | ";
    const auto found = card.find(begin);
    if (found == std::string::npos) return {};
    const auto first = found + begin.size();
    return card.substr(first, card.find(" |\n", first) - first);
}

// 12,373
std::string grouped(std::uintmax_t number) {
    std::string digits = std::to_string(number);
    for (std::ptrdiff_t place = std::ssize(digits) - 3; place > 0; place -= 3)
        digits.insert(static_cast<std::size_t>(place), ",");
    return digits;
}

class TemporaryFolder {
public:
    TemporaryFolder()
        : path(std::filesystem::temp_directory_path() / ("perceptory-bundled-" + std::to_string(::getpid()))) {
        std::filesystem::create_directories(path);
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path path;
};

// A variable of the environment for as long as it lives.
class Variable {
public:
    Variable(const char* name, const std::filesystem::path& value) : m_name(name) {
        if (const char* before = std::getenv(name)) m_before = before;
        ::setenv(name, value.c_str(), 1);
    }
    ~Variable() { m_before ? ::setenv(m_name, m_before->c_str(), 1) : ::unsetenv(m_name); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

private:
    const char* m_name;
    std::optional<std::string> m_before;
};

// Images {2, 2} of bytes, each the number of its row, and labels that count 0 … 9 again and again.
void writeIdx(const std::filesystem::path& folder, const std::string& part, char count) {
    std::ofstream images(folder / (part + "-images-idx3-ubyte.gz"), std::ios::binary);
    std::ofstream labels(folder / (part + "-labels-idx1-ubyte.gz"), std::ios::binary);
    images.write("\0\0\x08\x03\0\0\0", 7).put(count).write("\0\0\0\x02\0\0\0\x02", 8);
    labels.write("\0\0\x08\x01\0\0\0", 7).put(count);
    for (char i = 0; i < count; ++i) {
        images << i << i << i << i;
        labels.put(static_cast<char>(i % 10));
    }
}

}  // namespace

TEST_CASE("every bundled set has a picture and a card with origin, licence and citation") {
    for (const BundledSetType* type : bundledSets().members()) {
        CAPTURE(type->id);
        CHECK_FALSE(type->picture.empty());
        for (const std::string& row : type->picture) {
            CHECK(row.size() == type->picture.front().size());
            CHECK(row.find_first_not_of(".#0123456789") == std::string::npos);
        }
        const std::string card = cardOf(*type);
        CHECK(card.starts_with("# " + type->label + "\n\n| | |\n| --- | --- |\n"));
        for (const char* row :
             {"what", "rows", "columns", "file", "SHA-256", "origin", "changes", "licence", "citation"}) {
            CAPTURE(row);
            CHECK(rowOf(card, row).size() >= 4);
        }
        CHECK(rowOf(card, "SHA-256").find(type->sha256) != std::string::npos);
        CHECK(type->help.find("Origin: ") != std::string::npos);
        CHECK(type->help.find("licence: ") != std::string::npos);
    }
}

TEST_CASE("every set that comes along loads, is complete, and is what its card says") {
    for (const BundledSetType* type : bundledSets().members()) {
        if (type->read) continue;
        CAPTURE(type->id);
        CHECK(isInstalled(*type));
        const auto set = load(type->id);
        CHECK(set->task == type->task);
        CHECK(set->notes.empty());
        CHECK(set->parts.train.size() + set->parts.test.size() == set->count);
        const std::string card = cardOf(*type);
        CHECK(rowOf(card, "rows").starts_with(grouped(set->count)));
        const auto size = std::filesystem::file_size(datasetsFolder() / type->file);
        CHECK(rowOf(card, "file").find(", " + grouped(size) + " bytes") != std::string::npos);
        CHECK(rowOf(card, "columns").find("target: " + type->target) != std::string::npos);
    }
}

TEST_CASE("iris: 150 flowers, four lengths, three kinds of 50") {
    const auto set = load("iris");
    CHECK(set->count == 150);
    CHECK(set->inputShape == std::vector<std::int64_t>{4});
    CHECK(set->classNames == std::vector<std::string>{"setosa", "versicolor", "virginica"});
    for (std::int32_t c = 0; c < 3; ++c) {
        CHECK(std::ranges::count(set->labels, c) == 50);
        CHECK(std::ranges::count_if(set->parts.train, [&](std::uint32_t row) { return set->labels[row] == c; }) == 40);
    }
    CHECK(set->raw.floats().front() == 5.1f);
    CHECK(set->raw.floats().back() == 1.8f);
}

TEST_CASE("digits: 1797 pictures of 8 by 8 in ten classes") {
    const auto set = load("digits");
    CHECK(set->count == 1797);
    CHECK(set->inputShape == std::vector<std::int64_t>{8, 8, 1});
    CHECK(set->classes() == 10);
    CHECK(std::ranges::count(set->labels, 3) == 183);
    CHECK(std::ranges::max(set->raw.floats()) == 16);
    std::vector<float> scratch;
    CHECK(set->input(0, scratch)[2] == 5);
}

TEST_CASE("wine: 178 wines, thirteen measurements, three cultivars of 59, 71 and 48") {
    const auto set = load("wine");
    CHECK(set->count == 178);
    CHECK(set->inputShape == std::vector<std::int64_t>{13});
    CHECK(set->classNames == std::vector<std::string>{"class_0", "class_1", "class_2"});
    for (const auto& [c, count] : {std::pair{0, 59}, {1, 71}, {2, 48}})
        CHECK(std::ranges::count(set->labels, c) == count);
    CHECK(set->raw.floats().front() == 14.23f);
    CHECK(set->raw.floats().back() == 560);
}

TEST_CASE("breast cancer: 569 masses, thirty measurements, 212 malignant and 357 benign") {
    const auto set = load("breast_cancer");
    CHECK(set->count == 569);
    CHECK(set->inputShape == std::vector<std::int64_t>{30});
    CHECK(set->classNames == std::vector<std::string>{"benign", "malignant"});
    CHECK(std::ranges::count(set->labels, 0) == 357);
    CHECK(std::ranges::count(set->labels, 1) == 212);
    CHECK(set->raw.floats().front() == 17.99f);
    CHECK(set->raw.floats().back() == 0.07039f);
}

TEST_CASE("diabetes: 442 people, ten measurements in their units, a progression of 152.13 on average") {
    const auto set = load("diabetes");
    CHECK(set->count == 442);
    CHECK(set->inputShape == std::vector<std::int64_t>{10});
    CHECK(set->targetNames == std::vector<std::string>{"progression"});
    double sum = 0;
    for (const float target : set->targets) sum += static_cast<double>(target);
    CHECK(sum / 442 == doctest::Approx(152.13348).epsilon(1e-7));
    CHECK(std::ranges::min(set->targets) == 25);
    CHECK(std::ranges::max(set->targets) == 346);
    CHECK(set->raw.floats().front() == 59);
    CHECK(set->raw.floats()[8] == 4.8598f);
}

TEST_CASE("Fashion-MNIST is read where the system has it, its own parts as they are") {
    const TemporaryFolder folder;
    const Variable system("PERCEPTORY_SYSTEM_DATASETS", folder.path);
    const BundledSetType& type = bundled_members::FashionMnist;
    base::Problems problems;
    Parts parts;
    CHECK_FALSE(isInstalled(type));
    CHECK_THROWS_WITH_AS(readBundled(type, {}, parts, problems),
                         doctest::Contains("Install Debian's package dataset-fashion-mnist"), base::Error);
    std::filesystem::create_directory(folder.path / "fashion-mnist");
    writeIdx(folder.path / "fashion-mnist", "train", 30);
    writeIdx(folder.path / "fashion-mnist", "t10k", 20);
    CHECK(isInstalled(type));
    const auto files = load("fashion_mnist", "files");
    CHECK(files->count == 50);
    CHECK(files->classNames[9] == "Ankle boot");
    CHECK(files->parts.train.size() == 30);
    CHECK(files->parts.test.front() == 30);
    CHECK(files->parts.test.size() == 20);
    CHECK(files->raw.floats()[4 * 30 + 4] == 1 / 255.0f);
    CHECK(files->labels[31] == 1);
    const auto mixed = load("fashion_mnist");
    CHECK(mixed->parts.train.size() == 40);
    CHECK(mixed->parts.train.back() > 30);
    const Trained trained{mixed->pipeline, {"Bag", "Dress"}};
    ReadRequest request;
    request.memoryLimit = defaultMemoryLimit;
    request.pipeline = &trained.pipeline;
    request.classNames = trained.classNames;
    const auto known = readBundled(type, request, parts, problems);
    REQUIRE(known);
    CHECK(std::vector(known->labels.begin(), known->labels.begin() + 10) ==
          std::vector<std::int32_t>{-1, -1, -1, 1, -1, -1, -1, -1, 0, -1});
}

TEST_CASE("Fashion-MNIST as Debian packs it: 70,000 pictures, 7,000 of each kind") {
    const BundledSetType& type = bundled_members::FashionMnist;
    if (!isInstalled(type)) {
        MESSAGE("dataset-fashion-mnist is not installed here");
        return;
    }
    base::Problems problems;
    Parts parts;
    ReadRequest request;
    request.memoryLimit = defaultMemoryLimit;
    const auto table = readBundled(type, request, parts, problems);
    REQUIRE(table);
    CHECK(table->count == 70000);
    CHECK(table->shape == type.shape);
    for (std::int32_t c = 0; c < 10; ++c) {
        CHECK(std::ranges::count(table->labels, c) == 7000);
        CHECK(std::count(table->labels.begin(), table->labels.begin() + 60000, c) == 6000);
    }
    CHECK(parts.train.size() == 60000);
    CHECK(parts.test.front() == 60000);
    CHECK(table->labels.front() == 9);
    CHECK(table->labels[60000] == 9);
}

TEST_CASE("sets without parts of their own cannot be split by files") {
    base::Problems problems;
    const DataSpec spec =
        DataSpec::fromJson({{"source", "dataset"}, {"id", "wine"}, {"split", {{"mode", "files"}}}}, problems);
    CHECK(loadDataset(spec, ".", problems) == nullptr);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].where == "data.split.mode");
}

TEST_CASE("a file that is not the one the program came with is refused") {
    const TemporaryFolder folder;
    std::filesystem::create_directories(folder.path / "iris");
    std::ofstream(folder.path / "iris/iris.csv") << "a,species\n1,x\n2,y\n";
    const Variable datasets("PERCEPTORY_DATASETS", folder.path);
    base::Problems problems;
    const DataSpec spec = DataSpec::fromJson(base::Json{{"source", "dataset"}, {"id", "iris"}}, problems);
    CHECK_THROWS_WITH_AS(loadDataset(spec, ".", problems), doctest::Contains("not the file that came with Perceptory"),
                         base::Error);
    CHECK_THROWS_WITH_AS(cardOf(bundled_members::Iris), doctest::Contains("card of this data set is missing"),
                         base::Error);
    const Variable nowhere("PERCEPTORY_DATASETS", folder.path / "nowhere");
    CHECK_THROWS_WITH_AS(datasetsFolder(), doctest::Contains("PERCEPTORY_DATASETS names"), base::Error);
}
