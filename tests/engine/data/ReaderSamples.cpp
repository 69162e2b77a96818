#include "tests/engine/data/ReaderSamples.h"

#include <zlib.h>

#include "tests/support/Folder.h"
#include "tests/support/Jpeg.h"
#include "tests/support/Npy.h"
#include "tests/support/Npz.h"

namespace perceptory {

namespace {

using Bytes = std::string;

Bytes bigEndian(std::uint32_t value) { return {char(value >> 24), char(value >> 16), char(value >> 8), char(value)}; }

Bytes littleEndian(std::uint32_t value) {
    return {char(value), char(value >> 8), char(value >> 16), char(value >> 24)};
}

Bytes gzip(const Bytes& bytes) {
    const support::Folder folder;
    gzFile file = gzopen((folder / "packed").c_str(), "wb");
    gzwrite(file, bytes.data(), unsigned(bytes.size()));
    gzclose(file);
    return support::contentOf(folder / "packed");
}

// A ramp of bytes.
Bytes ramp(int count) {
    Bytes bytes;
    for (int i = 0; i < count; ++i) bytes += char(i * 7);
    return bytes;
}

Bytes idxImages() { return Bytes("\0\0\x08\x03", 4) + bigEndian(3) + bigEndian(2) + bigEndian(2) + ramp(12); }
Bytes idxLabels() { return Bytes("\0\0\x08\x01", 4) + bigEndian(3) + Bytes("\0\1\0", 3); }

Bytes chunk(const Bytes& type, const Bytes& data) {
    const Bytes body = type + data;
    const auto sum = crc32(0, reinterpret_cast<const Bytef*>(body.data()), uInt(body.size()));
    return bigEndian(std::uint32_t(data.size())) + body + bigEndian(std::uint32_t(sum));
}

// Grey, 4 × 2.
Bytes png() {
    const Bytes rows = Bytes(1, '\0') + ramp(4) + Bytes(1, '\0') + ramp(4);
    Bytes packed(200, '\0');
    uLongf size = packed.size();
    compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(rows.data()), rows.size());
    packed.resize(size);
    const Bytes header = bigEndian(4) + bigEndian(2) + Bytes("\x08\0\0\0\0", 5);
    return "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) + chunk("IDAT", packed) + chunk("IEND", "");
}

// 24 bits a pixel, 4 × 2.
Bytes bmp() {
    const Bytes information = littleEndian(40) + littleEndian(4) + littleEndian(2) + Bytes("\1\0\x18\0", 4) +
                              littleEndian(0) + littleEndian(24) + Bytes(16, '\0');
    return "BM" + littleEndian(78) + littleEndian(0) + littleEndian(54) + information + ramp(24);
}

Bytes jpg() {
    data::Image image{{2, 4, 3}, {}};
    for (const char value : ramp(24)) image.values.push_back(std::uint8_t(value));
    const auto bytes = support::jpeg(image);
    return {bytes.begin(), bytes.end()};
}

Bytes ppm() { return "P6 4 2 255\n" + ramp(24); }
Bytes pgm(int value) { return "P5 4 2 255\n" + Bytes(8, char(value)); }

Bytes npyOfFloats() { return support::npyOf<float>("<f4", {3, 2}, {1, 2, 3, 4, 5, 6}); }
Bytes npyOfClasses() { return support::npyOf<std::int64_t>("<i8", {3}, {0, 1, 0}); }

Bytes npz(bool packed) {
    const support::Folder folder;
    support::writeNpz(folder / "a.npz", {{"x", npyOfFloats()}, {"y", npyOfClasses()}}, packed);
    return support::contentOf(folder / "a.npz");
}

std::vector<ReaderSample> arrays() {
    const Bytes bytes = support::npyOf<std::uint8_t>("|u1", {1, 6}, {1, 2, 3, 4, 5, 6});
    return {{{{"x.npy", npyOfFloats()}, {"y.npy", npyOfClasses()}}, {}, {{"x", "x.npy"}}, {{"y", "y.npy"}}},
            {{{"a.npz", npz(false)}}, {"a.npz"}},
            {{{"a.npz", npz(true)}}, {}, {{"x", "a.npz:x"}}, {{"y", "a.npz:y"}}},
            {{{"cat.npy", bytes}, {"train.npy", bytes}},
             {"cat.npy", "train.npy"},
             {},
             {},
             {{"label", "file"}, {"shape", "1x2x3"}}}};
}

}  // namespace

std::vector<ReaderSample> readerSamples(const std::string& id) {
    const Bytes table = "day;a;\"b \"\"c\"\"\";kind\n2024-01-01;1,5;2;x\n2024-01-02;?;-4e2;y\n2024-01-03;5;6;x\n";
    if (id == "csv") return {{{{"t.csv", table}}, {"t.csv"}}};
    if (id == "ratings") return {{{{"r.csv", "user,item,rating,time\n7,b,4.5,1\n3,a,2,2\n7,a,3,3\n"}}, {"r.csv"}}};
    if (id == "windows")
        return {
            {{{"t.csv", "day,v,w\n2024-01-01,1,2\n2024-01-02,3,?\n2024-01-03,5,6\n2024-01-04,7,8\n2024-01-05,9,1\n"}},
             {"t.csv"},
             {},
             {},
             {{"length", 2}, {"columns", "w"}}}};
    if (id == "text_lines")
        return {{{{"a.txt", "ab\r\nc\xc3\xa4\n"}, {"b.txt", "\xef\xbb\xbfno tab\n"}}, {"a.txt", "b.txt"}},
                {{{"a.tsv", "ham\tIt's so, so\nspam\tbuy \xe2\x82\xac now\n"}},
                 {"a.tsv"},
                 {},
                 {},
                 {{"label", "first_column"}, {"unit", "word"}, {"vocabulary", 3}}}};
    if (id == "idx")
        return {{{{"i", idxImages()}, {"l", idxLabels()}}, {"i", "l"}},
                {{{"i.gz", gzip(idxImages())}, {"l.gz", gzip(idxLabels())}}, {"i.gz", "l.gz"}}};
    if (id == "cifar10") return {{{{"b.bin", Bytes(1, '\3') + ramp(3072) + Bytes(1, '\0') + ramp(3072)}}, {"b.bin"}}};
    if (id == "cifar100") return {{{{"b.bin.gz", gzip(Bytes("\3\x20") + ramp(3072))}}, {"b.bin.gz"}}};
    if (id == "npy") return arrays();
    if (id == "image_folder")
        return {{{{"a/1.png", png()}, {"a/2.bmp", bmp()}, {"b/3.ppm", ppm()}, {"b/4.jpg", jpg()}}, {""}}};
    if (id == "image_masks")
        return {{{{"images/1.png", png()}, {"masks/1.pgm", pgm(0)}, {"images/2.ppm", ppm()}, {"masks/2.pgm", pgm(1)}},
                 {""}}};
    return {};
}

}  // namespace perceptory
