#include "engine/project/ModelFile.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <functional>
#include <limits>

#include "engine/base/Error.h"
#include "engine/base/Sha256.h"
#include "engine/project/ModelFileFormat.h"
#include "engine/project/Project.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using base::Json;
using project::Model;
using support::contentOf;
using support::Folder;
using support::writeContent;

namespace {

tensor::NamedTensor tensorOf(const std::string& name, tensor::Shape shape, std::vector<double> numbers,
                             tensor::Precision precision = tensor::Precision::Float32) {
    tensor::Buffer values(static_cast<std::int64_t>(numbers.size()), precision);
    for (std::size_t i = 0; i < numbers.size(); ++i) values.set(static_cast<std::int64_t>(i), numbers[i]);
    return {name, std::move(shape), std::move(values)};
}

Model smallModel() {
    Model model;
    model.project = project::parseProject(
        R"({"format": "perceptory-project", "format_version": 1, "own": [1, 0.1], "network": {"nodes": []}})", "p");
    model.pipeline = {{"mean", {0.5, 1e-9}}};
    model.target = {{"task", "classification"}};
    model.classNames = {"setosa", "ä"};
    model.epoch = 12.5;
    model.step = (1ll << 53) + 1;
    model.instructionSet = "v3";
    model.counters = {{"patience", 3}};
    model.tensors = {tensorOf("h1.weight", {2, 3}, {1, -2, 0.1, std::numeric_limits<double>::infinity(), 5e-324, -0.0}),
                     tensorOf("h1.bias", {3}, {1, 2, 3}), tensorOf("none", {0, 4}, {}), tensorOf("scalar", {}, {7}),
                     tensorOf("optimizer.0.h1.bias", {3}, {0.1, 0.2, 0.3}, tensor::Precision::Float64)};
    return model;
}

std::string bytesOf(const Model& model) {
    const Folder folder;
    project::writeModel(model, folder / "m");
    return contentOf(folder / "m");
}

// What readModel says to the content, or "loaded".
std::string refusalOf(const std::string& content) {
    static const Folder folder;
    const std::string path = folder / "m";
    writeContent(path, content);
    try {
        project::readModel(path);
    } catch (const base::Error& error) {
        return error.sentence().substr(path.size() + 2);
    }
    return "loaded";
}

template <class Number>
Number numberAt(const std::string& file, std::int64_t offset) {
    Number number;
    std::memcpy(&number, file.data() + offset, sizeof number);
    return number;
}

template <class Number>
void setNumber(std::string& file, std::int64_t offset, Number number) {
    std::memcpy(file.data() + offset, &number, sizeof number);
}

Json headerOf(const std::string& file) {
    const auto bytes = numberAt<std::uint32_t>(file, project::format::headerLengthAt);
    return Json::parse(file.substr(project::format::headerAt, bytes));
}

std::string signedAgain(std::string front, const std::string& body) {
    namespace format = project::format;
    const auto headerEnd = static_cast<std::int64_t>(front.size());
    std::string file = front + std::string(4, '\0');
    file.resize(static_cast<std::size_t>(format::aligned(static_cast<std::int64_t>(file.size()))), '\0');
    file += body;
    setNumber<std::uint64_t>(file, format::lengthAt, file.size() + format::trailerBytes);
    setNumber(file, headerEnd, format::crc32Of(std::as_bytes(std::span(file).first(front.size()))));
    base::Sha256 sum;
    sum.update(file);
    const auto digest = sum.digest();
    return file + std::string(digest.begin(), digest.end()) + std::string(format::endMagic);
}

std::string bodyOf(const std::string& file) {
    namespace format = project::format;
    const auto start = static_cast<std::size_t>(
        format::aligned(format::headerAt + numberAt<std::uint32_t>(file, format::headerLengthAt) + 4));
    return file.substr(start, file.size() - format::trailerBytes - start);
}

// The file with another header, and with every checksum right again: what an attacker would make.
std::string withHeader(const std::string& file, const std::string& header) {
    std::string front = file.substr(0, project::format::headerAt) + header;
    setNumber(front, project::format::headerLengthAt, static_cast<std::uint32_t>(header.size()));
    return signedAgain(front, bodyOf(file));
}

std::string withHeader(const std::string& file, const std::function<void(Json&)>& change) {
    Json header = headerOf(file);
    change(header);
    return withHeader(file, header.dump());
}

}  // namespace

