// Images as files hold them: known pixels for every kind, sizes made to fit, and files that are damaged or foreign.

#include <doctest/doctest.h>
#include <png.h>
#include <sys/stat.h>
#include <zlib.h>

#include <cstring>

#include "engine/base/Error.h"
#include "engine/base/Random.h"
#include "engine/data/images/Fit.h"
#include "engine/data/images/ImageFile.h"
#include "tests/support/Folder.h"
#include "tests/support/Jpeg.h"

using namespace perceptory;
using namespace perceptory::data;

namespace {

using Bytes = std::vector<std::uint8_t>;
using support::jpeg;

struct PngFile {
    std::uint32_t width, height;
    int depth, colours;
    Bytes rows;  // as libpng takes them: 16 bits big-endian, less than 8 packed
    bool interlaced = false;
    std::vector<png_color> palette{};
    Bytes alphas{};  // of the palette
};

void takeBytes(png_structp png, png_bytep bytes, std::size_t count) {
    auto& all = *static_cast<Bytes*>(png_get_io_ptr(png));
    all.insert(all.end(), bytes, bytes + count);
}

Bytes encode(const PngFile& file) {
    Bytes result;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, &result, takeBytes, nullptr);
    png_set_IHDR(png, info, file.width, file.height, file.depth, file.colours,
                 file.interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, 0, 0);
    if (!file.palette.empty()) png_set_PLTE(png, info, file.palette.data(), int(file.palette.size()));
    if (!file.alphas.empty()) png_set_tRNS(png, info, file.alphas.data(), int(file.alphas.size()), nullptr);
    png_write_info(png, info);
    const int passes = file.interlaced ? png_set_interlace_handling(png) : 1;
    const std::size_t stride = file.rows.size() / file.height;
    for (int pass = 0; pass < passes; ++pass)
        for (std::size_t y = 0; y < file.height; ++y) png_write_row(png, file.rows.data() + y * stride);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return result;
}

Bytes text(const std::string& letters) { return {letters.begin(), letters.end()}; }

Bytes operator+(Bytes a, const Bytes& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

Bytes little(std::int64_t value, int count = 4) {
    Bytes bytes;
    for (int i = 0; i < count; ++i) bytes.push_back(std::uint8_t(value >> 8 * i));
    return bytes;
}

// `palette` and `rows` as they stand in the file.
Bytes bmp(std::int64_t width, std::int64_t height, int bits, const Bytes& palette, const Bytes& rows, int packing = 0) {
    const std::int64_t colours = bits <= 8 ? std::int64_t(palette.size()) / 4 : 0;
    const Bytes head = little(40) + little(width) + little(height) + little(1, 2) + little(bits, 2) + little(packing) +
                       little(0) + little(0) + little(0) + little(colours) + little(0);
    const auto first = std::int64_t(14 + head.size() + palette.size());
    return text("BM") + little(first + std::int64_t(rows.size())) + little(0) + little(first) + head + palette + rows;
}

EncodedImage encoded(const Bytes& bytes, Pixels pixels = Pixels::Shown) { return {bytes, "here.img", pixels}; }

Bytes pixelsOf(const Bytes& bytes, const ImageSize& size, Pixels pixels = Pixels::Shown) {
    const Image image = decodeImage(encoded(bytes, pixels));
    CHECK(image.size == size);
    return image.values;
}

std::string refusal(const Bytes& bytes, Pixels pixels = Pixels::Shown) {
    try {
        decodeImage(encoded(bytes, pixels));
        return {};
    } catch (const base::Error& error) {
        return error.sentence();
    }
}

bool says(const std::string& sentence, const std::string& part) { return sentence.find(part) != sentence.npos; }

constexpr const char* damaged = "here.img: the image is damaged or cut off. Get it again from its source.";

std::uint32_t number(const Bytes& bytes, std::size_t at) {
    return std::uint32_t{bytes[at]} << 24 | bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3];
}

