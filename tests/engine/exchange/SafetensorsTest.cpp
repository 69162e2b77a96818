#include "engine/exchange/Safetensors.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "engine/base/Error.h"
#include "engine/base/Json.h"
#include "engine/exchange/HalfFloats.h"
#include "engine/exchange/WeightsHash.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using base::Json;
using support::contentOf;
using support::Folder;
using support::writeContent;
using tensor::NamedTensor;
using tensor::NamedTensors;

namespace {

const double infinity = std::numeric_limits<double>::infinity();

NamedTensor tensorOf(const std::string& name, tensor::Shape shape, const std::vector<double>& numbers,
                     tensor::Precision precision = tensor::Precision::Float32) {
    tensor::Buffer values(static_cast<std::int64_t>(numbers.size()), precision);
    for (std::size_t i = 0; i < numbers.size(); ++i) values.set(static_cast<std::int64_t>(i), numbers[i]);
    return {name, std::move(shape), std::move(values)};
}

std::vector<double> numbersOf(const NamedTensors& tensors, const std::string& name) {
    const auto found = std::ranges::find(tensors, name, &NamedTensor::name);
    REQUIRE(found != tensors.end());
    std::vector<double> numbers;
    for (std::int64_t i = 0; i < found->values.size(); ++i) numbers.push_back(found->values.get(i));
    return numbers;
}

std::string fileOf(const std::string& header, const std::string& data) {
    std::uint64_t length = header.size();
    return std::string(reinterpret_cast<const char*>(&length), 8) + header + data;
}

std::string refusalOf(const std::string& content) {
    static const Folder folder;
    const std::string path = folder / "w.safetensors";
    writeContent(path, content);
    try {
        exchange::readSafetensors(path);
    } catch (const base::Error& error) {
        return error.sentence().substr(path.size() + 2);
    }
    return "loaded";
}

std::string refusalOfHeader(const std::string& header, std::size_t bytes = 8) {
    return refusalOf(fileOf(header, std::string(bytes, '\0')));
}

NamedTensors small() {
    return {tensorOf("h1.weight", {2, 3}, {1, -2, 0.5, infinity, -0.0, 3}), tensorOf("h1.bias", {2}, {0.1, 0.2}),
            tensorOf("exact", {1}, {0.1}, tensor::Precision::Float64), tensorOf("scalar", {}, {7}),
            tensorOf("none", {0, 4}, {})};
}

}  // namespace

TEST_CASE("a file written by the safetensors library is read") {
    const NamedTensors read =
        exchange::readSafetensors(PERCEPTORY_SOURCE_DIR "/tests/golden/safetensors/numpy.safetensors");
    CHECK(read.size() == 6);
    CHECK(numbersOf(read, "h1.weight") == std::vector<double>{1, -2, 0.1f, infinity, 1e-45f, -0.0});
    CHECK(numbersOf(read, "h1.bias") == std::vector<double>{0.5, 0.25});
    CHECK(numbersOf(read, "double") == std::vector<double>{0.1, 1e300});
    CHECK(numbersOf(read, "half") == std::vector<double>{1.5, -0.0999755859375, 65504, 0x1p-24, -infinity, 0});
    CHECK(numbersOf(read, "bn1.num_batches_tracked") == std::vector<double>{1234567890123});
    CHECK(std::ranges::find(read, "h1.weight", &NamedTensor::name)->shape == tensor::Shape{2, 3});
    CHECK(std::ranges::find(read, "none", &NamedTensor::name)->shape == tensor::Shape{0, 4});
}

TEST_CASE("numbers of two bytes become the floats they stand for") {
    CHECK(exchange::floatFromHalf(0x3c00) == 1);
    CHECK(exchange::floatFromHalf(0xc000) == -2);
    CHECK(exchange::floatFromHalf(0x0400) == 0x1p-14f);
    CHECK(exchange::floatFromHalf(0x03ff) == 1023 * 0x1p-24f);
    CHECK(std::signbit(exchange::floatFromHalf(0x8000)));
    CHECK(std::isnan(exchange::floatFromHalf(0x7e00)));
    CHECK(exchange::floatFromBrainHalf(0x3fc0) == 1.5f);
}

TEST_CASE("weights come back bit for bit, and equal weights are equal files in any order") {
    const Folder folder;
    exchange::writeSafetensors(small(), folder / "a");
    const NamedTensors read = exchange::readSafetensors(folder / "a");
    REQUIRE(read.size() == 5);
    for (const NamedTensor& tensor : small()) {
        const auto same = std::ranges::find(read, tensor.name, &NamedTensor::name);
        REQUIRE(same != read.end());
        CHECK(same->shape == tensor.shape);
        CHECK(same->values.precision() == tensor.values.precision());
        CHECK(std::memcmp(same->values.data(), tensor.values.data(), tensor.values.bytes()) == 0);
    }
    NamedTensors turned = small();
    std::ranges::reverse(turned);
    exchange::writeSafetensors(turned, folder / "b");
    CHECK(contentOf(folder / "a") == contentOf(folder / "b"));
    // As the safetensors library writes them.
    CHECK(contentOf(folder / "a") == contentOf(PERCEPTORY_SOURCE_DIR "/tests/golden/safetensors/small.safetensors"));
}

TEST_CASE("the numbers begin at a multiple of 8 bytes") {
    const Folder folder;
    for (const char* name : {"a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg", "abcdefgh"}) {
        exchange::writeSafetensors({tensorOf(name, {1}, {1})}, folder / "w");
        CHECK((contentOf(folder / "w").size() - 4) % 8 == 0);
        CHECK(exchange::readSafetensors(folder / "w").size() == 1);
    }
}