TEST_CASE("a model comes back as it was written, and is written again byte for byte") {
    const Folder folder;
    const Model model = smallModel();
    project::writeModel(model, folder / "a");
    CHECK(project::isModelFile(folder / "a"));
    const Model read = project::readModel(folder / "a");
    CHECK(read.project == model.project);
    CHECK(read.pipeline == model.pipeline);
    CHECK(read.target == model.target);
    CHECK(read.counters == model.counters);
    CHECK(read.classNames == model.classNames);
    CHECK(read.epoch == 12.5);
    CHECK(read.step == model.step);
    CHECK(read.instructionSet == "v3");
    REQUIRE(read.tensors.size() == model.tensors.size());
    for (std::size_t i = 0; i < read.tensors.size(); ++i) {
        CHECK(read.tensors[i].name == model.tensors[i].name);
        CHECK(read.tensors[i].shape == model.tensors[i].shape);
        CHECK(read.tensors[i].values.precision() == model.tensors[i].values.precision());
        CHECK(std::memcmp(read.tensors[i].values.data(), model.tensors[i].values.data(),
                          model.tensors[i].values.bytes()) == 0);
    }
    CHECK(read.tensor("h1.bias")->values.get(2) == 3);
    CHECK(read.tensor("h2.bias") == nullptr);
    project::writeModel(read, folder / "b");
    CHECK(contentOf(folder / "a") == contentOf(folder / "b"));
    project::writeModel(read, folder / "a");
    CHECK(contentOf(folder / "a") == contentOf(folder / "b"));
}

TEST_CASE("every tensor lies at a multiple of 64 bytes of the file") {
    const std::string file = bytesOf(smallModel());
    std::int64_t rows = 0;
    const std::int64_t start =
        static_cast<std::int64_t>(file.size() - bodyOf(file).size()) - project::format::trailerBytes;
    CHECK(start % 64 == 0);
    const Json header = headerOf(file);
    for (const Json& row : header["tensors"]) rows += row["offset"].get<std::int64_t>() % 64 == 0;
    CHECK(rows == 5);
}

TEST_CASE("a model cut off at any byte is refused") {
    const std::string file = bytesOf(smallModel());
    for (std::size_t size = 0; size < file.size(); ++size) {
        const std::string said = refusalOf(file.substr(0, size));
        REQUIRE_MESSAGE(said != "loaded", size);
        REQUIRE_MESSAGE((said.find("damaged") != said.npos || said.find("this is ") == 0), said);
    }
    CHECK(refusalOf(file) == "loaded");
    CHECK(refusalOf(file + "x").find("something was added") != std::string::npos);
    CHECK(refusalOf(file.substr(0, 500)).find("it was cut off") != std::string::npos);
}

TEST_CASE("a model with any bit flipped is refused") {
    const std::string file = bytesOf(smallModel());
    for (std::size_t at = 0; at < file.size(); ++at)
        for (const char bit : {1, -128}) {
            std::string flipped = file;
            flipped[at] = static_cast<char>(flipped[at] ^ bit);
            REQUIRE_MESSAGE(refusalOf(flipped) != "loaded", at);
        }
}

TEST_CASE("extreme lengths in the fixed fields are refused") {
    const std::string file = bytesOf(smallModel());
    for (const std::uint64_t value : {0ull, 1ull, (1ull << 31) - 1, 1ull << 31, (1ull << 32) - 1, ~0ull >> 1, ~0ull}) {
        std::string changed = file;
        setNumber(changed, project::format::lengthAt, value);
        CHECK(refusalOf(changed).find("damaged") != std::string::npos);
        changed = file;
        setNumber(changed, project::format::headerLengthAt, static_cast<std::uint32_t>(value));
        CHECK(refusalOf(changed).find("damaged") != std::string::npos);
    }
}

TEST_CASE("tables that lie are refused although every checksum is right") {
    const std::string file = bytesOf(smallModel());
    CHECK(refusalOf(withHeader(file, [](Json&) {})) == "loaded");
    const auto refused = [&](const std::function<void(Json&)>& change) {
        return refusalOf(withHeader(file, change)).find("damaged") != std::string::npos;
    };
    const std::vector<Json> sizes{0,     1,    -1,      1ll << 31, (1ll << 32) + 1, INT64_MAX,
                                  ~0ull, 1e30, nullptr, "24",      Json::array(),   1.5};
    for (const Json& size : sizes)
        for (const char* key : {"bytes", "offset"}) {
            CAPTURE(size.dump());
            CHECK(refused([&](Json& h) { h["tensors"][1][key] = size; }));
            if (size != 0) CHECK(refused([&](Json& h) { h["sections"][0][key] = size; }));
        }
    for (const Json& size : sizes) CHECK(refused([&](Json& h) { h["tensors"][0]["shape"][0] = size; }));
    CHECK(refused([](Json& h) { h["tensors"][2]["shape"] = {0, 0, 0, 0, 0, 0, 0, 0, 0}; }));
    CHECK(refused([](Json& h) { h["tensors"][0]["shape"] = {1ll << 32, 1ll << 32, 6}; }));
    CHECK(refused([](Json& h) { h["tensors"][0]["shape"] = "24"; }));
    CHECK(refused([](Json& h) { h["tensors"][0]["dtype"] = "i64"; }));
    CHECK(refused([](Json& h) { h["tensors"][0]["dtype"] = 4; }));
    CHECK(refused([](Json& h) { h["tensors"][1]["name"] = h["tensors"][0]["name"]; }));
    CHECK(refused([](Json& h) { h["tensors"][1]["name"] = std::string(2000, 'n'); }));
    CHECK(refused([](Json& h) { h["tensors"][1]["name"] = 5; }));
    CHECK(refused([](Json& h) { h["tensors"][1].erase("crc"); }));
    CHECK(refused([](Json& h) { h["tensors"][1]["crc"] = 1; }));
    CHECK(refused([](Json& h) { std::swap(h["tensors"][0], h["tensors"][1]); }));
    CHECK(refused([](Json& h) { h["tensors"].erase(4); }));
    CHECK(refused([](Json& h) { h["tensors"] = {{"a", 1}}; }));
    CHECK(refused([](Json& h) { h["sections"][0]["name"] = "projekt"; }));
    CHECK(refused([](Json& h) { h["sections"].erase(1); }));
    CHECK(refused([](Json& h) { h["byte_order"] = "big"; }));
    CHECK(refused([](Json& h) { h["archive"] = "18"; }));
    CHECK(refused([](Json& h) { h.erase("archive"); }));
    CHECK(refusalOf(withHeader(file, [](Json& h) { h["archive"] = 999; })).find("newer Boost") != std::string::npos);
    CHECK(refused([](Json& h) { h = Json::array(); }));
    CHECK(refusalOf(withHeader(file, std::string("{\"byte_order\": "))).find("the file breaks off here") !=
          std::string::npos);
    CHECK(refusalOf(withHeader(file, std::string(100000, '['))).find("deeper than 32") != std::string::npos);
}