void put(Bytes& bytes, std::size_t at, std::uint32_t value) {
    for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = std::uint8_t(value >> (24 - 8 * i));
}

// Makes the check sums of all chunks right again, so that damage gets past them.
void mendSums(Bytes& png) {
    for (std::size_t at = 8; at + 12 <= png.size();) {
        const std::size_t length = number(png, at);
        if (length > png.size() - at - 12) return;
        put(png, at + 8 + length, std::uint32_t(crc32(0, png.data() + at + 4, unsigned(length + 4))));
        at += 12 + length;
    }
}

Bytes claiming(Bytes png, std::uint32_t width, std::uint32_t height) {
    put(png, 16, width);
    put(png, 20, height);
    mendSums(png);
    return png;
}

// The sides in the frame header (SOF0 or SOF2), each of two bytes.
Bytes claimingJpeg(Bytes jpeg, std::uint8_t high) {
    for (std::size_t at = 2; at + 9 < jpeg.size(); at += 2u + jpeg[at + 2] * 256u + jpeg[at + 3])
        if (jpeg[at + 1] == 0xc0 || jpeg[at + 1] == 0xc2) {
            jpeg[at + 5] = jpeg[at + 7] = high;
            break;
        }
    return jpeg;
}

Image gradient(std::int64_t height, std::int64_t width, std::int64_t channels) {
    Image image{{height, width, channels}, {}};
    for (std::int64_t y = 0; y < height; ++y)
        for (std::int64_t x = 0; x < width; ++x)
            for (std::int64_t c = 0; c < channels; ++c)
                image.values.push_back(std::uint8_t(c == 0 ? 10 * y : c == 1 ? 10 * x : 200 - 5 * (x + y)));
    return image;
}

Bytes colourPng(bool interlaced = false) {
    return encode({7, 9, 8, PNG_COLOR_TYPE_RGB, gradient(9, 7, 3).values, interlaced});
}

Bytes palettePng() {
    return encode({4,
                   1,
                   2,
                   PNG_COLOR_TYPE_PALETTE,
                   {0b00011011},
                   false,
                   {{255, 0, 0}, {0, 255, 0}, {0, 0, 200}, {9, 8, 7}},
                   {255, 255, 0}});
}

const Bytes& greys() {
    static const Bytes palette{0, 0, 0, 0, 100, 100, 100, 0, 255, 255, 255, 0};
    return palette;
}

// Small files of every kind and way of storing.
std::vector<Bytes> smallFiles() {
    const Image colours = gradient(9, 7, 3), grey = gradient(8, 8, 1);
    return {colourPng(),
            colourPng(true),
            palettePng(),
            encode({2, 2, 16, PNG_COLOR_TYPE_GRAY_ALPHA, Bytes(16, 77)}),
            jpeg(colours),
            jpeg(colours, true),
            jpeg(grey),
            bmp(2, 2, 24, {}, Bytes(16, 50)),
            bmp(5, 2, 8, greys(), {0, 1, 2, 1, 0, 0, 0, 0, 2, 2, 2, 0, 0, 0, 0, 0}),
            bmp(9, -1, 1, {1, 2, 3, 0, 4, 5, 6, 0}, {0b10100110, 0x80, 0, 0}),
            text("P2 # c\n3 2\n9\n0 9 3\n1 2 4"),
            text("P1\n3 2\n010 1 1 1"),
            text("P6\n2 1\n255\n") + Bytes{1, 2, 3, 4, 5, 6},
            text("P5\n2 1\n1000\n") + Bytes{3, 232, 1, 244},
            text("P4\n9 1\n") + Bytes{0b10100110, 0x80}};
}

// The image, or words that begin with its place.
Image decodedOrSaid(const Bytes& bytes) {
    try {
        return decodeImage(encoded(bytes));
    } catch (const base::Error& error) {
        CHECK(error.sentence().starts_with("here.img: "));
        return {};
    }
}

}  // namespace

