#include <algorithm>
#include <array>
#include <cstring>

#include "engine/base/Error.h"
#include "engine/base/FileKind.h"
#include "engine/base/Json.h"
#include "engine/base/RegularFile.h"
#include "engine/base/Text.h"
#include "engine/exchange/HalfFloats.h"
#include "engine/exchange/Safetensors.h"

namespace perceptory::exchange {

using base::Error;
using base::Json;
using tensor::Precision;

namespace {

constexpr std::int64_t largestHeader = 16 << 20;
constexpr std::size_t mostDimensions = 8;

// A kind of number: bytes in the file, and how it is held.
struct NumberType {
    std::string_view name;
    std::int64_t bytes;
    Precision precision;
    double (*decode)(const std::byte*);  // null: the same in memory
};

template <class Stored, class Function>
double decoded(const std::byte* bytes, Function function) {
    Stored stored;
    std::memcpy(&stored, bytes, sizeof stored);
    return static_cast<double>(function(stored));
}

constexpr std::array numberTypes{
    NumberType{"F32", 4, Precision::Float32, nullptr},
    NumberType{"F64", 8, Precision::Float64, nullptr},
    NumberType{"F16", 2, Precision::Float32,
               [](const std::byte* b) { return decoded<std::uint16_t>(b, floatFromHalf); }},
    NumberType{"BF16", 2, Precision::Float32,
               [](const std::byte* b) { return decoded<std::uint16_t>(b, floatFromBrainHalf); }},
    NumberType{"I64", 8, Precision::Float64,
               [](const std::byte* b) { return decoded<std::int64_t>(b, [](std::int64_t i) { return i; }); }},
};

struct Entry {
    std::string name;
    const NumberType* type = nullptr;
    tensor::Shape shape;
    std::int64_t begin = 0, end = 0;  // from the end of the header
    std::int64_t count = 0;
};

class Reader {
public:
    explicit Reader(const std::string& path) : m_file(path) {}

    tensor::NamedTensors read() {
        const Json header = readHeader();
        for (const auto& [name, value] : header.items())
            if (name != "__metadata__") m_entries.push_back(readEntry(name, value));
        checkPlaces();
        tensor::NamedTensors result;
        for (const Entry& entry : m_entries) result.push_back({entry.name, entry.shape, readValues(entry)});
        return result;
    }

private:
    [[noreturn]] void refuse(const std::string& reason) const {
        throw Error(
            base::sentence("{0}: this is not a sound safetensors file: {1}. Write it anew.", m_file.path(), reason));
    }

    Json readHeader() {
        const std::string head = m_file.head(512);
        const std::string kind = base::markedKind(head);
        if (!kind.empty() && kind.find("safetensors") == kind.npos)
            throw Error(base::sentence("{0}: this is {1}, not a safetensors file. Choose a file *.safetensors.",
                                       m_file.path(), kind));
        if (head.size() < 10) refuse(base::sentence("it is too short"));
        std::uint64_t length = 0;
        std::memcpy(&length, head.data(), sizeof length);
        if (length > static_cast<std::uint64_t>(m_file.size() - 8))
            refuse(base::sentence("its header is longer than the file"));
        if (length > static_cast<std::uint64_t>(largestHeader))
            refuse(base::sentence("its header is longer than 16 MiB"));
        m_dataStart = 8 + static_cast<std::int64_t>(length);
        std::string text(length, '\0');
        m_file.read(8, std::as_writable_bytes(std::span(text)));
        if (!text.starts_with('{')) refuse(base::sentence("its header does not begin with {"));
        const Json header = base::parseJson(text, base::sentence("{0}, header", m_file.path()));
        if (!header.is_object()) refuse(base::sentence("its header is not an object"));
        return header;
    }

    Entry readEntry(const std::string& name, const Json& value) const {
        const std::string what = base::sentence("the tensor \"{0}\" ", name.substr(0, 80));
        const Json dtype = value.is_object() ? value.value("dtype", Json()) : Json();
        const Json shape = value.is_object() ? value.value("shape", Json()) : Json();
        const Json offsets = value.is_object() ? value.value("data_offsets", Json()) : Json();
        if (!dtype.is_string() || !shape.is_array() || !offsets.is_array() || offsets.size() != 2)
            refuse(base::sentence("{0}lacks dtype, shape or data_offsets", what));
        const auto type = std::ranges::find(numberTypes, dtype.get_ref<const std::string&>(), &NumberType::name);
        if (type == numberTypes.end())
            throw Error(base::sentence(
                "{0}: {1}holds numbers of the kind {2}, which this program does not read. Write it as F32.",
                m_file.path(), what, dtype.dump()));
        Entry entry{name, type, {}, whole(offsets[0], what), whole(offsets[1], what)};
        if (shape.size() > mostDimensions) refuse(base::sentence("{0}has more than 8 dimensions", what));
        entry.count = 1;
        for (const Json& size : shape) {
            entry.shape.push_back(whole(size, what));
            if (__builtin_mul_overflow(entry.count, entry.shape.back(), &entry.count))
                refuse(base::sentence("{0}is impossibly large", what));
        }
        if (entry.begin > entry.end || entry.count > (entry.end - entry.begin) / type->bytes ||
            entry.count * type->bytes != entry.end - entry.begin)
            refuse(base::sentence("{0}has another size than its shape says", what));
        return entry;
    }

    // No size or offset can be larger than the file; that keeps all sums small.
    std::int64_t whole(const Json& value, const std::string& what) const {
        if (!value.is_number_unsigned() || value.get<std::uint64_t>() > static_cast<std::uint64_t>(m_file.size()))
            refuse(base::sentence("{0}has an impossible size", what));
        return value.get<std::int64_t>();
    }

    // Side by side from the first byte to the last: no two share a byte and nothing is hidden.
    void checkPlaces() const {
        std::vector<const Entry*> places;
        for (const Entry& entry : m_entries) places.push_back(&entry);
        std::ranges::sort(places, [](const Entry* a, const Entry* b) {
            return std::pair(a->begin, a->end) < std::pair(b->begin, b->end);
        });
        std::int64_t end = 0;
        for (const Entry* entry : places) {
            if (entry->begin != end)
                refuse(base::sentence("the tensor \"{0}\" overlaps another or leaves a gap", entry->name));
            end = entry->end;
        }
        if (end != m_file.size() - m_dataStart)
            refuse(base::sentence("it has {0} bytes of numbers instead of {1}", m_file.size() - m_dataStart, end));
    }

    tensor::Buffer readValues(const Entry& entry) const {
        tensor::Buffer values(entry.count, entry.type->precision);
        if (!entry.type->decode) {
            m_file.read(m_dataStart + entry.begin, {static_cast<std::byte*>(values.data()), values.bytes()});
            return values;
        }
        std::vector<std::byte> stored(static_cast<std::size_t>(entry.end - entry.begin));
        m_file.read(m_dataStart + entry.begin, stored);
        for (std::int64_t i = 0; i < entry.count; ++i)
            values.set(i, entry.type->decode(stored.data() + i * entry.type->bytes));
        return values;
    }

    base::RegularFile m_file;
    std::int64_t m_dataStart = 0;
    std::vector<Entry> m_entries;
};

}  // namespace

tensor::NamedTensors readSafetensors(const std::string& path) { return Reader(path).read(); }

}  // namespace perceptory::exchange