TEST_CASE("a section of a later version is skipped, a newer format is refused by name") {
    std::string file = bytesOf(smallModel());
    Json header = headerOf(file);
    const std::string body = bodyOf(file);
    const auto end = static_cast<std::int64_t>(body.size());
    // A new section must follow the others, so it goes in front of the tensors: here the model has none.
    Model bare = smallModel();
    bare.tensors.clear();
    file = bytesOf(bare);
    header = headerOf(file);
    const std::string longer = bodyOf(file) + std::string(64 - bodyOf(file).size() % 64, '\0') + "later";
    header["sections"].push_back({{"name", "boost"},
                                  {"offset", longer.size() - 5},
                                  {"bytes", 5},
                                  {"crc", project::format::crc32Of(std::as_bytes(std::span("later", 5)))}});
    header["comment"] = "of a later version";
    std::string front = file.substr(0, project::format::headerAt) + header.dump();
    setNumber(front, project::format::headerLengthAt, static_cast<std::uint32_t>(header.dump().size()));
    setNumber(front, project::format::versionAt + 4, 7u);
    CHECK(refusalOf(signedAgain(front, longer)) == "loaded");
    CHECK(end > 0);

    setNumber(front, project::format::versionAt, 3u);
    CHECK(refusalOf(signedAgain(front, longer)) ==
          "a newer version of Perceptory made this model file (format 3; this one reads up to 2). Update the program.");
    setNumber(front, project::format::versionAt, 2u);
    setNumber(front, project::format::versionAt + 8, 4u);
    CHECK(refusalOf(signedAgain(front, longer)).find("format 4") != std::string::npos);
}

TEST_CASE("the project inside is checked like a project file") {
    Model model = smallModel();
    model.project["format_version"] = 9;
    CHECK(refusalOf(bytesOf(model)).find("a newer version of Perceptory made this project") != std::string::npos);
    model.project = 5;
    CHECK(refusalOf(bytesOf(model)).find("not a project of Perceptory") != std::string::npos);
}

TEST_CASE("other files are named for what they are") {
    CHECK(refusalOf("") == "this is an empty file, not a model file of Perceptory. Choose a file *.perceptory-model.");
    CHECK(refusalOf("<!doctype html><p>").find("this is a web page (HTML)") == 0);
    CHECK(refusalOf("PK\x03\x04").find("this is a ZIP archive") == 0);
    CHECK(refusalOf("\x80\x02}q").find("this is a Python pickle") == 0);
    CHECK(refusalOf("\x89PNG\r\n\x1a\n").find("this is a PNG picture") == 0);
    CHECK(refusalOf("{\"format\": \"perceptory-project\"}").find("this is a project of Perceptory") == 0);
    CHECK(refusalOf("\x89PCM\n\x1a\n").find("this is something else") == 0);
}

TEST_CASE("what the format cannot hold is refused when it is written, and the old file stays") {
    const Folder folder;
    const auto refused = [&](const std::function<void(Model&)>& change) {
        Model model = smallModel();
        change(model);
        CHECK_THROWS_AS(project::writeModel(model, folder / "m"), base::Error);
    };
    writeContent(folder / "m", "old");
    refused([](Model& m) { m.tensors.push_back(m.tensors[0]); });
    refused([](Model& m) { m.tensors[0].name.clear(); });
    refused([](Model& m) { m.tensors[0].shape = {7}; });
    refused([](Model& m) { m.project["text"] = "\xff"; });
    refused([](Model& m) { m.project["long"] = std::string(17 << 20, 'x'); });
    refused([](Model& m) {
        for (int i = 0; i < 20000; ++i) m.tensors.push_back(tensorOf("layer" + std::to_string(i), {1}, {1}));
    });
    CHECK(contentOf(folder / "m") == "old");
    CHECK(folder.entries() == 1);
}
