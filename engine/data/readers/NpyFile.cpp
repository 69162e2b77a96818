#include "engine/data/readers/NpyFile.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <ranges>

#include "engine/base/Error.h"
#include "engine/base/FileKind.h"
#include "engine/base/Text.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

namespace {

static_assert(std::endian::native == std::endian::little, "numbers of the other order are turned round");

constexpr std::int64_t largestHeader = 1 << 16;
constexpr std::size_t pieceBytes = 1 << 20;

[[noreturn]] void refuse(const std::string& path, const std::string& reason, const std::string& fix) {
    throw base::Error(base::sentence("{0}: {1} {2}", path, reason, fix));
}

[[noreturn]] void refuseHeader(const std::string& path) {
    refuse(path, base::sentence("Its header is damaged."), base::sentence("Write it again with numpy.save."));
}

// The text behind 'KEY': in the header, which is a Python dictionary.
std::string_view entry(std::string_view header, const std::string& key, const std::string& path) {
    const std::size_t found = header.find("'" + key + "'");
    if (found == std::string_view::npos) refuseHeader(path);
    std::string_view rest = header.substr(found + key.size() + 2);
    const std::size_t start = rest.find_first_not_of(": ");
    if (start == std::string_view::npos) refuseHeader(path);
    return rest.substr(start);
}

std::string typeOf(std::string_view header, const std::string& path) {
    const std::string_view text = entry(header, "descr", path);
    if (text.front() != '\'')
        refuse(path, base::sentence("It holds records, not plain numbers."),
               base::sentence("Save one array of numbers."));
    const std::size_t end = text.find('\'', 1);
    if (end == std::string_view::npos) refuseHeader(path);
    return std::string(text.substr(1, end - 1));
}

std::vector<std::int64_t> shapeOf(std::string_view header, const std::string& path) {
    const std::string_view text = entry(header, "shape", path);
    const std::size_t end = text.find(')');
    if (text.front() != '(' || end == std::string_view::npos) refuseHeader(path);
    std::vector<std::int64_t> shape;
    bool inside = false;
    for (const char c : text.substr(1, end - 1)) {
        if (c >= '0' && c <= '9') {
            if (!inside) shape.push_back(0);
            inside = true;
            if (shape.back() > (std::int64_t{1} << 50)) refuseHeader(path);
            shape.back() = 10 * shape.back() + (c - '0');
        } else if (c == ',' || c == ' ') {
            inside = false;
        } else {
            refuseHeader(path);
        }
    }
    if (shape.empty())
        refuse(path, base::sentence("It holds a single number, not rows."), base::sentence("Save an array of rows."));
    return shape;
}

template <class T, class Stored>
T as(const std::byte* bytes) {
    Stored value;
    std::memcpy(&value, bytes, sizeof value);
    return static_cast<T>(value);
}

struct Header {
    std::string text;
    std::int64_t end = 0;  // where the numbers begin
};

Header readHeader(ByteSource& file) {
    const std::string head = file.head(12);
    if (head.size() < 12 || !head.starts_with("\x93NUMPY")) {
        const std::string kind = base::foreignKind(file.head(4096));
        refuse(file.place(),
               kind.empty() ? base::sentence("This is no array of NumPy.") : base::sentence("This is {0}.", kind),
               base::sentence("Choose a file that numpy.save wrote."));
    }
    const auto byte = [&](std::size_t i) { return static_cast<std::int64_t>(static_cast<unsigned char>(head[i])); };
    const bool first = byte(6) == 1;
    const std::int64_t start = first ? 10 : 12;
    const std::int64_t length = byte(8) | byte(9) << 8 | (first ? 0 : byte(10) << 16 | byte(11) << 24);
    if (length > largestHeader || start + length > file.size()) refuseHeader(file.place());
    return {file.head(start + length).substr(static_cast<std::size_t>(start)), start + length};
}

}  // namespace

NpyFile::NumberType NpyFile::numberType(const std::string& text, const std::string& path) {
    NumberType type;
    if (text.size() == 3) type = {text[1], text[2] - '0', text[0] == '>'};
    const bool known =
        (type.kind == 'f' && (type.bytes == 4 || type.bytes == 8)) ||
        ((type.kind == 'i' || type.kind == 'u') && std::has_single_bit(unsigned(type.bytes)) && type.bytes <= 8) ||
        (type.kind == 'b' && type.bytes == 1);
    if (!known)
        refuse(path, base::sentence("Its numbers are of the type \"{0}\", which is not read.", quotable(text)),
               base::sentence("Save it as float32 or int64, with array.astype."));
    return type;
}