TEST_CASE("PNG: every depth and kind of colour") {
    CHECK(pixelsOf(encode({9, 1, 1, PNG_COLOR_TYPE_GRAY, {0b10100110, 0x80}}), {1, 9, 1}) ==
          Bytes{255, 0, 255, 0, 0, 255, 255, 0, 255});
    CHECK(pixelsOf(encode({4, 1, 2, PNG_COLOR_TYPE_GRAY, {0b00011011}}), {1, 4, 1}) == Bytes{0, 85, 170, 255});
    CHECK(pixelsOf(encode({2, 1, 4, PNG_COLOR_TYPE_GRAY, {0x3f}}), {1, 2, 1}) == Bytes{51, 255});
    CHECK(pixelsOf(encode({2, 2, 8, PNG_COLOR_TYPE_GRAY, {1, 2, 3, 250}}), {2, 2, 1}) == Bytes{1, 2, 3, 250});
    // 0x8080 is 128 · 257, 0x80ff is 128.5 and rounds to the nearest.
    CHECK(pixelsOf(encode({3, 1, 16, PNG_COLOR_TYPE_GRAY, {0x80, 0x80, 0x80, 0x00, 0xff, 0xff}}), {1, 3, 1}) ==
          Bytes{128, 128, 255});
    CHECK(pixelsOf(encode({1, 1, 16, PNG_COLOR_TYPE_RGB, {10, 10, 20, 20, 30, 30}}), {1, 1, 3}) == Bytes{10, 20, 30});
    CHECK(pixelsOf(colourPng(), {9, 7, 3}) == gradient(9, 7, 3).values);
    CHECK(pixelsOf(colourPng(true), {9, 7, 3}) == gradient(9, 7, 3).values);
}

TEST_CASE("PNG: what is transparent lies on white, what is half so is half white") {
    const Bytes rgba{200, 100, 0, 255, 200, 100, 0, 0, 200, 100, 0, 51};
    CHECK(pixelsOf(encode({3, 1, 8, PNG_COLOR_TYPE_RGBA, rgba}), {1, 3, 3}) ==
          Bytes{200, 100, 0, 255, 255, 255, 244, 224, 204});
    CHECK(pixelsOf(encode({2, 1, 8, PNG_COLOR_TYPE_GRAY_ALPHA, {0, 255, 0, 51}}), {1, 2, 1}) == Bytes{0, 204});
    CHECK(pixelsOf(palettePng(), {1, 4, 3}) == Bytes{255, 0, 0, 0, 255, 0, 255, 255, 255, 9, 8, 7});
}

TEST_CASE("masks get the numbers that are stored, not the colours") {
    CHECK(pixelsOf(palettePng(), {1, 4, 1}, Pixels::Stored) == Bytes{0, 1, 2, 3});
    CHECK(pixelsOf(encode({2, 1, 4, PNG_COLOR_TYPE_GRAY, {0x3f}}), {1, 2, 1}, Pixels::Stored) == Bytes{3, 15});
    CHECK(pixelsOf(encode({2, 1, 8, PNG_COLOR_TYPE_GRAY_ALPHA, {7, 0, 8, 9}}), {1, 2, 1}, Pixels::Stored) ==
          Bytes{7, 8});
    const Bytes colours{1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0};
    CHECK(pixelsOf(bmp(3, 1, 8, colours, {2, 0, 1, 0}), {1, 3, 1}, Pixels::Stored) == Bytes{2, 0, 1});
    CHECK(pixelsOf(text("P2 2 1 9 4 9"), {1, 2, 1}, Pixels::Stored) == Bytes{4, 9});
    CHECK(pixelsOf(text("P1 2 1 01"), {1, 2, 1}, Pixels::Stored) == Bytes{0, 1});
    CHECK(says(refusal(jpeg(gradient(8, 8, 1)), Pixels::Stored), "JPEG changes values"));
    CHECK(says(refusal(encode({1, 1, 16, PNG_COLOR_TYPE_GRAY, {1, 2}}), Pixels::Stored), "16 bits. Save it with 8"));
    CHECK(says(refusal(text("P2 1 1 999 4"), Pixels::Stored), "16 bits. Save it with 8"));
}