TEST_CASE("a file cut off at any byte, or with one too many, is refused") {
    const Folder folder;
    exchange::writeSafetensors(small(), folder / "a");
    const std::string file = contentOf(folder / "a");
    for (std::size_t size = 0; size < file.size(); ++size) REQUIRE(refusalOf(file.substr(0, size)) != "loaded");
    CHECK(refusalOf(file + "x").find("bytes of numbers instead of") != std::string::npos);
    for (std::size_t at = 0; at < file.size(); ++at) {
        std::string flipped = file;
        flipped[at] = static_cast<char>(flipped[at] ^ 1);
        refusalOf(flipped);  // either way it ends without harm
    }
}

TEST_CASE("lengths that lie are refused before memory is taken") {
    for (const std::uint64_t length : {0ull, 1ull, (1ull << 31) - 1, 1ull << 31, (1ull << 32) - 1, ~0ull >> 1, ~0ull}) {
        std::string file = fileOf("{}", "01234567");
        std::memcpy(file.data(), &length, 8);
        REQUIRE(refusalOf(file) != "loaded");
    }
    const auto tensor = [](const std::string& rest) { return "{\"a\": {\"dtype\": \"F32\", " + rest + "}}"; };
    CHECK(refusalOfHeader(tensor(R"("shape": [2], "data_offsets": [0, 8])")) == "loaded");
    for (const char* rest :
         {R"("shape": [3], "data_offsets": [0, 8])", R"("shape": [1], "data_offsets": [0, 8])",
          R"("shape": [2], "data_offsets": [8, 0])", R"("shape": [2], "data_offsets": [0, 16])",
          R"("shape": [2], "data_offsets": [4, 12])", R"("shape": [-2], "data_offsets": [0, 8])",
          R"("shape": [2.0], "data_offsets": [0, 8])", R"("shape": ["2"], "data_offsets": [0, 8])",
          R"("shape": 2, "data_offsets": [0, 8])", R"("shape": [2], "data_offsets": [0])",
          R"("shape": [2], "data_offsets": [0, 18446744073709551615])", R"("shape": [2], "offsets": [0, 8])",
          R"("shape": [4294967296, 4294967296, 2], "data_offsets": [0, 8])",
          R"("shape": [4611686018427387904], "data_offsets": [0, 8])",
          R"("shape": [1, 1, 1, 1, 1, 1, 1, 1, 2], "data_offsets": [0, 8])"})
        REQUIRE_MESSAGE(refusalOfHeader(tensor(rest)).starts_with("this is not a sound safetensors file"), rest);
    CHECK(refusalOfHeader("{}").find("8 bytes of numbers instead of 0") != std::string::npos);
    CHECK(refusalOfHeader("[]").find("does not begin with {") != std::string::npos);
    CHECK(refusalOfHeader("{\"a\": 1}").find("lacks dtype") != std::string::npos);
    CHECK(refusalOfHeader(R"({"a": {"dtype": "U8", "shape": [8], "data_offsets": [0, 8]}})").find("\"U8\"") !=
          std::string::npos);
}

TEST_CASE("tensors that overlap, leave gaps or stand twice are refused") {
    const std::string f32 = R"({"dtype": "F32", "shape": [1], "data_offsets": )";
    CHECK(refusalOfHeader("{\"a\": " + f32 + "[4, 8]}, \"b\": " + f32 + "[0, 4]}}") == "loaded");
    CHECK(refusalOfHeader("{\"a\": " + f32 + "[0, 4]}, \"b\": " + f32 + "[0, 4]}}").find("overlaps") !=
          std::string::npos);
    CHECK(refusalOfHeader("{\"a\": " + f32 + "[0, 4]}, \"b\": " + f32 + "[8, 12]}}", 12).find("gap") !=
          std::string::npos);
    CHECK(refusalOfHeader("{\"a\": " + f32 + "[0, 4]}, \"a\": " + f32 + "[4, 8]}}").find("stands twice") !=
          std::string::npos);
    std::string many = "{";
    for (int i = 0; i < 100'000; ++i) many += "\"" + std::to_string(i) + "\": 0, ";
    CHECK(refusalOfHeader(many + "\"a\": 0}").find("more than 10,000") != std::string::npos);
}

TEST_CASE("other files are named for what they are") {
    CHECK(refusalOf("<html>").find("this is a web page (HTML), not a safetensors file") == 0);
    CHECK(refusalOf("PK\x03\x04").find("this is a ZIP archive") == 0);
    CHECK(refusalOf("").find("it is too short") != std::string::npos);
}

TEST_CASE("the hash of weights does not depend on their order and precision, but on every bit") {
    // printf of the little-endian floats through sha256sum: b = {0.5, 0.25}, w = {1, -2}
    const NamedTensors weights{tensorOf("w", {1, 2}, {1, -2}), tensorOf("b", {2}, {0.5, 0.25})};
    CHECK(exchange::weightsSha256(weights) == "2d6932d82315ecc9d34de782e236ed6b0da39323e707ebd029a274e93e9de4b0");
    CHECK(exchange::weightsSha256({weights[1], weights[0]}) == exchange::weightsSha256(weights));
    CHECK(exchange::weightsSha256({tensorOf("w", {1, 2}, {1, -2}, tensor::Precision::Float64), weights[1]}) ==
          exchange::weightsSha256(weights));
    CHECK(exchange::weightsSha256({tensorOf("w", {1, 2}, {1, -2.0000002}), weights[1]}) !=
          exchange::weightsSha256(weights));
}
