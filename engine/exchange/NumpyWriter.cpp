#include "engine/exchange/Numpy.h"

#include <zlib.h>

#include <bit>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::exchange {

namespace {

static_assert(std::endian::native == std::endian::little, "arrays are copied from memory, which is little-endian");

void put(std::string& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

std::string shapeTuple(const std::vector<std::int64_t>& shape) {
    std::string text;
    for (const std::int64_t size : shape) text += std::to_string(size) + ", ";
    if (shape.size() > 1) text.resize(text.size() - 2);
    return "(" + text + ")";
}

struct ZipEntry {
    const ArchiveEntry& entry;
    std::uint32_t crc;
    std::uint64_t offset;
};

// What local and central headers have in common: versions, flags, method 0, a fixed date, sum, sizes, name length.
void putFacts(std::string& out, const ZipEntry& zip) {
    put(out, 20, 2);
    put(out, 0, 2);
    put(out, 0, 2);
    put(out, 0, 2);
    put(out, (1 << 5) | 1, 2);  // 1 January 1980: equal weights are equal files
    put(out, zip.crc, 4);
    put(out, zip.entry.bytes.size(), 4);
    put(out, zip.entry.bytes.size(), 4);
    put(out, zip.entry.name.size(), 2);
    put(out, 0, 2);
}

void putCentral(std::string& out, const ZipEntry& zip) {
    put(out, 0x02014b50, 4);
    put(out, 20, 2);
    putFacts(out, zip);
    put(out, 0, 2);
    put(out, 0, 2);
    put(out, 0, 2);
    put(out, 0, 4);
    put(out, zip.offset, 4);
    out += zip.entry.name;
}

}  // namespace

std::string npyBytes(const std::vector<std::int64_t>& shape, std::span<const float> values) {
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shapeTuple(shape) + ", }";
    constexpr std::size_t before = 10, alignment = 64;
    const std::size_t rest = (before + header.size() + 1) % alignment;
    header.append(rest ? alignment - rest : 0, ' ');
    header += '\n';
    std::string out("\x93NUMPY\x01\x00", 8);
    put(out, header.size(), 2);
    out += header;
    return out.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
}

std::string zipBytes(const std::vector<ArchiveEntry>& entries) {
    std::string out, central;
    for (const ArchiveEntry& entry : entries) {
        if (out.size() + entry.bytes.size() > 0xf0000000u || entries.size() > 0xfff0)
            throw base::Error(
                base::sentence("The weights are too many for a NumPy archive. Export them as safetensors."));
        const auto* bytes = reinterpret_cast<const Bytef*>(entry.bytes.data());
        const ZipEntry zip{entry, static_cast<std::uint32_t>(crc32_z(0, bytes, entry.bytes.size())), out.size()};
        putCentral(central, zip);
        put(out, 0x04034b50, 4);
        putFacts(out, zip);
        out += entry.name + entry.bytes;
    }
    const std::size_t start = out.size();
    out += central;
    put(out, 0x06054b50, 4);
    put(out, 0, 4);
    put(out, entries.size(), 2);
    put(out, entries.size(), 2);
    put(out, central.size(), 4);
    put(out, start, 4);
    put(out, 0, 2);
    return out;
}

}  // namespace perceptory::exchange