TEST_CASE("JPEG: grey and colour, in one pass and in several, within what it changes") {
    const auto near = [](const Bytes& a, const Bytes& b) {
        REQUIRE(a.size() == b.size());
        int most = 0;
        for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(int{a[i]} - int{b[i]}));
        return most;
    };
    const Image colours = gradient(9, 7, 3), grey = gradient(20, 16, 1);
    CHECK(near(pixelsOf(jpeg(colours), {9, 7, 3}), colours.values) <= 3);
    CHECK(near(pixelsOf(jpeg(colours, true), {9, 7, 3}), colours.values) <= 3);
    CHECK(near(pixelsOf(jpeg(grey), {20, 16, 1}), grey.values) <= 1);
    const Image four{{8, 8, 4}, Bytes(256, 90)};
    CHECK(says(refusal(jpeg(four, false, JCS_CMYK)), "those of printing (CMYK). Save it as RGB"));
}

TEST_CASE("BMP: from below and from above, of every depth") {
    const Bytes two{1, 2, 3, 0, 4, 5, 6, 0};
    CHECK(pixelsOf(bmp(9, 1, 1, two, {0b01000000, 0x80, 0, 0}), {1, 9, 3}) ==
          Bytes{3, 2, 1, 6, 5, 4, 3, 2, 1, 3, 2, 1, 3, 2, 1, 3, 2, 1, 3, 2, 1, 3, 2, 1, 6, 5, 4});
    CHECK(pixelsOf(bmp(3, 1, 4, greys(), {0x12, 0x00, 0, 0}), {1, 3, 1}) == Bytes{100, 255, 0});
    const Bytes rows{1, 0, 0, 0, 2, 1, 0, 0};
    CHECK(pixelsOf(bmp(2, 2, 8, greys(), rows), {2, 2, 1}) == Bytes{255, 100, 100, 0});
    CHECK(pixelsOf(bmp(2, -2, 8, greys(), rows), {2, 2, 1}) == Bytes{100, 0, 255, 100});
    CHECK(pixelsOf(bmp(1, 2, 24, {}, {1, 2, 3, 0, 4, 5, 6, 0}), {2, 1, 3}) == Bytes{6, 5, 4, 3, 2, 1});
    CHECK(pixelsOf(bmp(1, 1, 32, {}, {1, 2, 3, 99}), {1, 1, 3}) == Bytes{3, 2, 1});
    const Bytes masks = little(0xff0000) + little(0xff00) + little(0xff);
    CHECK(pixelsOf(bmp(1, 1, 32, masks, {1, 2, 3, 99}, 3), {1, 1, 3}) == Bytes{3, 2, 1});
    const Bytes old = text("BM") + little(0) + little(0) + little(32) + little(12) + little(1, 2) + little(1, 2) +
                      little(1, 2) + little(1, 2) + Bytes{1, 2, 3, 4, 5, 6} + Bytes{0x80, 0, 0, 0};
    CHECK(pixelsOf(old, {1, 1, 3}) == Bytes{6, 5, 4});
    CHECK(says(refusal(bmp(2, 2, 16, {}, Bytes(8, 0))), "a bitmap of 16 bits a pixel is not read. Save it as PNG."));
    CHECK(says(refusal(bmp(2, 2, 8, greys(), rows, 1)), "a compressed bitmap is not read. Save it as PNG."));
    CHECK(refusal(bmp(2, 2, 8, greys(), {1, 0, 0, 0, 2, 3, 0, 0})) == damaged);  // there is no colour 3
}