template <class T>
T NpyFile::numberAt(const std::byte* bytes, const NumberType& type) {
    switch (type.kind) {
        case 'f':
            return type.bytes == 4 ? as<T, float>(bytes) : as<T, double>(bytes);
        case 'i':
            return type.bytes == 1   ? as<T, std::int8_t>(bytes)
                   : type.bytes == 2 ? as<T, std::int16_t>(bytes)
                   : type.bytes == 4 ? as<T, std::int32_t>(bytes)
                                     : as<T, std::int64_t>(bytes);
        default:
            return type.bytes == 1   ? as<T, std::uint8_t>(bytes)
                   : type.bytes == 2 ? as<T, std::uint16_t>(bytes)
                   : type.bytes == 4 ? as<T, std::uint32_t>(bytes)
                                     : as<T, std::uint64_t>(bytes);
    }
}

NpyFile::NpyFile(const ArrayPath& where) : m_bytes(openArray(where)) {
    const std::string& path = m_bytes->place();
    const Header header = readHeader(*m_bytes);
    if (!entry(header.text, "fortran_order", path).starts_with("False"))
        refuse(path, base::sentence("Its numbers lie in Fortran's order."),
               base::sentence("Save numpy.ascontiguousarray(array)."));
    m_type = numberType(typeOf(header.text, path), path);
    m_shape = shapeOf(header.text, path);
    m_first = header.end;
    const std::int64_t most = (m_bytes->size() - header.end) / m_type.bytes;
    // From the last size on, as rowSize() multiplies: a size of 0 must not hide an overflow.
    std::int64_t count = 1;
    for (const std::int64_t size : std::views::reverse(m_shape))
        if (__builtin_mul_overflow(count, size, &count)) refuseHeader(path);
    if (count > most)
        refuse(path,
               base::sentence("Its header promises {0}, but there are {1} of them, so it is cut off.",
                              base::counted("{0} number", "{0} numbers", count), most),
               base::sentence("Copy it again, or save it again with numpy.save."));
    if (const std::int64_t more = m_bytes->size() - header.end - count * m_type.bytes; more > 0)
        refuse(path,
               base::sentence("It goes on for {0} behind the last number of its array.",
                              base::counted("{0} byte", "{0} bytes", more)),
               base::sentence("Save it again with numpy.save, one array to a file."));
}

std::int64_t NpyFile::rowSize() const {
    std::int64_t product = 1;
    for (const std::int64_t size : m_shape | std::views::drop(1) | std::views::reverse) product *= size;
    return product;
}

std::string NpyFile::placeOf(std::int64_t row, std::size_t value) const {
    if (m_shape.size() <= 2) return base::sentence("row {0}, column {1}", row + 1, value + 1);
    std::string place;
    for (const std::int64_t size : m_shape | std::views::drop(1) | std::views::reverse) {
        const auto axis = static_cast<std::size_t>(size);
        place = std::to_string(value % axis + 1) + (place.empty() ? "" : ", ") + place;
        value /= axis;
    }
    return base::sentence("row {0}, place ({1})", row + 1, place);
}

template <class T>
void NpyFile::readNumbers(std::int64_t firstRow, std::span<T> into) const {
    constexpr T exactUpTo = 1 << 24;
    const bool wide = whole() && m_type.bytes >= 4;
    const auto size = static_cast<std::size_t>(m_type.bytes);
    std::int64_t offset = m_first + firstRow * rowSize() * m_type.bytes;
    std::vector<std::byte> piece(std::min(pieceBytes, into.size() * size));
    for (std::size_t done = 0; done < into.size();) {
        const std::size_t count = std::min(into.size() - done, pieceBytes / size);
        m_bytes->read(offset, std::span(piece).first(count * size));
        for (std::size_t i = 0; i < count; ++i) {
            std::byte* number = piece.data() + i * size;
            if (m_type.turned) std::reverse(number, number + size);
            const T value = into[done + i] = numberAt<T>(number, m_type);
            if (!wide || (value < exactUpTo && value > -exactUpTo) || !m_rounded.empty()) continue;
            if (const double exact = numberAt<double>(number, m_type);
                static_cast<double>(static_cast<T>(exact)) != exact)
                m_rounded = placeOf(firstRow + static_cast<std::int64_t>(done + i) / rowSize(),
                                    (done + i) % static_cast<std::size_t>(rowSize()));
        }
        done += count;
        offset += static_cast<std::int64_t>(count * size);
    }
}

void NpyFile::read(std::int64_t firstRow, std::span<float> into) const { readNumbers(firstRow, into); }

void NpyFile::read(std::int64_t firstRow, std::span<double> into) const { readNumbers(firstRow, into); }

void NpyFile::read(std::int64_t firstRow, std::span<std::uint8_t> into) const {
    m_bytes->read(m_first + firstRow * rowSize(), std::as_writable_bytes(into));
}

}  // namespace perceptory::data