TEST_CASE("PBM, PGM and PPM: as text and as bytes, scaled to 255, with comments") {
    CHECK(pixelsOf(text("P1\n# black is 1\n3 2\n010\n1 1 1"), {2, 3, 1}) == Bytes{255, 0, 255, 0, 0, 0});
    CHECK(pixelsOf(text("P2 #\n3 1 # w h\n9\n0 9 # in between\n3"), {1, 3, 1}) == Bytes{0, 255, 85});
    CHECK(pixelsOf(text("P2 1 1 65535 32768"), {1, 1, 1}) == Bytes{128});
    CHECK(pixelsOf(text("P3 2 1 255 1 2 3 4 5 255"), {1, 2, 3}) == Bytes{1, 2, 3, 4, 5, 255});
    CHECK(pixelsOf(text("P4 9 2\n") + Bytes{0b10100110, 0x80, 0, 0}, {2, 9, 1}) ==
          Bytes{0, 255, 0, 255, 255, 0, 0, 255, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255});
    CHECK(pixelsOf(text("P5 2 1 100\n") + Bytes{50, 100}, {1, 2, 1}) == Bytes{128, 255});
    CHECK(pixelsOf(text("P5 2 1 1000\n") + Bytes{3, 232, 1, 244}, {1, 2, 1}) == Bytes{255, 128});
    CHECK(pixelsOf(text("P6\n2 1\n255\n") + Bytes{1, 2, 3, 4, 5, 6}, {1, 2, 3}) == Bytes{1, 2, 3, 4, 5, 6});
    CHECK(refusal(text("P5 2 1 100\n") + Bytes{50, 101}) == damaged);
    CHECK(refusal(text("P2 2 1 100 50 x")) == damaged);
    CHECK(refusal(text("P1 2 1 2 0")) == damaged);
    CHECK(refusal(text("P5 2 1 70000\n") + Bytes{1, 2, 3, 4}) == damaged);
}

TEST_CASE("what is no image is named for what it is") {
    CHECK(refusal({}) == "here.img: the file is empty. Get it again from its source.");
    CHECK(says(refusal(text("<!DOCTYPE html><p>404")), "this is a web page (HTML), no image that can be read"));
    CHECK(says(refusal(text("GIF89a......")), "this is a GIF picture, no image"));
    CHECK(says(refusal(text("version https://git-lfs.github.com/spec/v1")), "a Git LFS pointer"));
    CHECK(says(refusal(text("BMW drives")), "this is no image. Choose a PNG, JPEG, BMP or PPM file"));
    CHECK(says(refusal(text("P7\nWIDTH 3")), "this is no image."));
}

TEST_CASE("sizes are bounded before anything is decoded") {
    const Bytes png = colourPng();
    CHECK(
        says(refusal(claiming(png, 20000, 9)), "20000 x 9 pixels, and the most are 16384 a side and 67108864 in all"));
    CHECK(says(refusal(claiming(png, 16384, 16384)), "16384 x 16384 pixels, and the most"));
    CHECK(says(refusal(claiming(png, 0, 9)), "the image has no pixels"));
    CHECK(says(refusal(claiming(png, 0xffffffff, 9)), "4294967295 x 9 pixels"));
    CHECK(says(refusal(claimingJpeg(jpeg(gradient(9, 7, 3)), 0xff)), "pixels, and the most"));
    CHECK(says(refusal(text("P5 999999999999 999999999999 255\n")), "the most are"));
    CHECK(says(refusal(text("P5 0 3 255\n")), "the image has no pixels"));
    CHECK(says(refusal(bmp(20000, 2, 24, {}, Bytes(16, 0))), "20000 x 2 pixels"));
    CHECK(says(refusal(bmp(2, -2147483648LL, 24, {}, Bytes(16, 0))), "2147483648 pixels"));
    CHECK(says(refusal(bmp(-2, 2, 24, {}, Bytes(16, 0))), "the image has no pixels"));
    CHECK(refusal(text("P5 16000 4000 255\n")) == damaged);
    CHECK(refusal(bmp(16000, 4000, 24, {}, Bytes(16, 0))) == damaged);
}

TEST_CASE("what is stored in passes needs memory, and has a bound of its own") {
    CHECK(says(refusal(claiming(colourPng(true), 5000, 5000)), "5000 x 5000 pixels are stored in several passes"));
    CHECK(says(refusal(claimingJpeg(jpeg(gradient(9, 7, 3), true), 0x1f)), "stored in several passes"));
    CHECK(refusal(claimingJpeg(jpeg(gradient(9, 7, 3)), 0x0f)) != "");
}

TEST_CASE("an image too large to be whole is made smaller row by row") {
    const std::uint32_t side = 4104;
    const Bytes big = encode({side, side, 1, PNG_COLOR_TYPE_GRAY, Bytes(side * side / 8, 0b00010001)});
    CHECK(says(refusal(big), "4104 x 4104 pixels, too many to be shown whole"));
    const Image small = fitImage(*openImage(encoded(big)), {{2, 2, 1}, Resize::Stretch});
    CHECK(small.values == Bytes{64, 64, 64, 64});  // 255 / 4
}

TEST_CASE("a PNG's texts and profiles are not unpacked") {
    Bytes png = colourPng();
    Bytes bomb(compressBound(1 << 20));
    uLongf count = bomb.size();
    const Bytes zeros(1 << 20, 0);
    compress2(bomb.data(), &count, zeros.data(), zeros.size(), 9);
    bomb.resize(count);
    const Bytes content = text(std::string("zTXtbomb") + '\0' + '\0') + bomb;
    Bytes chunk(4);
    put(chunk, 0, std::uint32_t(content.size() - 4));
    chunk = chunk + content + Bytes(4);
    png.insert(png.begin() + 33, chunk.begin(), chunk.end());
    mendSums(png);
    CHECK(pixelsOf(png, {9, 7, 3}) == gradient(9, 7, 3).values);
}

TEST_CASE("fitting: means where it shrinks, lines where it grows") {
    const Image row{{1, 4, 1}, {10, 20, 40, 80}};
    const auto across = [&](std::int64_t width) { return fitImage(row, {{1, width, 1}, Resize::Stretch}).values; };
    CHECK(across(4) == row.values);
    CHECK(across(2) == Bytes{15, 60});
    CHECK(across(1) == Bytes{38});  // 37.5
    // Thirds: (10 + 20 / 3) · 3/4, (2/3 · 20 + 2/3 · 40) · 3/4, (40 / 3 + 80) · 3/4.
    CHECK(across(3) == Bytes{13, 30, 70});
    // Middles of the new pixels lie at 0.25, 0.75, 1.25 … of the old ones.
    CHECK(across(8) == Bytes{10, 13, 18, 25, 35, 50, 70, 80});
    const Image column{{4, 1, 1}, row.values};
    CHECK(fitImage(column, {{2, 1, 1}, Resize::Stretch}).values == Bytes{15, 60});
    CHECK(fitImage(column, {{8, 1, 1}, Resize::Stretch}).values == across(8));
    const Image square{{2, 2, 1}, {0, 100, 200, 40}};
    CHECK(fitImage(square, {{1, 1, 1}, Resize::Stretch}).values == Bytes{85});
    CHECK(fitImage(square, {{3, 3, 1}, Resize::Stretch}).values == Bytes{0, 50, 100, 100, 85, 70, 200, 120, 40});
}

TEST_CASE("fitting: the middle is cut out, or the rest stays empty") {
    const Image wide{{2, 4, 1}, {1, 2, 3, 4, 5, 6, 7, 8}};
    CHECK(fitImage(wide, {{2, 2, 1}, Resize::Crop}).values == Bytes{2, 3, 6, 7});
    CHECK(fitImage(wide, {{1, 1, 1}, Resize::Crop}).values == Bytes{5});  // 4.5
    CHECK(fitImage(wide, {{4, 4, 1}, Resize::Pad}).values == Bytes{0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0});
    const Image tall{{4, 2, 1}, {1, 2, 3, 4, 5, 6, 7, 8}};
    CHECK(fitImage(tall, {{2, 2, 1}, Resize::Crop}).values == Bytes{3, 4, 5, 6});
    CHECK(fitImage(tall, {{4, 4, 1}, Resize::Pad}).values == Bytes{0, 1, 2, 0, 0, 3, 4, 0, 0, 5, 6, 0, 0, 7, 8, 0});
    // Half of the first and the last column stands out.
    const Image odd{{1, 3, 1}, {10, 100, 200}};
    CHECK(fitImage(odd, {{1, 1, 1}, Resize::Crop}).values == Bytes{100});
    CHECK(fitImage({{2, 3, 1}, {10, 100, 200, 10, 100, 200}}, {{1, 1, 1}, Resize::Crop}).values ==
          Bytes{103});  // 102.5
    CHECK(fitImage({{1, 1000, 1}, Bytes(1000, 9)}, {{4, 4, 1}, Resize::Pad}).values.size() == 16);
}

TEST_CASE("fitting: grey and colours become each other, numbers of classes stay what they are") {
    const Image colours{{1, 3, 3}, {255, 0, 0, 0, 255, 0, 0, 0, 255}};
    CHECK(fitImage(colours, {{1, 3, 1}}).values == Bytes{76, 150, 29});
    CHECK(fitImage({{1, 2, 1}, {7, 8}}, {{1, 2, 3}}).values == Bytes{7, 7, 7, 8, 8, 8});
    const Image mask{{1, 4, 1}, {0, 9, 3, 200}};
    CHECK(fitImage(mask, {{1, 2, 1}, Resize::Stretch, true}).values == Bytes{9, 200});
    CHECK(fitImage(mask, {{2, 8, 1}, Resize::Stretch, true}).values ==
          Bytes{0, 0, 9, 9, 3, 3, 200, 200, 0, 0, 9, 9, 3, 3, 200, 200});
}

TEST_CASE("files: named when they cannot be opened, and a pipe does not block") {
    support::Folder folder;
    const Bytes png = colourPng();
    support::writeContent(folder / "a.jpg", std::string(png.begin(), png.end()));
    CHECK(ImageFile(folder / "a.jpg").size() == ImageSize{9, 7, 3});  // the name does not count
    REQUIRE(::mkfifo((folder / "pipe.png").c_str(), 0600) == 0);
    const auto saidOf = [&](const std::string& name) {
        try {
            ImageFile file(folder / name);
            return std::string();
        } catch (const base::Error& error) {
            return error.sentence();
        }
    };
    CHECK(says(saidOf("pipe.png"), "pipe.png: this is not a plain file but a pipe"));
    CHECK(says(saidOf("gone.png"), "gone.png: there is no such file"));
}

TEST_CASE("a file cut off anywhere is refused or gives the image that was in it") {
    for (const Bytes& whole : smallFiles()) {
        const Image image = decodeImage(encoded(whole));
        std::size_t refused = 0;
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const Image cut = decodedOrSaid(Bytes(whole.begin(), whole.begin() + std::ptrdiff_t(length)));
            refused += cut.values.empty();
            if (!cut.values.empty()) CHECK(cut.values == image.values);
        }
        CAPTURE(whole.size());
        CHECK(refused + 20 >= whole.size());  // the last check sums and marks are no pixels
    }
}

TEST_CASE("damaged files give an image or words") {
    base::RandomStream random(7, 1);
    std::size_t sound = 0, refused = 0;
    for (const Bytes& whole : smallFiles())
        for (int i = 0; i < 2000; ++i) {
            Bytes bytes = whole;
            for (std::uint32_t n = 1 + random.below(4); n > 0; --n)
                bytes[random.below(std::uint32_t(bytes.size()))] = std::uint8_t(random.bits());
            if (i % 2 && bytes[0] == 0x89) mendSums(bytes);
            const Image image = decodedOrSaid(bytes);
            CHECK(image.values.size() == (image.values.empty() ? 0 : image.size.values()));
            (image.values.empty() ? refused : sound) += 1;
        }
    CHECK(sound > 1000);
    CHECK(refused > 1000);
}
